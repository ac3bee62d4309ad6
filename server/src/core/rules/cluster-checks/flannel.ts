/** flannel in Kubernetes: its network must hold the range of every node (pkg/subnet/kube/kube.go, containsCIDR). */
import { cidrContains, cidrsOverlap } from '../../cidr';
import type { Draft, Level } from '../../finding';
import { list, say } from '../../finding';
import type { ClusterNetwork, Distance } from '../../network/cluster';
import { plannedPods } from '../../network/pod-ranges';
import type { Resource } from '../../resource';
import { isTemplated } from '../../templated';
import { declared, pointAt, rangeText } from '../shared/ranges';
import { mention, named, replace } from '../shared/words';

export function* flannelMismatch(resource: Resource, network: ClusterNetwork): Generator<Draft> {
  yield* networkOutside(resource, network);
  yield* familyMissing(resource, network);
  yield* noPodRange(resource, network);
  yield* nodeOutside(resource, network);
}

const nearLevel = (distance: Distance, level: Level): Level => (distance === 'far' ? 'information' : level);

/** The nodes' ranges are cut from podSubnet: those outside of flannel's network it refuses to route. */
function* networkOutside(resource: Resource, network: ClusterNetwork): Generator<Draft> {
  for (const range of resource.cluster?.ranges ?? []) {
    const { cidr } = range;
    if (range.source !== 'flannel' || !cidr) continue;
    const planned = plannedPods(network).filter((other) => other.range.family === range.family);
    const outside = planned.filter((other) => other.range.cidr && !cidrContains(cidr, other.range.cidr));
    const [first] = outside;
    if (!first?.range.cidr || outside.length < planned.length) continue;
    const isPartial = cidrsOverlap(cidr, first.range.cidr);
    yield {
      level: nearLevel(first.distance, isPartial ? 'warning' : 'error'),
      at: range.text.origin,
      path: range.path,
      message: say`${rangeText(range)} of flannel ${isPartial ? 'holds only a part of' : 'holds nothing of'} ${declared(first.range, first.from)}: flannel ends with "doesn't contain PodCIDR" on ${isPartial ? 'nodes whose range lies outside' : 'every node'}; write the same range in both`,
      related: [pointAt(first.range, first.from)],
      fixes: replace(`Change to ${first.range.cidr.text}`, range.text, first.range.cidr.text),
    };
  }
}

function* familyMissing(resource: Resource, network: ClusterNetwork): Generator<Draft> {
  const { flannel } = resource.cluster ?? {};
  if (!flannel || flannel.enableIPv6) return;
  const [ipv6] = plannedPods(network).filter(({ range }) => range.family === 6);
  if (!ipv6) return;
  yield {
    level: nearLevel(ipv6.distance, 'warning'),
    at: flannel.at,
    message: say`flannel has no IPv6 network, although ${declared(ipv6.range, ipv6.from)} is there: pods get IPv4 addresses only; set EnableIPv6 and IPv6Network`,
    related: [pointAt(ipv6.range, ipv6.from)],
  };
}

/** Without a pod range the controller manager gives nodes none. */
function* noPodRange(resource: Resource, network: ClusterNetwork): Generator<Draft> {
  const { plan } = resource.cluster ?? {};
  const flannel = network.objects.find(({ facts }) => facts.flannel);
  if (!plan || plan.hasPods || !flannel || network.pods.some(({ range }) => range.source === 'plan')) return;
  yield {
    level: nearLevel(flannel.distance, 'warning'),
    at: resource.nameAt,
    message: say`${named(resource)} sets no podSubnet, which flannel of ${named(flannel.resource)} needs: nodes get no range, and flannel ends with "pod cidr not assigned"`,
    related: [mention(flannel.resource)],
  };
}

/** The ranges of single nodes against the network that flannel routes. */
function* nodeOutside(resource: Resource, network: ClusterNetwork): Generator<Draft> {
  const networks = network.pods.filter(({ range }) => range.source === 'flannel');
  if (resource.kind !== 'Node' || networks.length === 0) return;
  if (networks.some(({ range }) => isTemplated(range.text.text))) return;
  const own = resource.cluster?.ranges.filter(({ source }) => source === 'node') ?? [];
  if (own.length === 0) {
    yield {
      level: 'information',
      at: resource.nameAt,
      message: say`${named(resource)} has no podCIDR: until the controller manager gives it one, flannel ends with "pod cidr not assigned"`,
    };
  }
  if (own.length > 2)
    yield {
      level: 'error',
      at: own[2]?.text.origin ?? resource.nameAt,
      path: own[2]?.path,
      message: say`${named(resource)} has ${own.length} podCIDRs: flannel takes one, or one of IPv4 and one of IPv6`,
    };
  for (const range of own) {
    const sameFamily = networks.filter((other) => other.range.family === range.family && other.range.cidr);
    const [first] = sameFamily.length > 0 ? sameFamily : networks;
    const isInside = sameFamily.some(
      (other) => range.cidr && other.range.cidr && cidrContains(other.range.cidr, range.cidr),
    );
    // Without IPv4 flannel never looks at the IPv4 range of a node.
    const isPassedOver = range.family === 4 && sameFamily.length === 0;
    if (!first || !range.cidr || isInside || isPassedOver) continue;
    const why =
      sameFamily.length > 0
        ? say`is outside of ${list(sameFamily.map((other) => declared(other.range, other.from)))}: flannel ends with "doesn't contain PodCIDR" on this node`
        : say`is of IPv6, for which flannel of ${named(first.from)} has no IPv6Network: it ends with "doesn't exist in the flannel net config" on this node`;
    yield {
      level: nearLevel(first.distance, 'error'),
      at: range.text.origin,
      path: range.path,
      message: say`${rangeText(range)} of ${named(resource)} ${why}`,
      related: [pointAt(first.range, first.from)],
    };
  }
}
