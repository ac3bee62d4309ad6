/** Cilium: its ConfigMap, values of its chart, and CiliumNode. */
import type { Field } from '../path';
import { each, field, scalarAt, textAt } from '../path';
import type { Scalar } from '../value';
import { ciliumDefaults } from './defaults';
import type { AddressRange, ClusterFacts, Cni, Transport } from './facts';
import { noFacts } from './facts';
import { impliedRange, rangesAt } from './ranges';

const number = (at: Field, otherwise: number): number => {
  const text = textAt(at) ?? '';
  return /^\d+$/.test(text) ? Number(text) : otherwise;
};

/** Where the operator takes pod addresses from; in other modes its pools are not used. */
function usesPools(ipam: string | undefined): boolean {
  return ipam === undefined || ipam === 'cluster-pool' || ipam === 'cluster-pool-v2beta';
}

/** The ConfigMap `cilium-config`. */
export function readCiliumConfig(data: Field): ClusterFacts {
  const isPool = usesPools(textAt(field(data, 'ipam')));
  const pool = (key: string, mask: string, otherwise: number) =>
    rangesAt(field(data, key), {
      use: 'pods',
      source: 'cilium',
      field: key,
      nodePrefix: number(field(data, mask), otherwise),
    });
  const tunnel = scalarAt(field(data, 'tunnel')) ?? scalarAt(field(data, 'tunnel-protocol'));
  const routing = scalarAt(field(data, 'routing-mode'));
  return {
    ...noFacts,
    ranges: isPool
      ? [
          ...pool('cluster-pool-ipv4-cidr', 'cluster-pool-ipv4-mask-size', ciliumDefaults.ipv4Mask),
          ...pool('cluster-pool-ipv6-cidr', 'cluster-pool-ipv6-mask-size', ciliumDefaults.ipv6Mask),
        ]
      : [],
    cnis: [ciliumCni(routing, tunnel, textAt(field(data, 'cni-chaining-mode')), data)],
  };
}

/** Chained behind another network it holds policies, and the other carries packets. */
function ciliumCni(
  routing: Scalar | undefined,
  tunnel: Scalar | undefined,
  chaining: string | undefined,
  at: Field,
): Cni {
  const isNative = routing?.text === 'native' || tunnel?.text === 'disabled';
  const mode = routing?.text === 'native' ? routing : (tunnel ?? routing);
  const transport: Transport = isNative ? 'native' : tunnel?.text === 'geneve' ? 'geneve' : 'vxlan';
  return {
    name: 'cilium',
    carries: chaining === undefined || chaining === 'none' || chaining === '',
    enforces: true,
    transport,
    crossSubnet: false,
    mode,
    at: mode?.origin ?? at.key?.origin ?? field(at, 'routingMode').at,
  };
}

/** Values of Cilium's chart. */
export function readCiliumValues(tree: Field): ClusterFacts {
  const operator = field(tree, 'ipam', 'operator');
  const isPool = usesPools(textAt(field(tree, 'ipam', 'mode')));
  const pool = (keys: readonly string[], mask: string, otherwise: number): AddressRange[] =>
    keys.flatMap((key) =>
      rangesAt(field(operator, key), {
        use: 'pods',
        source: 'cilium',
        field: key,
        nodePrefix: number(field(operator, mask), otherwise),
      }),
    );
  const ipv4 = pool(
    ['clusterPoolIPv4PodCIDRList', 'clusterPoolIPv4PodCIDR'],
    'clusterPoolIPv4MaskSize',
    ciliumDefaults.ipv4Mask,
  );
  const ipv6 = pool(
    ['clusterPoolIPv6PodCIDRList', 'clusterPoolIPv6PodCIDR'],
    'clusterPoolIPv6MaskSize',
    ciliumDefaults.ipv6Mask,
  );
  const meaning = {
    use: 'pods',
    source: 'cilium',
    field: 'clusterPoolIPv4PodCIDRList',
    nodePrefix: ciliumDefaults.ipv4Mask,
  } as const;
  const otherwise =
    ipv4.length + ipv6.length > 0 ? [] : [impliedRange(ciliumDefaults.ipv4Pool, meaning, operator.path, tree.at)];
  return {
    ...noFacts,
    ranges: isPool ? [...ipv4, ...ipv6, ...otherwise] : [],
    cnis: [
      ciliumCni(
        scalarAt(field(tree, 'routingMode')),
        scalarAt(field(tree, 'tunnelProtocol')) ?? scalarAt(field(tree, 'tunnel')),
        textAt(field(tree, 'cni', 'chainingMode')),
        tree,
      ),
    ],
  };
}

/** CiliumNode: what one node got, and the addresses of the node. */
export function readCiliumNode(tree: Field): ClusterFacts {
  const meaning = { use: 'pods', source: 'node', field: 'podCIDRs' } as const;
  return {
    ...noFacts,
    ranges: [
      ...rangesAt(field(tree, 'spec', 'ipam', 'podCIDRs'), meaning),
      ...each(field(tree, 'spec', 'addresses')).flatMap((at) =>
        rangesAt(
          /IP$/.test(textAt(field(at, 'type')) ?? '') && textAt(field(at, 'type')) !== 'CiliumInternalIP'
            ? field(at, 'ip')
            : field(at, 'none'),
          { use: 'nodes', source: 'machine', field: 'ip', form: 'address' },
        ),
      ),
    ],
  };
}

/** CiliumPodIPPool (multi-pool IPAM): blocks of `maskSize` for nodes. */
export function readCiliumPodPool(tree: Field): ClusterFacts {
  const family = (name: 'ipv4' | 'ipv6', otherwise: number) =>
    rangesAt(field(tree, 'spec', name, 'cidrs'), {
      use: 'pods',
      source: 'cilium',
      field: 'cidrs',
      nodePrefix: number(field(tree, 'spec', name, 'maskSize'), otherwise),
      blocks: true,
    });
  return {
    ...noFacts,
    ranges: [...family('ipv4', ciliumDefaults.ipv4Mask), ...family('ipv6', ciliumDefaults.ipv6Mask)],
  };
}

/** Addresses for Services of type LoadBalancer: CiliumLoadBalancerIPPool and MetalLB's IPAddressPool. */
export function readLoadBalancerPool(tree: Field): ClusterFacts {
  const meaning = { use: 'loadBalancers', source: 'load-balancer', field: 'addresses', form: 'range' } as const;
  const blocks = ['blocks', 'cidrs'].flatMap((list) => each(field(tree, 'spec', list)));
  return {
    ...noFacts,
    ranges: [
      ...rangesAt(field(tree, 'spec', 'addresses'), meaning),
      ...blocks.flatMap((at) => rangesAt(field(at, 'cidr'), { ...meaning, field: 'cidr', form: 'cidr' })),
    ],
  };
}
