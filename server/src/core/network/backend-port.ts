import type { ServiceFacts, ServicePort } from '../resource';
import type { Scalar } from '../value';

/**
 * The Service port that a route's backend means: by number or by name, never by targetPort (networking/v1
 * ServiceBackendPort). In the older API a `servicePort` of either type is an IntOrString.
 */
export function namedPort(service: ServiceFacts, port: Scalar): ServicePort | undefined {
  return service.ports.find((item) =>
    typeof port.value === 'number' ? item.port?.value === port.value : item.name?.text === port.text,
  );
}
