/** flannel: the net-conf.json of its ConfigMap, and values of its chart. */
import { embedded } from './embedded';
import type { Field } from '../path';
import { eachEntry, field, root, scalarAt, textAt } from '../path';
import type { Scalar } from '../value';
import { boolean } from '../value';
import { kubeadmDefaults } from './defaults';
import type { ClusterFacts, Cni, Transport } from './facts';
import { noFacts } from './facts';
import { rangesAt } from './ranges';

/** Backends that flannel registers (backends.md; those of clouds are listed there as experimental). */
export const flannelBackends: ReadonlyMap<string, Transport> = new Map([
  ['vxlan', 'vxlan'],
  ['host-gw', 'host-gw'],
  ['wireguard', 'wireguard'],
  ['udp', 'udp'],
  ['ipip', 'ipip'],
  ['ipsec', 'ipsec'],
  ['alloc', 'none'],
  ['extension', 'unknown'],
  ['ali-vpc', 'cloud'],
  ['aws-vpc', 'cloud'],
  ['alloc-vpc', 'cloud'],
  ['gce', 'cloud'],
  ['tencent-vpc', 'cloud'],
]);

/** A key of net-conf.json: Go reads the keys of JSON whatever their case. */
export function netConfField(tree: Field, ...keys: readonly string[]): Field {
  return keys.reduce((at, key) => {
    const found = eachEntry(at).find((item) => item.key?.text.toLowerCase() === key.toLowerCase());
    return found ?? field(at, key);
  }, tree);
}

/** The net-conf.json in a ConfigMap; it says nothing when it is no JSON. */
export function readNetConf(text: Scalar, path: string): ClusterFacts {
  const value = embedded(text);
  if (value?.type !== 'map') return noFacts;
  const tree = { ...root(value), path };
  const type = netConfField(tree, 'Backend', 'Type');
  const enableIPv6 = boolean(netConfField(tree, 'EnableIPv6').value) === true;
  const hasIPv4 = boolean(netConfField(tree, 'EnableIPv4').value) !== false;
  // In Kubernetes the range of a node is its podCIDR; these lengths count only for flannel's own subnets.
  const ranges = (key: string, nodePrefix: number) =>
    rangesAt(netConfField(tree, key), { use: 'pods', source: 'flannel', field: key, nodePrefix });
  const backend = scalarAt(type);
  return {
    ...noFacts,
    ranges: [
      ...(hasIPv4 ? ranges('Network', kubeadmDefaults.nodeMask[4]) : []),
      // Held against the IPv6 range of a node even where EnableIPv6 is false.
      ...ranges('IPv6Network', kubeadmDefaults.nodeMask[6]),
    ],
    flannel: { backend, enableIPv6, at: netConfField(tree, 'Network').at },
    cnis: [flannelCni(backend, boolean(netConfField(tree, 'Backend', 'DirectRouting').value) === true, tree)],
  };
}

/** A net-conf.json without a backend means udp (parseBackendType). */
function flannelCni(backend: Scalar | undefined, crossSubnet: boolean, tree: Field): Cni {
  return {
    name: 'flannel',
    carries: true,
    enforces: false,
    transport: backend ? (flannelBackends.get(backend.text) ?? 'unknown') : 'udp',
    crossSubnet,
    mode: backend,
    at: backend?.origin ?? netConfField(tree, 'Backend').at,
  };
}

/** Values of flannel's chart: `podCidr`, `podCidrv6`, `flannel.backend`. */
export function readFlannelValues(tree: Field): ClusterFacts {
  const ranges = (key: string) =>
    textAt(field(tree, key)) === '' ? [] : rangesAt(field(tree, key), { use: 'pods', source: 'flannel', field: key });
  const backend = scalarAt(field(tree, 'flannel', 'backend'));
  const v6 = ranges('podCidrv6');
  const holdsPolicies = boolean(field(tree, 'netpol', 'enabled').value) === true;
  const at = field(tree, 'podCidr').at;
  return {
    ...noFacts,
    ranges: [...ranges('podCidr'), ...v6],
    flannel: { backend, enableIPv6: v6.length > 0, at },
    cnis: [
      {
        ...flannelCni(backend, boolean(field(tree, 'flannel', 'directRouting').value) === true, tree),
        transport: backend ? (flannelBackends.get(backend.text) ?? 'unknown') : 'vxlan',
      },
      ...(holdsPolicies
        ? [
            {
              name: 'kube-network-policies',
              carries: false,
              enforces: true,
              transport: undefined,
              crossSubnet: false,
              mode: undefined,
              at,
            } as const,
          ]
        : []),
    ],
  };
}
