/** k3s (and RKE2) configuration files, whose keys are the flags of the server, and k3d's Simple, which passes flags on. */
import { partsOf } from '../address/part';
import type { Field } from '../path';
import { each, eachEntry, field, scalarAt, textAt } from '../path';
import { k3sDefaults, kubeadmDefaults } from './defaults';
import type { ClusterFacts, Cni, CniName, Tool, Transport } from './facts';
import { noFacts } from './facts';
import type { Flag } from './flags';
import { flag, numberOf } from './flags';
import { impliedRange, rangeOf, rangesAt } from './ranges';
import { itemsOf } from './embedded';

/** The backends of k3s' built-in flannel; `none` installs no network. */
export const k3sBackends: ReadonlyMap<string, Transport> = new Map([
  ['vxlan', 'vxlan'],
  ['host-gw', 'host-gw'],
  ['wireguard-native', 'wireguard'],
  ['wireguard', 'wireguard'],
  ['ipsec', 'ipsec'],
  ['none', 'none'],
]);

/** A k3s configuration file: the flags of the server, without dashes. */
export function readK3s(tree: Field): ClusterFacts {
  const flags = eachEntry(tree).flatMap((at): Flag[] => {
    const name = at.key?.text ?? '';
    const values = at.value?.type === 'list' ? each(at) : [at];
    return values.flatMap((item) => {
      const value = scalarAt(item);
      if (!value) return [];
      const inner = /^kube-(?:controller-manager|proxy)-arg\+?$/.test(name) ? innerFlag(value, item.path) : [];
      return [{ name: name.replace(/\+$/, ''), value, path: item.path }, ...inner];
    });
  });
  return serverFacts(flags, 'k3s', tree);
}

/** `kube-controller-manager-arg: node-cidr-mask-size=22`. */
function innerFlag(value: Flag['value'], path: string): Flag[] {
  const equals = value.text.indexOf('=');
  if (equals < 0) return [];
  const name = value.text.slice(0, equals).replace(/^--/, '');
  return [{ name, value: partsOf(value)(equals + 1, value.text.length), path }];
}

/** k3d's Simple: the Docker network of the nodes, and flags for k3s. */
export function readK3d(tree: Field): ClusterFacts {
  const flags = each(field(tree, 'options', 'k3s', 'extraArgs')).flatMap((item): Flag[] => {
    const at = field(item, 'arg');
    const word = scalarAt(at);
    const match = word && /^--([a-z][\w.-]*)=/.exec(word.text);
    if (!word || !match?.[1]) return [];
    const value = partsOf(word)(match[0].length, word.text.length);
    const own: Flag = { name: match[1], value, path: at.path };
    return /^kube-(?:controller-manager|proxy)-arg$/.test(own.name) ? [own, ...innerFlag(value, at.path)] : [own];
  });
  const facts = serverFacts(flags, 'k3d', tree);
  const subnet = field(tree, 'subnet');
  const network = { use: 'nodes', source: 'plan', field: 'subnet' } as const;
  const count = (name: string, otherwise: number) => Number(textAt(field(tree, name)) ?? otherwise);
  const nodes = count('servers', 1) + count('agents', 0);
  return {
    ...facts,
    ranges: [...facts.ranges, ...(textAt(subnet) === 'auto' ? [] : rangesAt(subnet, network))],
    plan: facts.plan && { ...facts.plan, nodes: Number.isInteger(nodes) ? nodes : undefined },
  };
}

/** k3s takes a list as one flag that is given several times, or one with commas. */
function serverFacts(flags: readonly Flag[], tool: Tool, tree: Field): ClusterFacts {
  const all = (name: string) => flags.filter((item) => item.name === name);
  const any = numberOf(flag(flags, 'node-cidr-mask-size'));
  const masks = {
    4: numberOf(flag(flags, 'node-cidr-mask-size-ipv4')) ?? any ?? kubeadmDefaults.nodeMask[4],
    6: numberOf(flag(flags, 'node-cidr-mask-size-ipv6')) ?? any ?? kubeadmDefaults.nodeMask[6],
  };
  const ranges = (use: 'pods' | 'services', name: string, otherwise: string) => {
    const meaning = {
      use,
      source: 'plan',
      field: name,
      nodePrefixes: use === 'pods' ? masks : undefined,
    } as const;
    const written = all(name).flatMap(({ value, path }) =>
      itemsOf(value, /[,\s]/).map((text) => rangeOf(text, meaning, path)),
    );
    return written.length > 0 ? written : [impliedRange(otherwise, meaning, name, tree.at)];
  };
  const [domain] = all('cluster-domain');
  return {
    ...noFacts,
    ranges: [
      ...ranges('pods', 'cluster-cidr', k3sDefaults.clusterCidr),
      ...ranges('services', 'service-cidr', k3sDefaults.serviceCidr),
    ],
    plan: { tool, hasPods: true, defaultCni: undefined, nodes: undefined },
    cnis: builtIn(flags, tree),
    dns: {
      servers: all('cluster-dns').flatMap(({ value }) => itemsOf(value, /[,\s]/)),
      service: [],
      domains: domain ? [{ text: domain.value, field: 'cluster-domain', path: domain.path }] : [],
    },
  };
}

/** What `cni` of RKE2 installs; it takes canal when nothing is written, but then nothing tells it from k3s. */
const charts: ReadonlyMap<string, CniName> = new Map([
  ['calico', 'calico'],
  ['canal', 'flannel'],
  ['cilium', 'cilium'],
  ['flannel', 'flannel'],
]);

/** k3s brings flannel and a controller that holds NetworkPolicies, unless it is told not to; RKE2 asks for one by name. */
function builtIn(flags: readonly Flag[], tree: Field): Cni[] {
  const backend = flag(flags, 'flannel-backend')?.value;
  const chart = flags.find(({ name, value }) => name === 'cni' && charts.has(value.text))?.value;
  const isOther = flags.some(({ name }) => name === 'cni');
  const common = { carries: true, crossSubnet: false, at: field(tree, 'flannel-backend').at } as const;
  const policies: Cni = {
    ...common,
    name: 'kube-router',
    carries: false,
    enforces: true,
    transport: undefined,
    mode: undefined,
  };
  if (chart) {
    const name = charts.get(chart.text) ?? 'flannel';
    const carrier = {
      ...common,
      name,
      enforces: name !== 'flannel',
      transport: undefined,
      mode: undefined,
      at: chart.origin,
    };
    return chart.text === 'canal' ? [carrier, { ...policies, name: 'calico', at: chart.origin }] : [carrier];
  }
  const transport = backend ? (k3sBackends.get(backend.text) ?? 'unknown') : 'vxlan';
  if (transport === 'none' || isOther) return [];
  const isOff = flag(flags, 'disable-network-policy')?.value.text === 'true';
  const flannel: Cni = { ...common, name: 'flannel', enforces: false, transport, mode: backend };
  return isOff ? [flannel] : [flannel, policies];
}
