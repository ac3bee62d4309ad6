/** The objects of a random world as manifests. */
import type {
  ClusterPeer,
  ClusterPolicy,
  ClusterPort,
  ClusterRule,
  Labels,
  NetworkPolicy,
  Pod,
  Policy,
  Rule,
  World,
} from './objects';

/** What every object has of what is read here. */
export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string; readonly labels?: Labels };
  readonly [key: string]: unknown;
}

export function manifestsOf(world: World): string {
  return textOf(objectsOf(world));
}

export function textOf(objects: readonly Manifest[]): string {
  return objects.map((object) => JSON.stringify(object)).join('\n---\n');
}

export function objectsOf({ namespaces, nodes, pods, policies }: World): Manifest[] {
  return [
    ...namespaces.map(({ name, labels }) => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels } })),
    ...nodes.map(({ name, labels }) => ({ apiVersion: 'v1', kind: 'Node', metadata: { name, labels } })),
    ...pods.map(pod),
    ...policies.map(policy),
  ];
}

/** The ports are cut between two containers, one of which is a sidecar. */
function pod({ kind, namespace, name, labels, ports, initPorts, hostNetwork, node, ip }: Pod): Manifest {
  const spec = {
    hostNetwork,
    nodeName: node?.name,
    initContainers: [
      { name: 'before', ports: initPorts },
      { name: 'beside', restartPolicy: 'Always', ports: ports.slice(1) },
    ],
    containers: [{ name: 'main', ports: ports.slice(0, 1) }],
  };
  if (kind === 'Pod') {
    const status = { phase: 'Running', podIP: ip };
    return { apiVersion: 'v1', kind, metadata: { namespace, name, labels }, spec, status };
  }
  const template = { metadata: { labels }, spec };
  return { apiVersion: 'apps/v1', kind, metadata: { namespace, name }, spec: { replicas: 2, template } };
}

function policy(of: Policy): Manifest {
  return of.kind === 'NetworkPolicy' ? networkPolicy(of) : clusterPolicy(of);
}

/** What is empty is written as a list where the other one is not, and else left out. */
function networkPolicy({ namespace, name, podSelector, policyTypes, ingress, egress }: NetworkPolicy): Manifest {
  const rules = (list: readonly Rule[] | undefined, key: string) =>
    list?.map(({ peers, ports }) => (peers.length + ports.length > 0 ? { [key]: peers, ports } : {}));
  const spec = { podSelector, policyTypes, ingress: rules(ingress, 'from'), egress: rules(egress, 'to') };
  return { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: { namespace, name }, spec };
}

function clusterPolicy({ api, tier, name, priority, subject, ingress, egress }: ClusterPolicy): Manifest {
  const isNew = api === 'v1alpha2';
  const rules = (list: readonly ClusterRule[], key: string) =>
    list.map(({ action, peers, ports }) => ({
      action: isNew && action === 'Allow' ? 'Accept' : action,
      [key]: peers.map(peerOf),
      ...(ports.length > 0 ? { [isNew ? 'protocols' : 'ports']: ports.map(isNew ? newPort : oldPort) } : {}),
    }));
  const spec = {
    ...(isNew ? { tier } : {}),
    ...(isNew || tier === 'Admin' ? { priority } : {}),
    subject: peerOf(subject),
    ingress: rules(ingress, 'from'),
    egress: rules(egress, 'to'),
  };
  const kind = isNew ? 'ClusterNetworkPolicy' : tier === 'Admin' ? 'AdminNetworkPolicy' : 'BaselineAdminNetworkPolicy';
  return { apiVersion: `policy.networking.k8s.io/${api}`, kind, metadata: { name }, spec };
}

function peerOf({ namespaces, pods, ...others }: ClusterPeer): object {
  if (!namespaces) return others;
  return pods ? { pods: { namespaceSelector: namespaces, podSelector: pods } } : { namespaces };
}

function oldPort({ protocol, first, last, name }: ClusterPort): object {
  if (name !== undefined) return { namedPort: name };
  return last === undefined
    ? { portNumber: { protocol, port: first } }
    : { portRange: { protocol, start: first, end: last } };
}

function newPort({ protocol = 'TCP', first, last, name }: ClusterPort): object {
  if (name !== undefined) return { destinationNamedPort: name };
  if (first === undefined) return { [protocol.toLowerCase()]: {} };
  const destinationPort = last === undefined ? { number: first } : { range: { start: first, end: last } };
  return { [protocol.toLowerCase()]: { destinationPort } };
}
