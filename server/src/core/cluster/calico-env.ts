/** The environment of calico-node: the pools it makes when there are none yet (node/pkg/lifecycle/startup). */
import type { Family } from '../cidr';
import { parseCidr } from '../cidr';
import { selectorProblem } from './calico-selector';
import { calicoDefaults } from './defaults';

/** A pool that calico-node makes at its first start. */
export interface DefaultPool {
  readonly name: string;
  /** Undefined where a random private /48 is taken. */
  readonly cidr: string | undefined;
  readonly ipipMode: CalicoMode;
  readonly vxlanMode: CalicoMode;
  readonly natOutgoing: boolean;
  readonly blockSize: number;
  readonly nodeSelector: string;
  readonly disableBGPExport: boolean;
}

export type CalicoMode = 'Never' | 'Always' | 'CrossSubnet';

/** Why calico-node ends at its start, and the variable that makes it. */
export interface EnvProblem {
  readonly variable: string;
  readonly problem: string;
}

/** Reads a variable; undefined when it is not set. */
export type Env = (name: string) => string | undefined;

/** A mode as calico-node reads it; undefined for a word it does not know. An absent one is off. */
function modeOf(text: string | undefined): CalicoMode | undefined {
  switch ((text ?? '').toLowerCase()) {
    case '':
    case 'off':
    case 'never':
      return 'Never';
    case 'always':
      return 'Always';
    case 'cross-subnet':
    case 'crosssubnet':
      return 'CrossSubnet';
    default:
      return undefined;
  }
}

/** Variables that are set count as true, but for a few words. */
function isOn(text: string | undefined, otherwise: boolean): boolean {
  return text === undefined ? otherwise : !['false', '0', 'no', 'n', 'f'].includes(text.toLowerCase());
}

/** The IPv4 and the IPv6 part of kubeadm's podSubnet that calico-node takes: of equal families the first. */
export function kubeadmCidrs(podSubnet: string | undefined): { readonly [family in Family]: string | undefined } {
  const cidrs = (podSubnet ?? '').split(',').flatMap((text) => {
    const cidr = parseCidr(text.trim());
    return cidr ? [{ text: text.trim(), family: cidr.family }] : [];
  });
  const first = (family: Family) => cidrs.find((cidr) => cidr.family === family)?.text;
  return { 4: first(4), 6: first(6) };
}

/** Makes pools of neither family. */
function hasNoDefaultPools(env: Env): boolean {
  return env('NO_DEFAULT_POOLS')?.toLowerCase() === 'true';
}

/** The pool that calico-node makes for a family; undefined when it is told to make none. */
export function defaultPool(env: Env, family: Family, podSubnet: string | undefined): DefaultPool | undefined {
  const variable = (name: string) => env(`CALICO_IPV${family}POOL_${name}`);
  const written = variable('CIDR') ?? '';
  if (written === 'none' || hasNoDefaultPools(env)) return undefined;
  const size = variable('BLOCK_SIZE') ?? '';
  return {
    name: calicoDefaults.poolName[family],
    cidr: written || kubeadmCidrs(podSubnet)[family] || (family === 4 ? calicoDefaults.ipv4Pool : undefined),
    ipipMode: (family === 4 ? modeOf(variable('IPIP')) : undefined) ?? 'Never',
    vxlanMode: modeOf(variable('VXLAN')) ?? 'Never',
    natOutgoing: isOn(variable('NAT_OUTGOING'), calicoDefaults.natOutgoing[family]),
    blockSize: size === '' ? calicoDefaults.blockSize[family] : Number(size),
    nodeSelector: variable('NODE_SELECTOR') || calicoDefaults.nodeSelector,
    disableBGPExport: isOn(variable('DISABLE_BGP_EXPORT'), false),
  };
}

/** What of the environment makes calico-node end at its start. */
export function envProblems(env: Env): EnvProblem[] {
  const problems: EnvProblem[] = [];
  for (const family of [4, 6] as const) {
    const name = (part: string) => `CALICO_IPV${family}POOL_${part}`;
    const cidr = env(name('CIDR')) ?? '';
    if (cidr === 'none') continue;
    const add = (part: string, problem: string) => problems.push({ variable: name(part), problem });
    if (cidr !== '' && hasNoDefaultPools(env)) add('CIDR', 'is set although NO_DEFAULT_POOLS is "true"');
    const parsed = parseCidr(cidr);
    if (cidr !== '' && parsed?.family !== family) add('CIDR', `is no IPv${family} CIDR`);
    const limits = family === 4 ? { least: 20, most: 32 } : { least: 116, most: 128 };
    const size = env(name('BLOCK_SIZE')) || String(calicoDefaults.blockSize[family]);
    const fits = /^\d+$/.test(size) && Number(size) >= limits.least && Number(size) <= limits.most;
    if (!fits) add('BLOCK_SIZE', `is no number from ${limits.least} to ${limits.most}`);
    else if (parsed?.family === family && parsed.prefix > Number(size))
      add('CIDR', `is smaller than one block of /${size}`);
    const selector = selectorProblem(env(name('NODE_SELECTOR')) ?? '');
    if (selector !== undefined) add('NODE_SELECTOR', selector);
    const vxlan = modeOf(env(name('VXLAN')));
    const ipip = family === 4 ? modeOf(env(name('IPIP'))) : 'Never';
    const modes = 'is none of Never, Always and CrossSubnet';
    if (vxlan === undefined) add('VXLAN', modes);
    if (ipip === undefined) add('IPIP', modes);
  }
  return problems;
}
