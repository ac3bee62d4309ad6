/** Ranges of one cluster that overlap although they mean different things. */
import type { RangeUse } from '../cluster/facts';
import type { Links } from '../links';
import type { Resource } from '../resource';
import type { ClusterObject, DeclaredRange } from './cluster';
import { clusterObjects, declaredRanges } from './cluster';

/** A range to change and one that it overlaps; `more` is how many others of the same kind it overlaps too. */
export interface Overlap {
  readonly range: DeclaredRange;
  readonly other: DeclaredRange;
  readonly more: number;
}

const known = new WeakMap<readonly ClusterObject[], readonly Overlap[]>();

/** The overlaps that are to be shown in the file of `from`: in the range that is changed with least effort. */
export function overlaps(links: Links, from: Resource): readonly Overlap[] {
  const objects = clusterObjects(links, from);
  const found = known.get(objects) ?? findOverlaps(objects);
  known.set(objects, found);
  return found;
}

/** Sorted by their first address, ranges overlap only while one is open: nothing compares all with all. */
function findOverlaps(objects: readonly ClusterObject[]): Overlap[] {
  // What kube-proxy is told repeats the pod range of others; where it differs, that is another mistake.
  const ranges = declaredRanges(objects).filter(
    ({ range }) => range.range !== undefined && range.source !== 'kube-proxy',
  );
  const first = ({ range }: DeclaredRange) => range.range?.first ?? 0n;
  const last = ({ range }: DeclaredRange) => range.range?.last ?? 0n;
  const sorted = [...ranges].sort((a, b) => (first(a) < first(b) ? -1 : first(a) > first(b) ? 1 : 0));
  const found = new Map<string, Overlap>();
  let open: DeclaredRange[] = [];
  for (const next of sorted) {
    open = open.filter((range) => last(range) >= first(next));
    for (const range of open) {
      if (!conflict(range, next)) continue;
      const [shown, other] = inOrder(range, next);
      const key = `${shown.from.uri} ${shown.range.text.origin.start} ${other.range.use} ${other.range.source}`;
      const before = found.get(key);
      found.set(key, before ? { ...before, more: before.more + 1 } : { range: shown, other, more: 0 });
    }
    open.push(next);
  }
  return [...found.values()].filter(({ range }) => range.distance === 'file');
}

/** Uses that may not share addresses. Load balancers may have addresses of the nodes' network. */
const apart: Readonly<Record<RangeUse, readonly RangeUse[]>> = {
  pods: ['services', 'nodes', 'loadBalancers', 'bridge'],
  services: ['pods', 'nodes', 'loadBalancers', 'bridge'],
  nodes: ['pods', 'services'],
  loadBalancers: ['pods', 'services'],
  bridge: ['pods', 'services'],
};

function conflict(a: DeclaredRange, b: DeclaredRange): boolean {
  const isDocker = a.range.use === 'bridge' || b.range.use === 'bridge';
  if (isDocker && (a.distance === 'far' || b.distance === 'far')) return false;
  if (a.range.use !== b.range.use) return apart[a.range.use].includes(b.range.use);
  const inOneFile = a.distance === 'file' && b.distance === 'file';
  if (!inOneFile && (a.distance === 'far' || b.distance === 'far' || isDocker)) return false;
  return a.range.source === b.range.source && isTakenTwice(a, b);
}

/** Two ranges of one use that two owners take addresses from. */
function isTakenTwice(a: DeclaredRange, b: DeclaredRange): boolean {
  switch (a.range.source) {
    case 'node':
      return (
        a.from !== b.from && a.from.kind === b.from.kind && a.from.name !== undefined && a.from.name !== b.from.name
      );
    case 'calico-pool':
    case 'load-balancer':
      return a.from.kind === b.from.kind && (a.from === b.from || a.from.name !== b.from.name);
    case 'calico-operator':
    case 'cilium':
      return a.from === b.from;
    case 'docker':
      return a.from === b.from && a.range.path !== b.range.path;
    default:
      return false;
  }
}

/** What is easiest to change comes first: the pods' range before that of Services, then what stands later. */
const ease: readonly RangeUse[] = ['bridge', 'loadBalancers', 'pods', 'services', 'nodes'];

function inOrder(a: DeclaredRange, b: DeclaredRange): readonly [DeclaredRange, DeclaredRange] {
  if (a.range.implied !== b.range.implied) return a.range.implied ? [b, a] : [a, b];
  const [first, second] = [ease.indexOf(a.range.use), ease.indexOf(b.range.use)];
  if (first !== second) return first < second ? [a, b] : [b, a];
  const later =
    a.from.uri === b.from.uri ? a.range.text.origin.start > b.range.text.origin.start : a.from.uri > b.from.uri;
  return later ? [a, b] : [b, a];
}
