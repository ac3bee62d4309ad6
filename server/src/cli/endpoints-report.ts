/** The JSON of `podpath endpoints`. */
import type { Backend, Endpoints, Resource, Settings } from '../core/index';
import { endpointsOf, lineOf, serviceName } from '../core/index';
import type { Loaded } from './load';
import type { ChosenResource } from './worlds';

type ServiceFacts = NonNullable<Resource['service']>;
type ServicePort = ServiceFacts['ports'][number];

export type EndpointsReport = ReturnType<typeof endpointsReport>;

/** All Services of PATH, alternatives too. `namespace` is that of Services that name none. */
export function endpointsReport(
  { snapshot, show }: Loaded,
  services: readonly ChosenResource[],
  namespace: string,
  { clusterDomain }: Settings,
) {
  const place = ({ at }: Resource) => ({ file: show(at.uri), line: lineOf(snapshot, at) });

  function serviceOf(service: Resource, facts: ServiceFacts, bundle: string) {
    const endpoints = endpointsOf(service, facts, snapshot.links);
    return {
      namespace: service.namespace ?? namespace,
      name: service.name ?? '',
      type: facts.type,
      headless: facts.headless,
      ...place(service),
      bundle,
      state: endpoints.state,
      dnsNames: service.name === undefined ? [] : [serviceName(service, namespace, clusterDomain)],
      ports: facts.ports.map((port) => portOf(port, endpoints)),
      addresses: addressesOf(endpoints, service.namespace ?? namespace),
      externalName: facts.type === 'ExternalName' ? (facts.externalName?.text ?? null) : null,
    };
  }

  function portOf(port: ServicePort, { ports }: Endpoints) {
    return {
      name: port.name?.text ?? null,
      port: numberOrText(port.port),
      protocol: port.protocol,
      targetPort: numberOrText(port.targetPort ?? port.port),
      nodePort: numberOrText(port.nodePort),
      backends: (ports.find((item) => item.port === port)?.backends ?? []).map(backendOf),
    };
  }

  function backendOf({ workload, number, container, replicas }: Backend) {
    return {
      kind: workload.kind,
      namespace: workload.namespace ?? namespace,
      name: workload.name ?? '',
      replicas: replicas ?? null,
      container: container?.name?.text ?? null,
      port: number,
      declared: container !== undefined,
      ...place(workload),
    };
  }

  return {
    version: 1 as const,
    services: services.flatMap(({ resource, bundle }) =>
      resource.service ? [serviceOf(resource, resource.service, bundle)] : [],
    ),
  };
}

function addressesOf({ addresses }: Endpoints, namespace: string) {
  return addresses.map(({ ip, port, ready, serving, terminating, family, pod, hostname }) => ({
    ip,
    port: port ?? null,
    ready,
    serving,
    terminating,
    family,
    pod: pod === undefined ? null : `${namespace}/${pod}`,
    hostname: hostname ?? null,
  }));
}

function numberOrText(scalar: { readonly value: unknown; readonly text: string } | undefined): number | string | null {
  if (scalar === undefined) return null;
  return typeof scalar.value === 'number' ? scalar.value : scalar.text;
}
