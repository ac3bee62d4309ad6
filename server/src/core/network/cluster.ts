/** The cluster that files declare together: its ranges of addresses, and how packets travel between its nodes. */
import { folderOf } from '../bundle/directory';
import type { AddressRange, ClusterFacts, Cni, CniName, Plan, Transport } from '../cluster/facts';
import { clusterKey } from '../keys';
import type { Links } from '../links';
import type { Resource } from '../resource';
import { flatten } from '../rings';
import type { Span } from '../value';

/** How near an object is to the one that asks: the nearer, the surer it is about the same cluster. */
export type Distance = 'file' | 'folder' | 'far';

/** An object that says something about the cluster. */
export interface ClusterObject {
  readonly resource: Resource;
  readonly facts: ClusterFacts;
  readonly distance: Distance;
}

/** A range with the object that declares it. */
export interface DeclaredRange {
  readonly range: AddressRange;
  readonly from: Resource;
  readonly distance: Distance;
}

/** The network between pods, as far as files tell. */
export interface PodNetwork {
  /** `canal`: flannel carries packets, Calico holds policies. */
  readonly name: CniName | 'canal';
  /** Undefined where no file says it. */
  readonly transport: Transport | undefined;
  /** Nodes of one subnet send to each other without the tunnel. */
  readonly crossSubnet: boolean;
  /** It holds NetworkPolicies. */
  readonly enforces: boolean;
  /** The words that say so, the ones that choose the transport first. */
  readonly at: readonly Span[];
}

export interface ClusterNetwork {
  readonly plan: Plan | undefined;
  readonly cni: PodNetwork | undefined;
  /** Where pods get addresses from; without the parts of single nodes. */
  readonly pods: readonly DeclaredRange[];
  readonly services: readonly DeclaredRange[];
  /** What single nodes got. */
  readonly nodes: readonly DeclaredRange[];
  readonly objects: readonly ClusterObject[];
}

/** What a file sees; asked for by each of its objects, of which there may be thousands. */
interface Seen {
  readonly objects: readonly ClusterObject[];
  /** The file sets several clusters up: each object is known to be about its own only. */
  readonly several: boolean;
}

const known = new WeakMap<Links, Map<string, Seen>>();

/**
 * The objects that say something about the cluster of `from`: those of its file (or bundle), and those of its folder and
 * of the rest of the workspace where these describe one cluster. Where two files each set up a cluster, nobody knows
 * which of them is meant, and only the own file counts.
 */
export function clusterObjects(links: Links, from: Resource): readonly ClusterObject[] {
  const files = known.get(links) ?? new Map<string, Seen>();
  known.set(links, files);
  const seen = files.get(from.uri) ?? see(findObjects(links, from));
  files.set(from.uri, seen);
  return seen.several ? seen.objects.filter(({ resource }) => resource === from) : seen.objects;
}

function see(objects: readonly ClusterObject[]): Seen {
  const plans = objects.filter(({ distance, facts }) => distance === 'file' && facts.plan);
  return { objects, several: plans.length > 1 };
}

function findObjects(links: Links, from: Resource): ClusterObject[] {
  const all = flatten(links.rings(clusterKey, from)).flatMap((resource): ClusterObject[] => {
    const { cluster } = resource;
    if (!cluster || (resource.owned && !from.owned)) return [];
    const distance =
      resource.uri === from.uri ? 'file' : folderOf(resource.uri) === folderOf(from.uri) ? 'folder' : 'far';
    return [{ resource, facts: cluster, distance }];
  });
  const here = all.filter(({ distance }) => distance === 'file');
  const beside = all.filter(({ distance }) => distance !== 'far');
  if (describesSeveral(beside)) return here;
  return describesSeveral(all) ? beside : all;
}

/** Two files say what a cluster has only one of. */
function describesSeveral(objects: readonly ClusterObject[]): boolean {
  const owners = new Map<string, string>();
  return objects.some(({ resource, facts }) =>
    slotsOf(resource, facts).some(({ slot, owner }) => {
      const first = owners.get(slot) ?? owner;
      owners.set(slot, first);
      return first !== owner;
    }),
  );
}

