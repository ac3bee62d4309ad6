/** How packets travel from one pod to another, as far as the manifests tell. */
import { formatRange } from '../../cidr';
import type { Resource } from '../../resource';
import type { PodNetwork } from '../cluster';
import type { Hop } from './hop';
import { listed, nameOf } from './hop';
import type { Scene } from './scene';

const step = 'transport';

/** Containers of one pod share one network namespace. */
export function withinPod(workload: Resource, { namespace }: Scene): Hop {
  return {
    step,
    title: 'within one pod: its containers share a network namespace, and localhost is theirs',
    verdict: 'ok',
    at: workload.nameAt,
    detail: `nothing leaves ${nameOf(workload, namespace)}, and no policy keeps a pod from itself`,
  };
}

/** Packets between pods of two workloads. */
export function betweenPods(scene: Scene, from: Resource, to: Resource): Hop {
  const network = scene.network();
  const nodes = [nodeOf(from), nodeOf(to)] as const;
  const at = network.cni?.at[0] ?? from.pods?.nodeName?.origin;
  const host = [from, to].find((workload) => workload.pods?.hostNetwork);
  const own = host ? ` (${nameOf(host, scene.namespace)} is in the network of its node)` : '';
  const [first, second] = nodes;
  if (first !== undefined && first === second)
    return { step, title: `on the same node ${first}${own}: ${onOneNode(network.cni)}`, verdict: 'ok', at };
  const far = betweenNodes(network.cni);
  const ranges = rangesText(scene);
  if (first !== undefined && second !== undefined)
    return { step, title: `from node ${first} to node ${second}${own}: ${far}`, verdict: 'ok', at, detail: ranges };
  return {
    step,
    title: `to another node${own}: ${far}`,
    verdict: 'ok',
    at,
    detail: [`pods that share a node: ${onOneNode(network.cni)}`, ranges]
      .filter((part) => part !== undefined)
      .join('; '),
  };
}

/** Packets that leave the cluster. */
export function leaving(scene: Scene, from: Resource): Hop {
  const { cni } = scene.network();
  return {
    step,
    title: from.pods?.hostNetwork
      ? 'out of the network of the node'
      : 'out of the cluster: the node puts its own address in the place of the pod’s (SNAT)',
    verdict: 'ok',
    at: cni?.at[0],
  };
}

/** Packets from a node or a load balancer to pods. */
export function arriving(scene: Scene, from: string): Hop {
  const { cni } = scene.network();
  return {
    step,
    title: `from ${from} to the pods: on the same node ${onOneNode(cni)}, else ${betweenNodes(cni)}`,
    verdict: 'ok',
    at: cni?.at[0],
  };
}

/** Packets to a pod by the address of the node that it is on. */
export function toNode(from: string, workload: Resource): Hop {
  return {
    step,
    title: `from ${from} to the node that the pod is on${workload.pods?.hostNetwork ? ', whose network is the pod’s' : ', which hands it to the pod'}`,
    verdict: 'ok',
    at: workload.pods?.nodeName?.origin ?? workload.nameAt,
  };
}

/** The node that all pods of a workload are on, where it is written. */
export function nodeOf({ pods }: Resource): string | undefined {
  return (
    pods?.nodeName?.text ?? pods?.nodeSelector.find(({ key }) => key.text === 'kubernetes.io/hostname')?.value.text
  );
}

function onOneNode(cni: PodNetwork | undefined): string {
  switch (cni?.name) {
    case 'cilium':
      return 'Cilium’s programs hand packets from one veth to the other, without a bridge';
    case 'calico':
    case 'canal':
    case 'kindnet':
      return 'each pod has a veth, and the node routes between them without a bridge';
    case 'antrea':
    case 'kube-ovn':
      return 'each pod has a veth on the node’s Open vSwitch bridge';
    case 'flannel':
    case 'weave':
    case 'kube-router':
      return 'each pod has a veth on the node’s bridge';
    default:
      return 'each pod has a veth pair into its node, mostly on a bridge';
  }
}

const names: Readonly<Record<PodNetwork['name'], string>> = {
  flannel: 'flannel',
  calico: 'Calico',
  canal: 'Canal (flannel with Calico’s policies)',
  cilium: 'Cilium',
  kindnet: 'kindnet',
  weave: 'Weave Net',
  antrea: 'Antrea',
  'kube-router': 'kube-router',
  'kube-network-policies': 'kube-network-policies',
  'kube-ovn': 'Kube-OVN',
};

const ways: Readonly<Record<NonNullable<PodNetwork['transport']>, string>> = {
  vxlan: 'wraps packets in VXLAN (UDP between nodes)',
  'host-gw': 'writes routes with the other node as gateway, without wrapping; nodes must share a subnet',
  udp: 'wraps packets in UDP in user space, which is slow',
  wireguard: 'encrypts packets with WireGuard between nodes',
  ipip: 'wraps packets in IP-in-IP',
  bgp: 'announces routes to pods by BGP, without wrapping',
  native: 'leaves packets as they are; the network of the nodes must route to pods',
  geneve: 'wraps packets in Geneve (UDP between nodes)',
  ipsec: 'encrypts packets with IPsec between nodes',
  cloud: 'leaves packets to the routes of the cloud',
  none: 'carries no packets between nodes',
  unknown: 'carries packets between nodes',
};

function betweenNodes(cni: PodNetwork | undefined): string {
  if (!cni) return 'some CNI carries packets between nodes; no file here says which';
  const way = ways[cni.transport ?? 'unknown'];
  const direct = cni.crossSubnet ? ', and only between subnets; within one, packets go as they are' : '';
  return `${names[cni.name]} ${way}${direct}`;
}

/** Where pods get addresses from, and the parts of nodes. */
function rangesText(scene: Scene): string | undefined {
  const { pods, nodes } = scene.network();
  const text = (items: typeof pods) =>
    items.flatMap(({ range }) => range.cidr?.text ?? (range.range ? formatRange(range.range) : []));
  const all = [...new Set(text(pods))];
  const parts = [...new Set(text(nodes))];
  const prefix = pods.find(({ range }) => range.nodePrefix !== undefined)?.range.nodePrefix;
  if (all.length + parts.length === 0) return undefined;
  return [
    ...(all.length > 0
      ? [`pods have addresses of ${listed(all)}${prefix === undefined ? '' : `, a /${prefix} for each node`}`]
      : []),
    ...(parts.length > 0 ? [`nodes have ${listed(parts)}`] : []),
  ].join('; ');
}
