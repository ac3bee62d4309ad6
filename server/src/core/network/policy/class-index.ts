/** Finds the classes that a peer or subject chooses without asking each of them. */
import type { BlockPeer, PodsPeer, PolicyPeer } from '../../policy-facts';
import { requiredPairs } from '../../labels';
import type { SelectorUse } from '../../resource';
import type { Namespace } from './ends';
import { choosesNamespace, choosesPods, isPeer } from './peers';
import type { WorkloadClass } from './workloads';

export interface ClassIndex {
  /**
   * The classes that a peer means; `own` is the namespace of the policy. Peers that mean the same share one set, so that
   * thousands of policies may each mean everybody.
   */
  readonly meantBy: (peer: PolicyPeer, own: string | undefined) => ReadonlySet<WorkloadClass>;
}

const none: ReadonlySet<WorkloadClass> = new Set();

/** Classes of one namespace, or of namespaces that no policy tells apart, by the label pairs of their pods. */
interface Place {
  readonly namespace: Namespace;
  readonly all: WorkloadClass[];
  readonly byPair: Map<string, WorkloadClass[]>;
}

export function indexOf(classes: readonly WorkloadClass[]): ClassIndex {
  const places = new Map<string, Place>();
  const byPair = new Map<string, Set<Place>>();
  const namespaceBuckets = new Map<string, Place[]>();
  /** Label keys whose values the control plane writes: an index does not find them. */
  const open = new Set<string>();
  for (const item of classes) {
    const { namespace, labels, openLabels } = item.first;
    const place = places.get(namespace.name) ?? newPlace(namespace);
    if (!places.has(namespace.name)) {
      places.set(namespace.name, place);
      for (const [key, value] of namespace.labels) push(namespaceBuckets, pair(key, value), place);
    }
    place.all.push(item);
    for (const [key, value] of labels) {
      push(place.byPair, pair(key, value), item);
      const set = byPair.get(pair(key, value)) ?? new Set();
      byPair.set(pair(key, value), set.add(place));
    }
    for (const { key } of openLabels) open.add(key);
  }
  const everywhere = [...places.values()];
  const known = new Map<string, ReadonlySet<WorkloadClass>>();
  const unplaced = new Set(classes.filter(({ first }) => first.addresses === undefined));
  const unplacedPods = new Set([...unplaced].filter(({ first }) => !first.hostNetwork));
  const unplacedHosts = new Set([...unplaced].filter(({ first }) => first.hostNetwork));
  const placed = classes.filter(({ first }) => first.addresses !== undefined);
  const onHosts = classes.filter(({ first }) => first.hostNetwork);

  /** The places that can hold what a peer chooses. */
  function placesOf({ namespaces, pods }: PodsPeer, own: string | undefined): readonly Place[] {
    if (namespaces === 'own') {
      const place = places.get(own ?? '');
      return place ? [place] : [];
    }
    const [rarest] = pairsOf(namespaces)
      .map((key) => namespaceBuckets.get(key) ?? [])
      .sort((a, b) => a.length - b.length);
    const candidates = rarest ?? everywhere;
    const holding = pods && rarestPair(pods);
    const withPair = holding === undefined ? undefined : byPair.get(holding);
    const fewer =
      holding !== undefined && (withPair?.size ?? 0) < candidates.length ? [...(withPair ?? [])] : candidates;
    return fewer.filter(({ namespace }) => choosesNamespace(namespaces, own, namespace));
  }

  /** A pair that every pod has which the selector chooses, and whose value no control plane writes. */
  function rarestPair(pods: SelectorUse): string | undefined {
    const [best] = [...requiredPairs(pods.selector)]
      .filter(([key]) => !open.has(key))
      .map(([key, value]) => pair(key, value))
      .sort((a, b) => (byPair.get(a)?.size ?? 0) - (byPair.get(b)?.size ?? 0));
    return best;
  }

  function chosen(peer: PodsPeer, own: string | undefined): readonly WorkloadClass[] {
    const holding = peer.pods && rarestPair(peer.pods);
    return placesOf(peer, own).flatMap((place) =>
      (holding === undefined ? place.all : (place.byPair.get(holding) ?? [])).filter(({ first }) =>
        choosesPods(peer, own, first),
      ),
    );
  }

  /** Addresses of pods that no manifest shows are all in a block or none, and those of nodes too. */
  function inBlock(peer: BlockPeer): ReadonlySet<WorkloadClass> {
    const inside = placed.filter(({ first }) => isPeer(peer, undefined, first));
    const sets = [unplacedPods, unplacedHosts].filter(([any]) => any && isPeer(peer, undefined, any.first));
    const all = sets.length === 1 ? (sets[0] ?? none) : sets.length === 2 ? unplaced : none;
    return inside.length === 0 ? all : new Set([...inside, ...all]);
  }

  return {
    meantBy(peer, own) {
      if (peer.type === 'block') return inBlock(peer);
      if (peer.type !== 'pods')
        return new Set(onHosts.filter(({ first }) => peer.type === 'nodes' && isPeer(peer, own, first)));
      const key = peerKey(peer, own);
      const found = known.get(key) ?? new Set(chosen(peer, own));
      known.set(key, found);
      return found;
    },
  };
}

/** A text that is equal for peers that choose the same. */
function peerKey({ namespaces, pods }: PodsPeer, own: string | undefined): string {
  const text = (use: SelectorUse | undefined) => (use === undefined ? '' : JSON.stringify([use.unknown, use.selector]));
  return namespaces === 'own' ? `own ${own ?? ''} ${text(pods)}` : `${text(namespaces)} ${text(pods)}`;
}

function newPlace(namespace: Namespace): Place {
  return { namespace, all: [], byPair: new Map() };
}

const pair = (key: string, value: string) => `${key}=${value}`;

const pairsOf = (use: SelectorUse) => [...requiredPairs(use.selector)].map(([key, value]) => pair(key, value));

function push<T>(map: Map<string, T[]>, key: string, item: T): void {
  const known = map.get(key);
  if (known) known.push(item);
  else map.set(key, [item]);
}
