/** Networks and address plans of clusters: upstream tests, manifests of upstream, and mistakes that people reported. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Finding, Level } from '../../server/src/core/index';
import { defaultPool, kubeadmCidrs } from '../../server/src/core/cluster/calico-env';
import type { NetConf } from '../../server/src/core/cluster/flannel-subnets';
import { divideNetwork } from '../../server/src/core/cluster/flannel-subnets';
import {
  nodeMaskProblem,
  parseSubnets,
  serviceSizeProblem,
  subnetsProblem,
} from '../../server/src/core/cluster/limits';
import { declares } from './cni-declares';
import { ofTool } from './cni-defaults';
import type { Case, Family, Outcome } from './family';
import { compare } from './family';
import { worldOf, worldOfObjects } from './objects';

const isError = ({ level }: Finding): boolean => level === 'error';

/** Valid or not, by whether anything was found. */
function validity(item: Case, problems: readonly unknown[]): Outcome {
  return {
    agree: (item['valid'] === true) === (problems.length === 0),
    want: { valid: item['valid'], error: item['error'] },
    got: problems,
  };
}

const texts = (findings: readonly Finding[]) =>
  findings.map(({ rule, level, path }) => `${level} ${rule} ${path ?? ''}`);

/** The keys of net-conf.json, which Go reads whatever their case. */
const netConfKeys = [
  'EnableIPv4',
  'EnableIPv6',
  'Network',
  'IPv6Network',
  'SubnetLen',
  'IPv6SubnetLen',
  'SubnetMin',
  'SubnetMax',
  'IPv6SubnetMin',
  'IPv6SubnetMax',
];

function netConf(item: Case): NetConf {
  const written = Object.entries(item['netConf'] as Readonly<Record<string, unknown>>);
  return Object.fromEntries(
    written.flatMap(([key, value]) => {
      const name = netConfKeys.find((known) => known.toLowerCase() === key.toLowerCase());
      return name === undefined ? [] : [[name, value]];
    }),
  );
}

/** flannel's own subnet manager: what it derives, or that it refuses. */
function flannelNetConf(item: Case): Outcome {
  const division = divideNetwork(netConf(item));
  if ('problem' in division) return validity(item, [division.problem]);
  const derived = Object.fromEntries<unknown>(
    division.subnets.flatMap(({ network, prefix, first, last }) => {
      const before = network.family === 6 ? 'IPv6' : '';
      return [
        [`${before}Network`, network.text],
        [`${before}SubnetLen`, prefix],
        [`${before}SubnetMin`, first.text],
        [`${before}SubnetMax`, last.text],
      ];
    }),
  );
  const want = (item['derived'] ?? {}) as Readonly<Record<string, unknown>>;
  const got = Object.fromEntries(Object.keys(want).map((key) => [key, derived[key]]));
  return item['valid'] === true ? compare(want, got) : { agree: false, want: item['error'], got: derived };
}

function flannelConfigMap(conf: unknown) {
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'kube-flannel-cfg', namespace: 'kube-flannel' },
    data: { 'net-conf.json': JSON.stringify(conf) },
  };
}

function flannelNode(item: Case): Outcome {
  const nodes = item['nodes'] as readonly { readonly name: string; readonly podCIDRs: readonly string[] }[];
  const objects = nodes.map(({ name, podCIDRs }) => ({
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name },
    spec: podCIDRs.length > 0 ? { podCIDR: podCIDRs[0], podCIDRs } : {},
  }));
  const { findings } = worldOfObjects([flannelConfigMap(item['netConf']), ...objects]);
  return validity(item, texts(findings.filter(({ rule }) => rule === 'pod-cidr-mismatch')));
}

type Env = Readonly<Record<string, string>>;

function calicoDefaultPool(item: Case): Outcome {
  const env = item['env'] as Env;
  const { podSubnet } = (item['kubeadmConfig'] ?? {}) as { readonly podSubnet?: string };
  const expected = item['expected'] as Readonly<Record<string, unknown>>;
  const pool = (family: 4 | 6) => {
    const made = defaultPool((name) => env[name], family, podSubnet);
    if (!made) return undefined;
    const { cidr, ipipMode, vxlanMode, natOutgoing, blockSize, nodeSelector, disableBGPExport } = made;
    const rest = { ipipMode, vxlanMode, natOutgoing, blockSize, nodeSelector, disableBGPExport };
    return { ...rest, cidr: cidr ?? null, ...(family === 6 ? { randomULA48: cidr === undefined } : {}) };
  };
  const pools = { ipv4: pool(4), ipv6: pool(6) };
  const all = { ...pools, ipv4Created: pools.ipv4 !== undefined, ipv6Created: pools.ipv6 !== undefined };
  return compare(expected, Object.fromEntries(Object.entries(all).filter(([key]) => key in expected)));
}

/** calico-node with such an environment, in the DaemonSet that people write it in. */
function calicoEnv(item: Case): Outcome {
  const env = Object.entries(item['env'] as Env).map(([name, value]) => ({ name, value }));
  const labels = { 'k8s-app': 'calico-node' };
  const { findings } = worldOfObjects([
    {
      apiVersion: 'apps/v1',
      kind: 'DaemonSet',
      metadata: { name: 'calico-node', namespace: 'kube-system' },
      spec: {
        selector: { matchLabels: labels },
        template: { metadata: { labels }, spec: { containers: [{ name: 'calico-node', image: 'calico/node', env }] } },
      },
    },
  ]);
  return validity(item, texts(findings.filter(isError)));
}

