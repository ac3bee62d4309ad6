/** The objects of a random world as manifests. */
import type { ClusterPeer, ClusterPolicy, ClusterRule, NetworkPolicy, Pod, Policy, Rule, World } from './objects';

export function manifestsOf({ namespaces, pods, policies }: World): string {
  const objects = [
    ...namespaces.map(({ name, labels }) => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels } })),
    ...pods.map(pod),
    ...policies.map(policy),
  ];
  return objects.map((object) => JSON.stringify(object)).join('\n---\n');
}

function pod({ namespace, name, labels, ports, hostNetwork, ip }: Pod): object {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { namespace, name, labels },
    spec: { hostNetwork, containers: [{ name: 'main', ports }] },
    status: { phase: 'Running', podIP: ip },
  };
}

function policy(of: Policy): object {
  return of.kind === 'NetworkPolicy' ? networkPolicy(of) : clusterPolicy(of);
}

function networkPolicy({ namespace, name, podSelector, policyTypes, ingress, egress }: NetworkPolicy): object {
  const rules = (list: readonly Rule[] | undefined, key: string) =>
    list?.map(({ peers, ports }) => ({
      ...(peers.length > 0 ? { [key]: peers } : {}),
      ...(ports.length > 0 ? { ports } : {}),
    }));
  const spec = { podSelector, policyTypes, ingress: rules(ingress, 'from'), egress: rules(egress, 'to') };
  return { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: { namespace, name }, spec };
}

function clusterPolicy({ api, tier, name, priority, subject, ingress, egress }: ClusterPolicy): object {
  const isNew = api === 'v1alpha2';
  const rules = (list: readonly ClusterRule[], key: string) =>
    list.map(({ action, peers, ports }) => ({
      action: isNew && action === 'Allow' ? 'Accept' : action,
      [key]: peers.map(peerOf),
      ...(ports.length > 0 ? { [isNew ? 'protocols' : 'ports']: ports.map(isNew ? newPort : oldPort) } : {}),
    }));
  const spec = {
    ...(isNew ? { tier } : {}),
    priority,
    subject: peerOf(subject),
    ingress: rules(ingress, 'from'),
    egress: rules(egress, 'to'),
  };
  const kind = isNew ? 'ClusterNetworkPolicy' : tier === 'Admin' ? 'AdminNetworkPolicy' : 'BaselineAdminNetworkPolicy';
  return { apiVersion: `policy.networking.k8s.io/${api}`, kind, metadata: { name }, spec };
}

function peerOf({ namespaces, pods, networks }: ClusterPeer): object {
  if (networks) return { networks };
  return pods ? { pods: { namespaceSelector: namespaces, podSelector: pods } } : { namespaces };
}

type ClusterPort = ClusterRule['ports'][number];

function oldPort({ protocol, first, last, name }: ClusterPort): object {
  if (name !== undefined) return { namedPort: name };
  return last === undefined
    ? { portNumber: { protocol, port: first } }
    : { portRange: { protocol, start: first, end: last } };
}

function newPort({ protocol = 'TCP', first, last, name }: ClusterPort): object {
  if (name !== undefined) return { destinationNamedPort: name };
  const destinationPort = last === undefined ? { number: first } : { range: { start: first, end: last } };
  return { [protocol.toLowerCase()]: { destinationPort } };
}
