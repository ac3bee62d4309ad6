/** Programs in pods that set or carry the network: flags of the control plane, and the agents of networks. */
import type { Family } from '../cidr';
import type { Field } from '../path';
import { each, field, scalarAt, select, textAt } from '../path';
import type { Scalar } from '../value';
import type { Env } from './calico-env';
import { defaultPool } from './calico-env';
import { kubeadmDefaults } from './defaults';
import type { ClusterFacts, Cni, CniName, Encapsulation } from './facts';
import { joinFacts, noFacts } from './facts';
import { flag, flagsOf, numberOf } from './flags';
import { rangeOf, rangesAt } from './ranges';
import { itemsOf } from './embedded';

/** The paths of pod specs in the kinds that run such programs. */
const podSpecs: ReadonlyMap<string, string> = new Map([
  ['Pod', 'spec'],
  ['DaemonSet', 'spec.template.spec'],
  ['Deployment', 'spec.template.spec'],
]);

/** What the containers of a workload say. Only containers of known programs are looked into. */
export function readComponents(tree: Field, kind: string): ClusterFacts | undefined {
  const path = podSpecs.get(kind);
  if (path === undefined) return undefined;
  const found = select(tree, `${path}.containers.*`).flatMap((container) => readProgram(container) ?? []);
  return found.length > 0 ? joinFacts(found) : undefined;
}

function readProgram(container: Field): ClusterFacts | undefined {
  const image = (textAt(field(container, 'image')) ?? '').replace(/[:@][^/]*$/, '');
  const name = textAt(field(container, 'name')) ?? '';
  const component =
    /(?:^|\/)(kube-(?:apiserver|controller-manager|proxy))(?:-(?:amd64|arm64))?$/.exec(image)?.[1] ?? name;
  switch (component) {
    case 'kube-apiserver':
    case 'kube-controller-manager':
    case 'kube-proxy':
      return readControlPlane(container, component);
  }
  if (name === 'calico-node' || /(?:^|\/)calico\/node$/.test(image)) return readCalicoNode(container);
  const agent = agents.find(({ images, names }) => images.test(image) || names.includes(name));
  return agent && { ...noFacts, cnis: [{ ...agent.cni, at: field(container, 'name').at }] };
}

/** Flags of the API server, the controller manager and kube-proxy. */
function readControlPlane(container: Field, component: string): ClusterFacts {
  const words = [...each(field(container, 'command')), ...each(field(container, 'args'))];
  const flags = flagsOf(words);
  const any = numberOf(flag(flags, 'node-cidr-mask-size'));
  const nodePrefixes = {
    4: numberOf(flag(flags, 'node-cidr-mask-size-ipv4')) ?? any ?? kubeadmDefaults.nodeMask[4],
    6: numberOf(flag(flags, 'node-cidr-mask-size-ipv6')) ?? any ?? kubeadmDefaults.nodeMask[6],
  };
  const ranges = (name: string, use: 'pods' | 'services') => {
    const found = flag(flags, name);
    const isProxy = component === 'kube-proxy';
    const meaning = {
      use,
      source: isProxy ? 'kube-proxy' : 'plan',
      field: `--${name}`,
      nodePrefixes: use === 'pods' && !isProxy ? nodePrefixes : undefined,
    } as const;
    return found ? itemsOf(found.value, /[,\s]/).map((text) => rangeOf(text, meaning, found.path)) : [];
  };
  return { ...noFacts, ranges: [...ranges('cluster-cidr', 'pods'), ...ranges('service-cluster-ip-range', 'services')] };
}

/** The environment of a container: the scalars of its variables by name. */
export function environment(container: Field): ReadonlyMap<string, { readonly value: Scalar; readonly path: string }> {
  return new Map(
    each(field(container, 'env')).flatMap((at) => {
      const name = textAt(field(at, 'name'));
      const value = scalarAt(field(at, 'value'));
      return name !== undefined && value ? [[name, { value, path: `${at.path}.value` }] as const] : [];
    }),
  );
}

