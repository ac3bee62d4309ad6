/** Workloads of a world, and the classes of them that no policy tells apart. */
import { union } from '../../ranges';
import type { OpenLabel } from '../../pod-facts';
import type { Resource } from '../../resource';
import type { Workload } from './ends';
import type { Relevance } from './relevance';
import type { OwnedPods } from './world';
import { compare } from './world';

/** Workloads that are one to every policy. */
export interface WorkloadClass {
  readonly id: number;
  /** Any of them stands for all. */
  readonly first: Workload;
  readonly workloads: readonly Workload[];
}

/** Pods of one owner as one workload, or as one for each kind of labels that policies tell apart; sorted by namespace and name. */
export function workloadsOf(pods: readonly OwnedPods[], relevance: Relevance): Workload[] {
  const owners = new Map<string, Map<string, OwnedPods[]>>();
  for (const item of pods.flatMap((item) => numbered(item, relevance))) {
    const { kind, namespace, name, member } = item;
    const key = `${namespace.name}/${name === '' ? `${member.uri}#${member.index}` : name}/${kind}`;
    const variants = owners.get(key) ?? new Map<string, OwnedPods[]>();
    owners.set(key, variants);
    // Pods on different addresses are alike as workloads.
    const signature = relevance.signature({ ...item, addresses: undefined });
    variants.set(signature, [...(variants.get(signature) ?? []), item]);
  }
  return [...owners.values()]
    .flatMap((variants) => {
      const groups = [...variants.values()];
      return groups.map((group) => workload(group, groups, relevance));
    })
    .sort(inOrder);
}

function workload(
  group: readonly OwnedPods[],
  variants: readonly (readonly OwnedPods[])[],
  relevance: Relevance,
): Workload {
  const [first] = group;
  if (!first) throw new Error('a workload has pods');
  const { owner, member, ...end } = first;
  const addresses = group.flatMap((item) => item.addresses ?? []);
  return {
    ...end,
    addresses: addresses.length > 0 ? union(addresses, []) : undefined,
    variant: variants.length > 1 ? difference(group, variants, relevance) : undefined,
    resource: owner,
    members: [...new Set([owner, member, ...group.map((item) => item.member)])],
  };
}

/** The labels of these pods that not all variants have. */
function difference(
  group: readonly OwnedPods[],
  variants: readonly (readonly OwnedPods[])[],
  { shown }: Relevance,
): string {
  const labels = (pods: readonly OwnedPods[]) => (pods[0] ? shown(pods[0]) : []);
  const own = labels(group).filter((label) => !variants.every((other) => labels(other).includes(label)));
  return own.length > 0 ? own.join(',') : 'others';
}

/** Pods with numbers that a selector names one by one, each of its own, beside all others. */
function numbered(item: OwnedPods, { podLabels }: Relevance): OwnedPods[] {
  const { numbered: numbers } = item.member.pods ?? {};
  const counted = item.openLabels.filter((label) => label.numbered && podLabels.has(label.key));
  if (counted.length === 0 || numbers?.count === undefined) return [item];
  const value = ({ stem = '' }: OpenLabel, number: number) => `${stem}${number}`;
  const all = Array.from({ length: Math.min(numbers.count, MAX_NUMBERED) }, (_, index) => numbers.start + index);
  const asked = all.filter((number) =>
    counted.some((label) => podLabels.get(label.key)?.has(value(label, number)) === true),
  );
  const openLabels = item.openLabels.filter((label) => !counted.includes(label));
  const one = (number: number): OwnedPods => ({
    ...item,
    openLabels,
    labels: new Map([...item.labels, ...counted.map((label) => [label.key, value(label, number)] as const)]),
  });
  return [
    ...asked.map(one),
    ...(asked.length === 0 || asked.length < numbers.count
      ? [{ ...item, openLabels: [...openLabels, ...counted.map(other)] }]
      : []),
  ];
}

/** More pods than this are not told apart by their numbers. */
const MAX_NUMBERED = 100;

/** The label is there, and has none of the values that are asked for: no value of a label has a star. */
function other(label: OpenLabel): OpenLabel {
  return { ...label, stem: `${label.stem ?? ''}*`, numbered: false };
}

export function classesOf(workloads: readonly Workload[], relevance: Relevance): WorkloadClass[] {
  const classes = new Map<string, Workload[]>();
  for (const item of workloads) {
    const signature = relevance.signature(item);
    const known = classes.get(signature);
    if (known) known.push(item);
    else classes.set(signature, [item]);
  }
  return [...classes.values()].flatMap((members, id) =>
    members[0] ? [{ id, first: members[0], workloads: members }] : [],
  );
}

/** The workloads of each object that makes pods. */
export function byResource(workloads: readonly Workload[]): ReadonlyMap<Resource, readonly Workload[]> {
  const found = new Map<Resource, Workload[]>();
  for (const item of workloads)
    for (const member of item.members) found.set(member, [...(found.get(member) ?? []), item]);
  return found;
}

function inOrder(a: Workload, b: Workload): number {
  return (
    compare(a.namespace.name, b.namespace.name) ||
    compare(a.name, b.name) ||
    compare(a.kind, b.kind) ||
    compare(a.variant ?? '', b.variant ?? '')
  );
}
