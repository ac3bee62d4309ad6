/** What Ingresses, Routes and Gateway API routes let in: an ingress controller, wherever it runs, to the pods behind a Service. */
import { isIngressController } from '../../controllers';
import { tableOf } from '../../kinds/table';
import type { Reference, Resource, ServicePort } from '../../resource';
import { podSelector } from '../../resource';
import { namedPort } from '../backend-port';
import type { UsualController } from '../controllers';
import { usualController } from '../controllers';
import { podPort } from '../endpoints';
import { allowedPorts } from './decide';
import type { PodEnd, Workload } from './ends';
import { noPortNames } from './ends';
import { unknownPools } from './pools';
import type { Connection } from './connections';
import type { Evaluation } from './evaluate';
import { namespaceNameLabel } from './meaning';
import { choosesLabels } from './peers';
import type { PortSet } from './port-set';
import { intersect, isEmpty, noPorts, portRange, unite } from './port-set';
import type { PolicyWorld } from './world';

/** A pod without labels in a namespace of which nothing is known: only peers that mean everybody mean it. */
export const stranger: PodEnd = {
  type: 'pods',
  namespace: { name: undefined, labels: new Map() },
  labels: new Map(),
  openLabels: [],
  addresses: undefined,
  pools: unknownPools,
  hostNetwork: false,
  node: undefined,
  ports: noPortNames,
};

/** The pods of a controller that its chart installs. */
export function usualEnd({ namespace, labels }: UsualController): PodEnd {
  return { ...stranger, namespace: { name: namespace, labels: new Map([[namespaceNameLabel, namespace]]) }, labels };
}

/** Connections of the ingress controller to the pods that routes lead to, on the ports of the pods. */
export function entriesOf({ resources, namespace: unset }: PolicyWorld, evaluation: Evaluation): Connection[] {
  const key = (namespace: string, name: string) => `${namespace}/${name}`;
  const services = new Map(
    resources.flatMap((resource) =>
      resource.service && resource.name !== undefined && !resource.owned
        ? [[key(resource.namespace ?? unset, resource.name), resource] as const]
        : [],
    ),
  );
  const byNamespace = new Map<string, Workload[]>();
  for (const item of evaluation.workloads) {
    const known = byNamespace.get(item.namespace.name);
    if (known) known.push(item);
    else byNamespace.set(item.namespace.name, [item]);
  }
  const known = new Map<string, PodEnd>();
  const isHere = resources.some((item) => item.pods && isIngressController(item));
  /** A controller that is not here is what its chart makes it, or a stranger. */
  const senderOf = (from: Resource): PodEnd => {
    const usual = isHere ? undefined : usualController(from);
    if (!usual) return stranger;
    const end = known.get(usual.namespace) ?? usualEnd(usual);
    known.set(usual.namespace, end);
    return end;
  };
  const routed = new Map<Workload, Map<PodEnd, PortSet>>();
  for (const from of resources)
    if (tableOf(from)?.layer === 'edge' && !from.owned) {
      const sender = senderOf(from);
      for (const reference of from.references) {
        if (reference.role !== 'routes' || reference.target.kind !== 'Service') continue;
        const home = reference.namespace?.text ?? from.namespace ?? unset;
        const service = services.get(key(home, reference.name.text));
        if (service)
          for (const [workload, ports] of backends(service, reference, byNamespace.get(home) ?? [])) {
            const senders = routed.get(workload) ?? new Map<PodEnd, PortSet>();
            routed.set(workload, senders.set(sender, unite(senders.get(sender) ?? noPorts, ports)));
          }
      }
    }
  return evaluation.workloads.flatMap((to) => {
    const ports = [...(routed.get(to) ?? [])]
      .map(([sender, wanted]) => intersect(wanted, allowedPorts(evaluation.pieces(to, 'ingress', sender))))
      .reduce(unite, noPorts);
    return isEmpty(ports) ? [] : [{ from: { type: 'controller', controller: 'ingress' }, to, ports }];
  });
}

/** The pod ports that a route reaches behind a Service, among the workloads of its namespace. */
function backends(service: Resource, reference: Reference, workloads: readonly Workload[]): [Workload, PortSet][] {
  const use = podSelector(service);
  if (!service.service || !use) return [];
  const { ports } = service.service;
  return workloads
    .filter((item) => choosesLabels(use, item.labels, item.openLabels))
    .map((workload) => {
      const open = ports.flatMap((port) => podPorts(port, workload, reference, service));
      return [workload, open.reduce(unite, noPorts)];
    });
}

/** A Service port as a port of the workload's pods, where the route means it. */
function podPorts(port: ServicePort, { members }: Workload, reference: Reference, service: Resource): PortSet[] {
  const { port: wanted, targetPort } = reference;
  if (wanted && service.service && namedPort(service.service, wanted) !== port) return [];
  return members.flatMap(({ pods }) => {
    const found = pods && podPort(pods, port);
    if (!found) return [];
    const isMeant =
      targetPort === undefined ||
      (typeof targetPort.value === 'number'
        ? targetPort.value === found.number
        : [port.name?.text, port.targetPort?.text].includes(targetPort.text));
    return isMeant ? [portRange(port.protocol, found.number, found.number)] : [];
  });
}