/** True for the container of calico-node. */
export function isCalicoNode(container: Field): boolean {
  const image = (textAt(field(container, 'image')) ?? '').replace(/[:@][^/]*$/, '');
  return textAt(field(container, 'name')) === 'calico-node' || /(?:^|\/)calico\/node$/.test(image);
}

/** calico-node: its pools by the environment, and whether it carries packets or only holds policies. */
function readCalicoNode(container: Field): ClusterFacts {
  const variables = environment(container);
  const env: Env = (name) => variables.get(name)?.value.text;
  const onlyPolicies = env('CALICO_NETWORKING_BACKEND') === 'none' || env('USE_POD_CIDR')?.toLowerCase() === 'true';
  const pool = onlyPolicies ? undefined : defaultPool(env, 4, undefined);
  const ipip = variables.get('CALICO_IPV4POOL_IPIP');
  const vxlan = variables.get('CALICO_IPV4POOL_VXLAN');
  const isVxlan = pool !== undefined && pool.vxlanMode !== 'Never';
  const isIpip = pool !== undefined && pool.ipipMode !== 'Never';
  const cni: Cni = {
    name: 'calico',
    carries: !onlyPolicies,
    enforces: true,
    transport: onlyPolicies ? undefined : isVxlan ? 'vxlan' : isIpip ? 'ipip' : 'bgp',
    crossSubnet: (isVxlan ? pool.vxlanMode : pool?.ipipMode) === 'CrossSubnet',
    mode: isVxlan ? vxlan?.value : isIpip ? ipip?.value : undefined,
    at: field(container, 'name').at,
  };
  const both: Encapsulation[] =
    isVxlan && isIpip && ipip && vxlan ? [{ ipip: ipip.value, vxlan: vxlan.value, path: ipip.path }] : [];
  const ranges = onlyPolicies ? [] : ([4, 6] as const).flatMap((family) => envPool(container, env, family));
  return { ...noFacts, ranges, cnis: [cni], bothEncapsulations: both };
}

/** The pool of a family, when a variable writes its range. */
function envPool(container: Field, env: Env, family: Family): ClusterFacts['ranges'] {
  const name = `CALICO_IPV${family}POOL_CIDR`;
  const pool = defaultPool(env, family, undefined);
  const at = each(field(container, 'env')).find((item) => textAt(field(item, 'name')) === name);
  if (!pool || !at || (env(name) ?? '') === '') return [];
  return rangesAt(field(at, 'value'), {
    use: 'pods',
    source: 'calico-node',
    field: name,
    nodePrefix: pool.blockSize,
    blocks: true,
  });
}

interface Agent {
  readonly images: RegExp;
  readonly names: readonly string[];
  readonly cni: Omit<Cni, 'at'>;
}

const agent = (
  name: CniName,
  images: RegExp,
  names: readonly string[],
  carries: boolean,
  enforces: boolean,
): Agent => ({
  images,
  names,
  cni: { name, carries, enforces, transport: undefined, crossSubnet: false, mode: undefined },
});

/** Agents whose transport stands elsewhere: in a ConfigMap, or nowhere. */
const agents: readonly Agent[] = [
  agent('flannel', /(?:^|\/)(?:mirrored-)?flannel(?:-flannel)?$/, ['kube-flannel'], true, false),
  agent('cilium', /(?:^|\/)cilium\/cilium(?:-ci)?$/, ['cilium-agent'], true, true),
  agent('weave', /(?:^|\/)weave-kube$/, [], true, true),
  agent('antrea', /(?:^|\/)antrea(?:-agent)?(?:-ubuntu|-ubi)?$/, ['antrea-agent'], true, true),
  agent('kindnet', /(?:^|\/)kindnetd$/, ['kindnet-cni'], true, true),
  agent('kube-router', /(?:^|\/)kube-router$/, ['kube-router'], true, true),
  agent('kube-network-policies', /(?:^|\/)kube-network-policies$/, ['kube-network-policies'], false, true),
  agent('kube-ovn', /(?:^|\/)kube-ovn$/, ['kube-ovn-cni'], true, true),
];
