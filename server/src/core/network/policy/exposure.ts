/** Who else could come, beyond the pods of the manifests: the whole cluster, or pods that a rule lets in and nobody here is. */
import type { Requirement, Selector } from '../../labels';
import type { Direction, PodsPeer } from '../../policy-facts';
import type { Protocol } from '../../ports';
import { rangesOf } from '../../ranges';
import { allowedPorts, decide } from './decide';
import type { ImaginedEnd, Namespace, PortNames, Workload } from './ends';

import type { Evaluation } from './evaluate';
import type { Resource, SelectorUse } from '../../resource';
import type { PortSet } from './port-set';
import { allPorts, intersect, isEmpty, portsKey } from './port-set';

/** Pods of the cluster that are not here, by what is required of their namespaces and labels. */
export interface OtherPods {
  readonly namespaces: readonly Requirement[];
  readonly pods: readonly Requirement[];
}

/** A port that only has a name: its number is that of whatever pod comes. */
export interface NamedPort {
  readonly protocol: Protocol;
  readonly name: string;
}

export interface Exposure {
  readonly direction: Direction;
  readonly workload: Workload;
  readonly peer: 'entire-cluster' | OtherPods;
  readonly ports: PortSet;
  readonly named: readonly NamedPort[];
}

const nameLabel = 'kubernetes.io/metadata.name';

/**
 * In the order of the workloads; the whole cluster first. Other pods are listed where not the same is open to them as to
 * all, which can be nothing.
 */
export function exposureOf(evaluation: Evaluation): Exposure[] {
  const namespaces = namespacesOf(evaluation);
  return evaluation.workloads.flatMap((workload) =>
    (['ingress', 'egress'] as const).flatMap((direction) => exposed(evaluation, workload, direction, namespaces)),
  );
}

/** Who else could come to one workload. */
export function whoElseReaches(evaluation: Evaluation, workload: Workload): Exposure[] {
  return exposed(evaluation, workload, 'ingress', namespacesOf(evaluation));
}

function namespacesOf({ workloads }: Evaluation): ReadonlyMap<string, Namespace> {
  return new Map(workloads.map(({ namespace }) => [namespace.name, namespace]));
}

function exposed(
  evaluation: Evaluation,
  workload: Workload,
  direction: Direction,
  namespaces: ReadonlyMap<string, Namespace>,
): Exposure[] {
  const applied = evaluation.applied(workload, direction);
  const names = createNames();
  const open = (peer: OtherPods) => {
    const end = imagine(peer, names.names, namespaces);
    return allowedPorts(decide(applied, end, direction === 'ingress' ? workload.ports : names.names));
  };
  const everyone = open({ namespaces: [], pods: [] });
  const found = new Map<string, { readonly peer: OtherPods; readonly ports: PortSet }>();
  for (const { policy, direction: said, namespace } of applied)
    for (const { peers } of said.rules)
      for (const peer of peers ?? []) {
        if (peer.type !== 'pods') continue;
        const other = otherPods(peer, namespace);
        if (!other || isHere(evaluation, policy, peer)) continue;
        const ports = open(other);
        if (portsKey(ports) === portsKey(everyone)) continue;
        found.set(JSON.stringify(other), { peer: other, ports });
      }
  const exposure = (peer: Exposure['peer'], ports: PortSet): Exposure => ({
    direction,
    workload,
    peer,
    ports: intersect(ports, allPorts),
    named: names.within(ports),
  });
  return [
    ...(isEmpty(everyone) ? [] : [exposure('entire-cluster', everyone)]),
    ...[...found.values()].map(({ peer, ports }) => exposure(peer, ports)),
  ];
}

/** What a peer requires of pods; undefined where it means none, or where that cannot be read. */
function otherPods({ namespaces, pods }: PodsPeer, own: string | undefined): OtherPods | undefined {
  const home: readonly Requirement[] | undefined =
    namespaces === 'own'
      ? [{ key: nameLabel, operator: 'In', values: [own ?? ''] }]
      : requirements(namespaces.selector, namespaces.unknown);
  const labels = pods === undefined ? [] : requirements(pods.selector, pods.unknown);
  if (!home || !labels || (home.length === 0 && labels.length === 0)) return undefined;
  return { namespaces: sorted(home), pods: sorted(labels) };
}

function requirements(selector: Selector, unknown: boolean): readonly Requirement[] | undefined {
  return unknown || selector === 'nothing' ? undefined : selector.requirements;
}

const sorted = (list: readonly Requirement[]) =>
  [...list].sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));

/** True when label pairs choose pods of namespaces by their own labels, and such pods are here: they are meant, and nobody else. */
function isHere({ meantBy }: Evaluation, policy: Resource, peer: PodsPeer): boolean {
  const { namespaces, pods } = peer;
  const isExact = pods && isPairs(pods) && (namespaces === 'own' || isPairs(namespaces));
  return isExact === true && meantBy(policy, peer).length > 0;
}

/** Some pairs, and nothing but pairs. */
function isPairs({ pairs, selector }: SelectorUse): boolean {
  return selector !== 'nothing' && pairs.length > 0 && pairs.length === selector.requirements.length;
}

/** The name of the only namespace that meets the requirements. */
function pinned(namespaces: readonly Requirement[]): string | undefined {
  const name = namespaces.find(
    ({ key, operator, values }) => key === nameLabel && operator === 'In' && values.length === 1,
  );
  return name?.values[0];
}

function imagine(
  { namespaces, pods }: OtherPods,
  ports: PortNames,
  known: ReadonlyMap<string, Namespace>,
): ImaginedEnd {
  const name = pinned(namespaces);
  const namespace =
    name === undefined ? undefined : (known.get(name) ?? { name, labels: new Map([[nameLabel, name]]) });
  return { type: 'imagined', namespace, namespaces, pods, ports };
}

/** Names of ports that pods may have: each stands for a number of its own, beyond those of real ports. */
function createNames() {
  const FIRST = 65536;
  const LAST = 1 << 20;
  const numbers = new Map<string, number>();
  const beyond = rangesOf([{ first: 1n, last: BigInt(LAST) }]);
  const names: PortNames = {
    universe: { TCP: beyond, UDP: beyond, SCTP: beyond },
    numbers(protocol, name) {
      const key = `${protocol} ${name}`;
      const number = numbers.get(key) ?? FIRST + numbers.size;
      numbers.set(key, number);
      return [number];
    },
  };
  /** The names in a set, but for protocols all of whose numbers are in it too. */
  const within = (ports: PortSet): NamedPort[] =>
    [...numbers].flatMap(([key, number]) => {
      const [protocol, name] = [key.slice(0, key.indexOf(' ')) as Protocol, key.slice(key.indexOf(' ') + 1)];
      const has = (port: number) => ports[protocol].some(({ first, last }) => first <= port && port <= last);
      const isWhole = intersect(ports, allPorts)[protocol].some(({ first, last }) => first === 1n && last === 65535n);
      return has(number) && !isWhole ? [{ protocol, name }] : [];
    });
  return { names, within };
}
