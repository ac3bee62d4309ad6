/** kubeadm's ClusterConfiguration and InitConfiguration, and the configurations of kubelet and kube-proxy beside them. */
import type { Field } from '../path';
import { field, scalarAt, textAt } from '../path';
import { kubeadmDefaults } from './defaults';
import type { ClusterFacts } from './facts';
import { noFacts } from './facts';
import { itemsOf } from './embedded';
import { extraArgs, flag, numberOf } from './flags';
import { impliedRange, rangeOf, rangesAt } from './ranges';

export function readClusterConfiguration(tree: Field): ClusterFacts {
  const networking = field(tree, 'networking');
  const podSubnet = field(networking, 'podSubnet');
  const serviceSubnet = field(networking, 'serviceSubnet');
  const args = extraArgs(field(tree, 'controllerManager', 'extraArgs'));
  const clusterCidr = flag(args, 'cluster-cidr');
  const pods = { use: 'pods', source: 'plan', nodePrefixes: kubeadmNodeMasks(tree) } as const;
  const services = { use: 'services', source: 'plan', field: 'serviceSubnet' } as const;
  const written = rangesAt(serviceSubnet, services);
  const domain = scalarAt(field(networking, 'dnsDomain'));
  const subnets = rangesAt(podSubnet, { ...pods, field: 'podSubnet' });
  return {
    ...noFacts,
    ranges: [
      ...subnets,
      ...(clusterCidr ? [rangeOf(clusterCidr.value, { ...pods, field: 'cluster-cidr' }, clusterCidr.path)] : []),
      ...(written.length > 0
        ? written
        : [impliedRange(kubeadmDefaults.serviceSubnet, services, serviceSubnet.path, tree.at)]),
      ...endpoint(field(tree, 'controlPlaneEndpoint'), 'controlPlaneEndpoint'),
    ],
    plan: {
      tool: 'kubeadm',
      hasPods: subnets.length > 0 || clusterCidr !== undefined,
      defaultCni: undefined,
      nodes: undefined,
    },
    dns: domain && {
      servers: [],
      service: [],
      domains: [{ text: domain, field: 'dnsDomain', path: `${networking.path}.dnsDomain` }],
    },
  };
}

/** The prefix lengths of nodes' ranges. A flag without a family counts where no flag of the family stands. */
function kubeadmNodeMasks(tree: Field): { readonly 4: number; readonly 6: number } {
  const args = extraArgs(field(tree, 'controllerManager', 'extraArgs'));
  const any = numberOf(flag(args, 'node-cidr-mask-size'));
  return {
    4: numberOf(flag(args, 'node-cidr-mask-size-ipv4')) ?? any ?? kubeadmDefaults.nodeMask[4],
    6: numberOf(flag(args, 'node-cidr-mask-size-ipv6')) ?? any ?? kubeadmDefaults.nodeMask[6],
  };
}

/** InitConfiguration and JoinConfiguration: addresses of the node, and flags that its kubelet gets. */
export function readNodeConfiguration(tree: Field): ClusterFacts {
  const args = extraArgs(field(tree, 'nodeRegistration', 'kubeletExtraArgs'));
  const [server, domain] = [flag(args, 'cluster-dns'), flag(args, 'cluster-domain')];
  return {
    ...noFacts,
    ranges: ['localAPIEndpoint', 'controlPlane.localAPIEndpoint'].flatMap((path) =>
      endpoint(field(tree, ...path.split('.'), 'advertiseAddress'), 'advertiseAddress'),
    ),
    dns: {
      servers: server ? itemsOf(server.value, /[,\s]/) : [],
      service: [],
      domains: domain ? [{ text: domain.value, field: 'clusterDomain', path: domain.path }] : [],
    },
    maxPods: flag(args, 'max-pods')?.value,
  };
}

/** An address of a node, when the text is one; names and addresses with a port are passed over. */
function endpoint(at: Field, name: string): ClusterFacts['ranges'] {
  const text = scalarAt(at);
  const range = text && rangeOf(text, { use: 'nodes', source: 'machine', field: name, form: 'address' }, at.path);
  return range?.range ? [range] : [];
}

export function readKubeletConfiguration(tree: Field): ClusterFacts {
  const servers = rangesAt(field(tree, 'clusterDNS'), {
    use: 'services',
    source: 'plan',
    field: 'clusterDNS',
    form: 'address',
  });
  const domain = scalarAt(field(tree, 'clusterDomain'));
  const podCidr = { use: 'pods', source: 'node', field: 'podCIDR' } as const;
  return {
    ...noFacts,
    ranges: rangesAt(field(tree, 'podCIDR'), podCidr),
    dns: {
      servers: servers.map(({ text }) => text),
      service: [],
      domains: domain && domain.text !== '' ? [{ text: domain, field: 'clusterDomain', path: 'clusterDomain' }] : [],
    },
    maxPods: scalarAt(field(tree, 'maxPods')),
  };
}

export function readKubeProxyConfiguration(tree: Field): ClusterFacts {
  const meaning = { use: 'pods', source: 'kube-proxy', field: 'clusterCIDR' } as const;
  return { ...noFacts, ranges: rangesAt(field(tree, 'clusterCIDR'), meaning) };
}

/** Cluster API's Cluster: what its bootstrap provider gives to kubeadm. */
export function readClusterApi(tree: Field): ClusterFacts {
  const network = field(tree, 'spec', 'clusterNetwork');
  if (network.value === undefined) return noFacts;
  const pods = rangesAt(field(network, 'pods', 'cidrBlocks'), {
    use: 'pods',
    source: 'plan',
    field: 'pods.cidrBlocks',
    nodePrefixes: kubeadmDefaults.nodeMask,
  });
  const services = rangesAt(field(network, 'services', 'cidrBlocks'), {
    use: 'services',
    source: 'plan',
    field: 'services.cidrBlocks',
  });
  const domain = scalarAt(field(network, 'serviceDomain'));
  return {
    ...noFacts,
    ranges: [...pods, ...services],
    plan: { tool: 'cluster-api', hasPods: pods.length > 0, defaultCni: undefined, nodes: undefined },
    dns: domain && {
      servers: [],
      service: [],
      domains: [{ text: domain, field: 'serviceDomain', path: `${network.path}.serviceDomain` }],
    },
  };
}

/** ServiceCIDR, and the ClusterCIDR that Kubernetes had from 1.25 to 1.28. */
export function readRangeObject(tree: Field, kind: string): ClusterFacts {
  if (kind === 'ServiceCIDR')
    return {
      ...noFacts,
      ranges: rangesAt(field(tree, 'spec', 'cidrs'), { use: 'services', source: 'plan', field: 'cidrs' }),
    };
  const bits = Number(textAt(field(tree, 'spec', 'perNodeHostBits')));
  return {
    ...noFacts,
    ranges: (['ipv4', 'ipv6'] as const).flatMap((name) =>
      rangesAt(field(tree, 'spec', name), {
        use: 'pods',
        source: 'plan',
        field: name,
        nodePrefix: Number.isInteger(bits) ? (name === 'ipv4' ? 32 : 128) - bits : undefined,
      }),
    ),
  };
}
