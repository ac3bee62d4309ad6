import { cidrContains, cidrsOverlap } from '../cidr';
import type { Draft, Fix, Level, Text } from '../finding';
import { list, say } from '../finding';
import type { ClusterNetwork, DeclaredRange } from '../network/cluster';
import { clusterNetwork } from '../network/cluster';
import { plannedPods } from '../network/pod-ranges';
import { defineRule } from './define';
import { flannelMismatch } from './cluster-checks/flannel';
import { declared, pointAt, rangeText } from './shared/ranges';
import { replace } from './shared/words';

/** The range that pods get addresses from is written in several places, and these disagree. */
export const podCidrMismatch = defineRule({
  id: 'pod-cidr-mismatch',
  summary: 'The pod range of the network and that of the control plane disagree',
  levels: ['error', 'warning', 'information'],
  about: ['cluster'],
  *linked(resource, links) {
    if (!resource.cluster) return;
    const network = clusterNetwork(links, resource);
    yield* flannelMismatch(resource, network);
    for (const range of resource.cluster.ranges)
      if (range.use === 'pods' && !range.implied && range.cidr)
        for (const found of rangeMismatch({ range, from: resource, distance: 'file' }, network))
          yield isTaken(found.fixes ?? [], range, network) ? { ...found, fixes: [] } : found;
  },
});

function* rangeMismatch(range: DeclaredRange, network: ClusterNetwork): Generator<Draft> {
  const planned = plannedPods(network).filter(
    (other) => other.range !== range.range && other.range.family === range.range.family,
  );
  const { source } = range.range;
  const isInside = planned.some((other) => holds(other, range));
  if (source === 'kube-proxy') yield* proxyMismatch(range, planned, network);
  else if (planned.length === 0) return;
  else if (source === 'node' && !isInside)
    yield draft('error', range, planned, say`nodes get their ranges out of it, and routes lead there only`);
  else if (source === 'calico-operator' && !isInside) {
    const isKubeadm = planned.some(
      ({ from }) => from.cluster?.plan && !['k3s', 'k3d'].includes(from.cluster.plan.tool),
    );
    yield draft(isKubeadm ? 'error' : 'warning', range, planned, say`the operator refuses pools outside of it`);
  } else if ((source === 'calico-pool' || source === 'calico-node') && !isInside) {
    const proxies = network.pods.filter((other) => other.range.source === 'kube-proxy' && holds(other, range));
    const why = say`kube-proxy takes such pods for the world outside and rewrites their addresses, so policies see those of nodes`;
    if (proxies.length === 0) yield draft('warning', range, planned, why);
  } else if (source === 'cilium' && !isInside)
    yield draft(
      'warning',
      range,
      planned,
      say`Cilium gives pods addresses that the control plane does not know as theirs`,
    );
  else if (source === 'plan') yield* planMismatch(range, planned);
}

/** The tool's own range is written twice: which of both counts depends on the order in which they are read. */
function* planMismatch(range: DeclaredRange, planned: readonly DeclaredRange[]): Generator<Draft> {
  const [first] = planned;
  if (!first || first.range.implied || first.range.text.origin.start > range.range.text.origin.start) return;
  const isSame = first.range.cidr?.text === range.range.cidr?.text;
  const isOneObject = first.from === range.from && first.range.path !== range.range.path;
  const isFlag = range.range.field.startsWith('--') && first.from.uri === range.from.uri;
  if (!isSame && (isOneObject || isFlag))
    yield draft('warning', range, [first], say`nodes get their ranges by one of them only`);
}

function* proxyMismatch(
  range: DeclaredRange,
  planned: readonly DeclaredRange[],
  network: ClusterNetwork,
): Generator<Draft> {
  const services = network.services.filter((other) => holds(other, range));
  const pods =
    planned.length > 0
      ? planned
      : network.pods.filter((other) => other.range.source === 'flannel' && other.range.family === range.range.family);
  if (services.length > 0) {
    yield draft(
      'warning',
      range,
      services,
      say`clusterCIDR is the range of pods, not that of Services`,
      pods,
      'is the Service range',
    );
    return;
  }
  const outside = pods.filter((other) => !holds(range, other));
  if (pods.length > 0 && outside.length === pods.length)
    yield draft('warning', range, pods, say`kube-proxy takes pods outside of clusterCIDR for the world outside`);
  const [other] = plannedPods(network).filter(
    ({ range: { family, implied } }) => family !== range.range.family && !implied,
  );
  const isSingle = network.pods.every((each) => each.from !== range.from || each.range.family === range.range.family);
  if (other && isSingle && planned.length > 0)
    yield {
      ...draft('warning', range, [other], say`pods have both families`),
      message: say`${rangeText(range.range)} lacks IPv${other.range.family ?? 6}, which ${declared(other.range, other.from)} has: name a range of each family`,
    };
}

/** Calico refuses two pools with one range. */
function isTaken(fixes: readonly Fix[], own: DeclaredRange['range'], { pods }: ClusterNetwork): boolean {
  const written = fixes.flatMap(({ edits }) => edits.map(({ newText }) => newText));
  return (
    pools.has(own.source) &&
    pods.some(({ range }) => range !== own && pools.has(range.source) && written.includes(range.cidr?.text ?? ''))
  );
}

const pools = new Set(['calico-pool', 'calico-operator']);

function holds(outer: DeclaredRange, inner: DeclaredRange): boolean {
  return (
    outer.range.cidr !== undefined && inner.range.cidr !== undefined && cidrContains(outer.range.cidr, inner.range.cidr)
  );
}

function draft(
  level: Level,
  { range }: DeclaredRange,
  others: readonly DeclaredRange[],
  why: Text,
  meant: readonly DeclaredRange[] = others,
  relation?: string,
): Draft {
  const isPartial = others.some(
    (other) => other.range.cidr && range.cidr && cidrsOverlap(other.range.cidr, range.cidr),
  );
  const isFar = others.every(({ distance }) => distance === 'far');
  const words = relation ?? (isPartial ? 'is not wholly inside' : 'is outside of');
  return {
    level: isFar ? 'information' : level,
    at: range.text.origin,
    path: range.path,
    message: say`${rangeText(range)} ${words} ${list(
      others.map((other) => declared(other.range, other.from)),
      'and',
    )}: ${why}`,
    related: others.map((other) => pointAt(other.range, other.from)),
    fixes: fixes(range, meant),
  };
}

/** The other range where there is one, and only a range of the same size is meant: never for the part of one node. */
function fixes(range: DeclaredRange['range'], meant: readonly DeclaredRange[]): Fix[] {
  const [only, more] = meant;
  if (!only?.range.cidr || more || range.source === 'node') return [];
  return replace(`Change to ${only.range.cidr.text}`, range.text, only.range.cidr.text);
}
