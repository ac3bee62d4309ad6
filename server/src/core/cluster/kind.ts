/** kind's Cluster: its networking, its nodes, and the kubeadm patches that stand in it. */
import { embedded } from './embedded';
import type { Field } from '../path';
import { each, field, root, scalarAt, textAt } from '../path';
import { boolean } from '../value';
import { kindDefaults, kubeadmDefaults } from './defaults';
import type { AddressRange, ClusterFacts } from './facts';
import { joinFacts, noFacts } from './facts';
import { extraArgs, flag, numberOf } from './flags';
import { readNodeConfiguration, readKubeletConfiguration, readKubeProxyConfiguration } from './kubeadm';
import { impliedRange, rangeOf, rangesAt } from './ranges';

/** The family of a kind cluster as written; ipv4 when nothing is. */
export function kindFamily(tree: Field): string {
  return textAt(field(tree, 'networking', 'ipFamily')) ?? 'ipv4';
}

export function readKind(tree: Field): ClusterFacts {
  const networking = field(tree, 'networking');
  const family = kindFamily(tree);
  const defaults = family === 'ipv6' || family === 'dual' ? kindDefaults[family] : kindDefaults.ipv4;
  const nodes = each(field(tree, 'nodes'));
  const patches = readPatches([tree, ...nodes]);
  const ranges = (name: 'podSubnet' | 'serviceSubnet'): AddressRange[] => {
    const at = field(networking, name);
    const meaning = {
      use: name === 'podSubnet' ? 'pods' : 'services',
      source: 'plan',
      field: name,
      nodePrefixes: name === 'podSubnet' ? { ...kubeadmDefaults.nodeMask, ...patches.masks } : undefined,
    } as const;
    const written = rangesAt(at, meaning);
    return written.length > 0
      ? written
      : defaults[name].split(',').map((text) => impliedRange(text, meaning, at.path, tree.at));
  };
  const own: ClusterFacts = {
    ...noFacts,
    ranges: [...ranges('podSubnet'), ...ranges('serviceSubnet')],
    plan: {
      tool: 'kind',
      hasPods: true,
      defaultCni: boolean(field(networking, 'disableDefaultCNI').value) === true ? undefined : 'kindnet',
      nodes: Math.max(nodes.length, 1),
    },
  };
  return joinFacts([own, patches.facts]);
}

interface Patches {
  readonly facts: ClusterFacts;
  readonly masks: { readonly 4?: number; readonly 6?: number };
}

/** Patches for kubeadm: YAML documents in block scalars. What they leave out is not decided by them. */
function readPatches(holders: readonly Field[]): Patches {
  const documents = holders
    .flatMap((holder) => each(field(holder, 'kubeadmConfigPatches')))
    .flatMap((at) => {
      const text = scalarAt(at);
      const value = text && embedded(text);
      return value ? [root(value)] : [];
    });
  const masks: { 4?: number; 6?: number } = {};
  const facts = documents.map((tree): ClusterFacts => {
    switch (textAt(field(tree, 'kind'))) {
      case 'ClusterConfiguration': {
        const args = extraArgs(field(tree, 'controllerManager', 'extraArgs'));
        const any = numberOf(flag(args, 'node-cidr-mask-size'));
        const [v4, v6] = [4, 6].map((family) => numberOf(flag(args, `node-cidr-mask-size-ipv${family}`)) ?? any);
        if (v4 !== undefined) masks[4] = v4;
        if (v6 !== undefined) masks[6] = v6;
        return patchedRanges(tree);
      }
      case 'InitConfiguration':
      case 'JoinConfiguration':
        return readNodeConfiguration(tree);
      case 'KubeletConfiguration':
        return readKubeletConfiguration(tree);
      case 'KubeProxyConfiguration':
        return readKubeProxyConfiguration(tree);
      default:
        return noFacts;
    }
  });
  return { facts: joinFacts(facts), masks };
}

/** Ranges that a patch of ClusterConfiguration writes, and nothing that it leaves out. */
function patchedRanges(tree: Field): ClusterFacts {
  const networking = field(tree, 'networking');
  const domain = scalarAt(field(networking, 'dnsDomain'));
  const cidr = flag(extraArgs(field(tree, 'controllerManager', 'extraArgs')), 'cluster-cidr');
  const pods = { use: 'pods', source: 'plan', nodePrefixes: kubeadmDefaults.nodeMask } as const;
  return {
    ...noFacts,
    ranges: [
      ...rangesAt(field(networking, 'podSubnet'), { ...pods, field: 'podSubnet' }),
      ...(cidr ? [rangeOf(cidr.value, { ...pods, field: 'cluster-cidr' }, cidr.path)] : []),
      ...rangesAt(field(networking, 'serviceSubnet'), { use: 'services', source: 'plan', field: 'serviceSubnet' }),
    ],
    dns: domain && {
      servers: [],
      service: [],
      domains: [{ text: domain, field: 'dnsDomain', path: 'networking.dnsDomain' }],
    },
  };
}
