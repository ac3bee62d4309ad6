import { kubeletMaxPods } from '../cluster/defaults';
import type { RangeSource } from '../cluster/facts';
import type { Draft } from '../finding';
import { say } from '../finding';
import { capacityOf } from '../network/capacity';
import type { ClusterNetwork, DeclaredRange } from '../network/cluster';
import { clusterNetwork } from '../network/cluster';
import type { Resource } from '../resource';
import { defineRule } from './define';
import { declared, pointAt, rangeText } from './shared/ranges';

/** kubeadm refuses pod ranges with fewer addresses, so fewer replicas always find room. */
const FEW_REPLICAS = 50;

/** Whose ranges all pods get their addresses from. */
const sizing: readonly RangeSource[] = ['plan', 'flannel', 'cilium'];

/** The masks decide how many nodes and pods there is room for; what does not fit stays pending. */
export const podCidrCapacity = defineRule({
  id: 'pod-cidr-capacity',
  summary: 'A pod range has room for few nodes or pods',
  levels: ['information', 'warning'],
  about: ['pods', 'cluster'],
  *linked(resource, links) {
    const replicas = resource.pods?.replicas ?? 0;
    if (!resource.cluster && replicas <= FEW_REPLICAS) return;
    const network = clusterNetwork(links, resource);
    if (replicas > FEW_REPLICAS) yield* tooManyReplicas(resource, replicas, network);
    for (const range of network.pods)
      if (range.from === resource && !range.range.implied && !range.range.blocks) yield* tooFewParts(range, network);
  },
});

function* tooFewParts(declaredRange: DeclaredRange, network: ClusterNetwork): Generator<Draft> {
  const { range } = declaredRange;
  const capacity = capacityOf(range);
  if (capacity?.parts === undefined || capacity.podsPerPart === undefined || range.source === 'flannel') return;
  const { parts, podsPerPart } = capacity;
  const common = { at: range.text.origin, path: range.path };
  const gives = say`${rangeText(range)} gives each node a /${range.nodePrefix}, so it has room for ${parts.toString()} node${parts === 1n ? '' : 's'}`;
  const nodes = nodeCount(network);
  if (BigInt(nodes) > parts)
    yield {
      ...common,
      level: 'warning',
      message: say`${gives}, and there are ${nodes}: the others get no range, and their pods no address; take a larger range or a longer prefix for nodes`,
    };
  else if (parts === 1n)
    yield { ...common, level: 'information', message: say`${gives}: a second node would get no range` };
  const limit = network.objects.find(({ facts, distance }) => facts.maxPods && distance !== 'far');
  const written = Number(limit?.facts.maxPods?.text);
  const maxPods = Number.isInteger(written) ? written : kubeletMaxPods;
  if (podsPerPart >= BigInt(maxPods)) return;
  const isWritten = limit?.facts.maxPods && Number.isInteger(written);
  yield {
    ...common,
    level: isWritten ? 'warning' : 'information',
    message: say`${rangeText(range)} gives each node a /${range.nodePrefix}, with addresses for ${podsPerPart.toString()} pods; the kubelet takes ${maxPods}${isWritten ? '' : ' unless maxPods says otherwise'}, and those beyond stay without an address`,
    related: limit?.facts.maxPods
      ? [{ at: limit.facts.maxPods.origin, message: say`maxPods ${limit.facts.maxPods.text}` }]
      : [],
  };
}

/** Nodes that are here one by one, or listed by the tool. */
function nodeCount({ objects, plan }: ClusterNetwork): number {
  const nodes = objects.filter(({ resource, distance }) => resource.kind === 'Node' && distance !== 'far').length;
  return Math.max(nodes, plan?.nodes ?? 0);
}

function* tooManyReplicas(resource: Resource, replicas: number, network: ClusterNetwork): Generator<Draft> {
  if (resource.pods?.hostNetwork) return;
  const ranges = network.pods.filter(
    // Pools of Calico may be for some pods only.
    ({ range, distance }) => sizing.includes(range.source) && range.family === 4 && distance !== 'far',
  );
  const [largest] = [...ranges].sort((a, b) => (room(b) > room(a) ? 1 : -1));
  if (!largest || ranges.some((range) => room(range) >= BigInt(replicas))) return;
  yield {
    level: 'warning',
    at: resource.nameAt,
    message: say`${replicas} replicas do not fit into ${declared(largest.range, largest.from)}, which has addresses for ${room(largest).toString()} pods: those beyond stay without an address`,
    related: [pointAt(largest.range, largest.from)],
  };
}

function room({ range }: DeclaredRange): bigint {
  const capacity = capacityOf(range);
  if (!capacity) return 0n;
  return capacity.parts === undefined || capacity.podsPerPart === undefined
    ? capacity.addresses
    : capacity.parts * capacity.podsPerPart;
}
