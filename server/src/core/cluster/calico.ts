/** Calico: IPPool objects, the operator's Installation, and what they say about the way between nodes. */
import type { Field } from '../path';
import { each, field, scalarAt, textAt } from '../path';
import type { Scalar } from '../value';
import { boolean } from '../value';
import { calicoDefaults } from './defaults';
import type { ClusterFacts, Cni, Transport } from './facts';
import { noFacts } from './facts';
import { rangesAt } from './ranges';

/** The modes of `ipipMode` and `vxlanMode`. */
export const calicoModes = ['Never', 'Always', 'CrossSubnet'] as const;

/** The encapsulations of the operator, with what each does. */
export const calicoEncapsulations: Readonly<
  Record<string, { readonly transport: Transport; readonly crossSubnet: boolean }>
> = {
  None: { transport: 'bgp', crossSubnet: false },
  IPIP: { transport: 'ipip', crossSubnet: false },
  IPIPCrossSubnet: { transport: 'ipip', crossSubnet: true },
  VXLAN: { transport: 'vxlan', crossSubnet: false },
  VXLANCrossSubnet: { transport: 'vxlan', crossSubnet: true },
};

/** A mode that wraps packets at least sometimes. */
export function wraps(mode: string | undefined): boolean {
  return mode !== undefined && mode !== '' && mode !== 'Never';
}

export function readIPPool(tree: Field): ClusterFacts {
  const spec = field(tree, 'spec');
  if (boolean(field(spec, 'disabled').value) === true) return noFacts;
  const isForServices = isLoadBalancerPool(spec);
  const size = Number(textAt(field(spec, 'blockSize')));
  const ranges = rangesAt(field(spec, 'cidr'), {
    use: isForServices ? 'loadBalancers' : 'pods',
    source: isForServices ? 'load-balancer' : 'calico-pool',
    field: 'cidr',
    nodePrefix: size > 0 ? size : undefined,
    nodePrefixes: calicoDefaults.blockSize,
    blocks: true,
  });
  const ipip = scalarAt(field(spec, 'ipipMode'));
  const vxlan = scalarAt(field(spec, 'vxlanMode'));
  return {
    ...noFacts,
    ranges,
    cnis: isForServices ? [] : [poolCni(ipip, vxlan, field(spec, 'cidr'))],
    bothEncapsulations:
      ipip && vxlan && wraps(ipip.text) && wraps(vxlan.text) ? [{ ipip, vxlan, path: 'spec.ipipMode' }] : [],
  };
}

/** The pool holds addresses for Services of type LoadBalancer, and none for pods. */
function isLoadBalancerPool(pool: Field): boolean {
  const uses = each(field(pool, 'allowedUses')).flatMap((at) => textAt(at) ?? []);
  return uses.length > 0 && uses.every((use) => use === 'LoadBalancer');
}

function poolCni(ipip: Scalar | undefined, vxlan: Scalar | undefined, at: Field): Cni {
  const mode = wraps(vxlan?.text) ? vxlan : wraps(ipip?.text) ? ipip : undefined;
  return {
    name: 'calico',
    carries: true,
    enforces: true,
    transport: mode === undefined ? 'bgp' : mode === vxlan ? 'vxlan' : 'ipip',
    crossSubnet: mode?.text === 'CrossSubnet',
    mode,
    at: mode?.origin ?? at.at,
  };
}

/** The operator's Installation (operator.tigera.io), also under `installation` in values of its chart. */
export function readInstallation(spec: Field): ClusterFacts {
  const network = field(spec, 'calicoNetwork');
  const plugin = textAt(field(spec, 'cni', 'type')) ?? 'Calico';
  const pools = each(field(network, 'ipPools'));
  const [first] = pools;
  const mode = first && scalarAt(field(first, 'encapsulation'));
  const way = calicoEncapsulations[mode?.text ?? 'IPIP'];
  const at = mode?.origin ?? field(spec, 'calicoNetwork').at;
  const isCarrier = plugin === 'Calico';
  return {
    ...noFacts,
    ranges: pools.flatMap((pool) => {
      const size = Number(textAt(field(pool, 'blockSize')));
      return rangesAt(field(pool, 'cidr'), {
        use: isLoadBalancerPool(pool) ? 'loadBalancers' : 'pods',
        source: isLoadBalancerPool(pool) ? 'load-balancer' : 'calico-operator',
        field: 'cidr',
        nodePrefix: size > 0 ? size : undefined,
        nodePrefixes: calicoDefaults.blockSize,
        blocks: true,
      });
    }),
    cnis: [
      {
        name: 'calico',
        carries: isCarrier,
        enforces: true,
        transport: isCarrier && first ? (way?.transport ?? 'unknown') : undefined,
        crossSubnet: way?.crossSubnet ?? false,
        mode: isCarrier ? mode : undefined,
        at,
      },
    ],
  };
}

/** FelixConfiguration: WireGuard between nodes, whatever the pools say. */
export function readFelixConfiguration(tree: Field): ClusterFacts | undefined {
  const at = field(tree, 'spec', 'wireguardEnabled');
  const mode = scalarAt(at);
  if (!mode || boolean(mode) !== true) return undefined;
  const wireguard = { transport: 'wireguard', crossSubnet: false, mode, at: mode.origin } as const;
  return { ...noFacts, cnis: [{ name: 'calico', carries: true, enforces: true, ...wireguard }] };
}
