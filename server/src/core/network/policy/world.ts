/** What evaluation needs of a world of resources: namespaces, policies in order, pods with their owners. */
import { parseAddress } from '../../cidr';
import type { Labels } from '../../labels';
import type { Direction, PolicyFacts, PolicyTier } from '../../policy-facts';
import type { Protocol } from '../../ports';
import { protocols } from '../../ports';
import type { Ranges } from '../../ranges';
import { rangesOf } from '../../ranges';
import type { Pods } from '../../pod-facts';
import type { Resource } from '../../resource';
import { labelTexts } from '../../resource';
import { servingContainers } from '../endpoints';
import type { Applied } from './decide';
import type { Namespace, PodEnd, PortNames } from './ends';
import { noPortNames } from './ends';
import { poolsOf, unknownPools } from './pools';
import { allPorts } from './port-set';

/** Resources that are applied together; `namespace` is that of resources that name none. */
export interface PolicyWorld {
  readonly resources: readonly Resource[];
  readonly namespace: string;
}

/** A policy and the namespace it is in; undefined for cluster-wide ones. */
export interface PlacedPolicy {
  readonly policy: Resource;
  readonly facts: PolicyFacts;
  readonly namespace: string | undefined;
}

/** The pods of one object. */
export interface OwnedPods extends PodEnd {
  readonly namespace: Namespace & { readonly name: string };
  readonly kind: string;
  readonly name: string;
  /** The object that stands for the owner. */
  readonly owner: Resource;
  readonly member: Resource;
}

const nameLabel = 'kubernetes.io/metadata.name';

/** Namespaces by their names, with the labels that the manifests give them, and the one that the API server adds. */
export function namespacesOf(resources: readonly Resource[]): (name: string) => Namespace & { readonly name: string } {
  const known = new Map<string, Namespace & { readonly name: string }>();
  for (const { group, kind, name, labels } of resources)
    if (group === '' && kind === 'Namespace' && name !== undefined)
      known.set(name, { name, labels: new Map([...labelTexts(labels), [nameLabel, name]]) });
  return (name) => {
    const found = known.get(name) ?? { name, labels: new Map([[nameLabel, name]]) };
    known.set(name, found);
    return found;
  };
}

const tiers: readonly PolicyTier[] = ['Admin', 'NetworkPolicy', 'Baseline'];

/** All policies in the order in which they are asked. Which of two with one priority comes first is open; here the name decides. */
export function policiesOf({ resources, namespace }: PolicyWorld): PlacedPolicy[] {
  return resources
    .flatMap((policy) =>
      policy.policy && !policy.owned
        ? [
            {
              policy,
              facts: policy.policy,
              namespace: policy.clusterScoped ? undefined : (policy.namespace ?? namespace),
            },
          ]
        : [],
    )
    .sort(
      (a, b) =>
        tiers.indexOf(a.facts.tier) - tiers.indexOf(b.facts.tier) ||
        a.facts.priority - b.facts.priority ||
        compare(a.namespace ?? '', b.namespace ?? '') ||
        compare(a.policy.name ?? '', b.policy.name ?? '') ||
        compare(a.policy.uri, b.policy.uri) ||
        a.policy.index - b.policy.index,
    );
}

/** A policy as it is applied in one direction; undefined where it says nothing of it. */
export function appliedIn(direction: Direction, { policy, facts, namespace }: PlacedPolicy): Applied | undefined {
  const said = facts[direction];
  return said && { policy, facts, namespace, direction: said };
}

/** The pods of all objects, in the order of the resources. What ran to its end may run again. */
export function podsOf({ resources, namespace: unset }: PolicyWorld): OwnedPods[] {
  const namespaceOf = namespacesOf(resources);
  const nodes = new Map(
    resources.flatMap(({ group, kind, name, labels }) =>
      group === '' && kind === 'Node' && name !== undefined ? [[name, labelTexts(labels)] as const] : [],
    ),
  );
  const makers = new Map(
    resources.flatMap((resource) =>
      resource.pods && resource.name !== undefined
        ? [[ownerKey(resource, resource.name, unset), resource] as const]
        : [],
    ),
  );
  const pools = poolsOf(resources);
  return resources.flatMap((member) => {
    const { pods } = member;
    if (!pods || member.owned) return [];
    const named = ownerOf(member, makers, unset);
    return [{ ...end(pods, namespaceOf(member.namespace ?? unset), nodes, pools), ...named, member }];
  });
}

function end(
  pods: Pods,
  namespace: Namespace & { readonly name: string },
  nodes: ReadonlyMap<string, Labels>,
  pools: readonly Ranges[],
): PodEnd & { readonly namespace: Namespace & { readonly name: string } } {
  const addresses = pods.addresses.flatMap((text) => parseAddress(text)?.point ?? []);
  return {
    type: 'pods',
    namespace,
    labels: labelTexts(pods.labels),
    openLabels: pods.openLabels,
    addresses: addresses.length > 0 ? rangesOf(addresses.map((point) => ({ first: point, last: point }))) : undefined,
    // Pods of the host network have the address of their node.
    pools: pods.hostNetwork ? unknownPools : pools,
    hostNetwork: pods.hostNetwork,
    node: nodes.get(pods.nodeName?.text ?? ''),
    ports: portNames(pods),
  };
}

const ownerKey = ({ kind, namespace }: Pick<Resource, 'kind' | 'namespace'>, name: string, unset: string) =>
  `${kind}/${namespace ?? unset}/${name}`;

/**
 * The topmost owner that is here, else the controller that a Pod names. Static pods belong to their node, which owns
 * nothing else. A virtual machine and its instance share their name.
 */
function ownerOf(
  member: Resource,
  makers: ReadonlyMap<string, Resource>,
  unset: string,
): Pick<OwnedPods, 'kind' | 'name' | 'owner'> {
  const self = { kind: member.kind, name: member.name ?? member.names.name?.text ?? '', owner: member };
  const { owner } = member.pods ?? {};
  if (!owner || owner.kind === 'Node' || owner.name === self.name) return self;
  const kinds = owner.kind === 'VirtualMachineInstance' ? ['VirtualMachine', owner.kind] : [owner.kind];
  for (const kind of kinds) {
    const maker = makers.get(ownerKey({ kind, namespace: member.namespace }, owner.name, unset));
    if (maker) return ownerOf(maker, makers, unset);
  }
  return member.kind === 'Pod' ? { kind: owner.kind || member.kind, name: owner.name, owner: member } : self;
}

const namesOfPods = new WeakMap<Pods, PortNames>();

/** The names of the ports of pods. */
export function portNames(pods: Pods): PortNames {
  const known = namesOfPods.get(pods);
  if (known) return known;
  const numbers = new Map<string, number[]>();
  for (const { ports } of servingContainers(pods))
    for (const { name, number, protocol } of ports) {
      if (!name || typeof number?.value !== 'number') continue;
      const key = portKey(protocol, name.text);
      numbers.set(key, [...(numbers.get(key) ?? []), number.value]);
    }
  const found: PortNames =
    numbers.size === 0
      ? noPortNames
      : { numbers: (protocol, name) => numbers.get(portKey(protocol, name)) ?? [], universe: allPorts };
  namesOfPods.set(pods, found);
  return found;
}

const portKey = (protocol: Protocol, name: string) => `${protocol} ${name}`;

/** The numbers that pods give these port names, as a text that is equal for equal numbers. */
export function portNamesKey({ numbers }: PortNames, names: Iterable<string>): string {
  return [...names]
    .map((name) => `${name}:${protocols.map((protocol) => numbers(protocol, name).join()).join(';')}`)
    .join(' ');
}

export function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