/** What a cluster has once, and what makes it one thing: the file it stands in, or the name of the network. */
function slotsOf({ uri }: Resource, facts: ClusterFacts): { readonly slot: string; readonly owner: string }[] {
  const once = [
    facts.plan ? 'plan' : undefined,
    facts.ranges.some(({ source, field }) => source === 'plan' && field.startsWith('--')) ? 'flags' : undefined,
    facts.flannel ? 'flannel' : undefined,
    facts.dns && facts.dns.service.length > 0 ? 'dns' : undefined,
    facts.ranges.some(({ source }) => source === 'kube-proxy') ? 'kube-proxy' : undefined,
  ];
  return [
    ...once.flatMap((slot) => (slot === undefined ? [] : [{ slot, owner: uri }])),
    ...facts.cnis.filter(({ carries }) => carries).map(({ name }) => ({ slot: 'network', owner: name })),
  ];
}

/** The cluster that `from` is part of, as far as files tell. */
export function clusterNetwork(links: Links, from: Resource): ClusterNetwork {
  const objects = clusterObjects(links, from);
  const network = networks.get(objects) ?? networkOf(objects);
  networks.set(objects, network);
  return network;
}

const networks = new WeakMap<readonly ClusterObject[], ClusterNetwork>();

/** As `clusterNetwork`, for objects that are applied together. */
export function clusterNetworkOf(resources: readonly Resource[]): ClusterNetwork {
  return networkOf(
    resources.flatMap((resource) =>
      resource.cluster ? [{ resource, facts: resource.cluster, distance: 'file' as const }] : [],
    ),
  );
}

function networkOf(objects: readonly ClusterObject[]): ClusterNetwork {
  const ranges = declaredRanges(objects);
  return {
    plan: objects.find(({ facts }) => facts.plan)?.facts.plan,
    cni: podNetwork(objects),
    pods: ranges.filter(({ range }) => range.use === 'pods' && range.source !== 'node'),
    services: ranges.filter(({ range }) => range.use === 'services'),
    nodes: ranges.filter(({ range }) => range.use === 'pods' && range.source === 'node'),
    objects,
  };
}

/** The ranges of objects, in order. */
export function declaredRanges(objects: readonly ClusterObject[]): DeclaredRange[] {
  return objects.flatMap(({ resource, facts, distance }) =>
    facts.ranges.map((range) => ({ range, from: resource, distance })),
  );
}

/** What carries packets, and whether anything holds policies. Several carriers are told apart by who says more. */
function podNetwork(objects: readonly ClusterObject[]): PodNetwork | undefined {
  const cnis = objects.flatMap(({ facts }) => facts.cnis);
  const carriers = cnis.filter(({ carries }) => carries);
  const encrypts = carriers.find(({ transport }) => transport === 'wireguard');
  const first =
    encrypts ?? carriers.find(({ mode }) => mode) ?? carriers.find(({ transport }) => transport) ?? carriers[0];
  const implied = objects.find(({ facts }) => facts.plan?.defaultCni);
  if (!first) {
    const name = implied?.facts.plan?.defaultCni;
    return name === undefined || !implied
      ? cnis.length > 0
        ? asNetwork(cnis[0], cnis)
        : undefined
      : { name, transport: 'host-gw', crossSubnet: false, enforces: true, at: [implied.resource.nameAt] };
  }
  return asNetwork(first, cnis);
}

function asNetwork(first: Cni | undefined, cnis: readonly Cni[]): PodNetwork | undefined {
  if (!first) return undefined;
  const isCanal = first.name === 'flannel' && cnis.some(({ name, carries }) => name === 'calico' && !carries);
  const same = cnis.filter(({ name }) => name === first.name);
  return {
    name: isCanal ? 'canal' : first.name,
    transport: first.transport,
    crossSubnet: first.crossSubnet,
    enforces: cnis.some(({ enforces }) => enforces),
    at: [first, ...same.filter((cni) => cni !== first)].map(({ at }) => at),
  };
}