function calicoKubeadmCidr(item: Case): Outcome {
  const found = kubeadmCidrs((item['kubeadmPodSubnet'] as string | null) ?? undefined);
  return compare(item['expected'], { ipv4: found[4] ?? null, ipv6: found[6] ?? null });
}

function calicoIPPool(item: Case): Outcome {
  return validity(item, texts(worldOfObjects([item['ipPool']]).findings.filter(isError)));
}

/** The checks of kubeadm's validation that the tests call one by one. */
function kubeadm(item: Case): Outcome {
  const subnet = (item['subnet'] ?? '') as string;
  const least = Number(item['minAddresses'] ?? 0);
  const cidrs = parseSubnets(subnet) ?? [];
  switch (item['check']) {
    case 'subnetString':
      return validity(
        item,
        [subnetsProblem(subnet, least)].filter((problem) => problem !== undefined),
      );
    case 'serviceSubnetSize':
      return validity(
        item,
        cidrs.flatMap((cidr) => serviceSizeProblem(cidr) ?? []),
      );
    case 'podSubnetNodeMask': {
      const args = (item['controllerManagerExtraArgs'] ?? []) as readonly {
        readonly name: string;
        readonly value: string;
      }[];
      const problems = cidrs.flatMap((cidr) => {
        const written = args.find(({ name }) => name === `node-cidr-mask-size-ipv${cidr.family}`)?.value;
        return nodeMaskProblem(cidr, written) ?? [];
      });
      return validity(item, problems);
    }
    default:
      return validity(item, texts(clusterConfiguration(item).filter(isError)));
  }
}

function clusterConfiguration(item: Case): readonly Finding[] {
  return worldOfObjects([
    {
      apiVersion: 'kubeadm.k8s.io/v1beta4',
      kind: 'ClusterConfiguration',
      networking: item['networking'],
      controllerManager: { extraArgs: item['controllerManagerExtraArgs'] ?? [] },
    },
  ]).findings;
}

/** kind reports one error for each field of networking that it refuses. */
function kind(item: Case): Outcome {
  const { findings } = worldOfObjects([
    { apiVersion: 'kind.x-k8s.io/v1alpha4', kind: 'Cluster', networking: item['networking'] },
  ]);
  const refusing = findings.filter(({ level, rule }) => level === 'error' && rule.startsWith('invalid-c'));
  const fields = new Set(refusing.map(({ path }) => path));
  return { agree: fields.size === item['errors'], want: item['errors'], got: texts(refusing) };
}

/** The names of findings in the cases, and the rule that says the same. */
const rules: Readonly<Record<string, string>> = {
  'pod-cidr-mismatch': 'pod-cidr-mismatch',
  'pod-cidr-not-set': 'pod-cidr-mismatch',
  'pod-service-overlap': 'cidr-overlap',
  'pod-node-overlap': 'cidr-overlap',
  'node-pod-cidr-overlap': 'cidr-overlap',
  'node-pod-cidr-outside': 'pod-cidr-mismatch',
  'kube-proxy-cluster-cidr-mismatch': 'pod-cidr-mismatch',
  'ippool-outside-cluster-cidr': 'pod-cidr-mismatch',
  'ippool-overlap': 'cidr-overlap',
  'ippool-two-encapsulations': 'cni-backend',
  'ippool-host-bits': 'invalid-cidr',
  'ippool-too-small': 'invalid-cluster-network',
  'kubelet-dns-mismatch': 'dns-address',
  'dns-domain-mismatch': 'dns-address',
  'dns-ip-outside-service-range': 'cluster-ip-outside-range',
  'service-subnet-too-large': 'invalid-cluster-network',
  'subnet-list-invalid': 'invalid-cluster-network',
  'node-mask-larger-than-subnet': 'invalid-cluster-network',
  'two-cnis': 'cni-backend',
};

const levels: Readonly<Record<string, Level>> = { error: 'error', warning: 'warning', info: 'information' };

/** Rules about addresses of the cluster; of the others nothing is asked here. */
const ours = new Set([...Object.values(rules), 'pod-cidr-capacity']);

function misconfig(item: Case, folder: string): Outcome {
  const text = readFileSync(join(folder, String(item['manifest'])), 'utf8');
  const findings = worldOf({ 'main.yaml': text }).findings.filter(({ rule }) => ours.has(rule));
  const name = (item['finding'] ?? undefined) as string | undefined;
  const severe = findings.filter(({ level }) => level === 'error' || level === 'warning');
  if (name === undefined) return { agree: severe.length === 0, want: 'silence', got: texts(findings) };
  const level = levels[String(item['severity'])];
  // Cases name findings finer than our rules; of a name that is new any of our rules may answer.
  const rule = rules[name];
  const agree = findings.some((finding) => finding.level === level && (rule === undefined || finding.rule === rule));
  return { agree, want: `${String(level)} ${rule ?? name}`, got: texts(findings) };
}

const groups: Readonly<Record<string, (item: Case, folder: string) => Outcome>> = {
  declares,
  defaults: ofTool,
  'flannel-net-conf': flannelNetConf,
  'flannel-node': flannelNode,
  'calico-default-pool': calicoDefaultPool,
  'calico-env-invalid': calicoEnv,
  'calico-kubeadm-cidr': calicoKubeadmCidr,
  'calico-ippool': calicoIPPool,
  kubeadm,
  kind,
  misconfig,
  'misconfig-ok': misconfig,
};

export const cni: Family = {
  family: 'cni',
  run: (item, folder) =>
    groups[item.group]?.(item, folder) ?? { notApplicable: `no part of the product answers ${item.group}` },
};
