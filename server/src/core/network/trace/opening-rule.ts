/** The smallest rule that would let a connection through, as YAML. */
import { namespaceNameLabel } from '../policy/meaning';
import { peerLabels } from '../policy/own-policy';
import type { Direction, PolicyTier } from '../../policy-facts';
import type { Protocol } from '../../ports';
import type { Resource } from '../../resource';
import type { Scene } from './scene';
import { homeOf } from './scene';

/** Who is to be let in or out: pods, blocks of addresses, all pods of a namespace or some by one label. */
export type Allowed =
  | { readonly type: 'pods'; readonly workload: Resource }
  | { readonly type: 'blocks'; readonly cidrs: readonly string[] }
  | { readonly type: 'namespace'; readonly name: string; readonly pods?: Readonly<Record<string, string>> };

export interface OpenedPort {
  readonly protocol: Protocol;
  readonly port: number;
}

type Yaml = string | number | readonly Yaml[] | { readonly [key: string]: Yaml };

/** The item to add to `spec.ingress` or `spec.egress` of a policy of this API that is in `namespace`; undefined where its API has none. */
export function openingRule(
  scene: Scene,
  {
    kind,
    tier,
    namespace,
  }: { readonly kind: string; readonly tier: PolicyTier; readonly namespace: string | undefined },
  direction: Direction,
  allowed: Allowed,
  opened: readonly OpenedPort[],
): string | undefined {
  const peers = direction === 'ingress' ? 'from' : 'to';
  if (tier === 'NetworkPolicy')
    return yaml([
      { [peers]: peersOf(scene, allowed, namespace), ports: opened.map(({ protocol, port }) => ({ protocol, port })) },
    ]).join('\n');
  if (allowed.type === 'blocks' && direction === 'ingress') return undefined;
  const isSuccessor = kind === 'ClusterNetworkPolicy';
  const ports: Yaml = isSuccessor
    ? {
        protocols: opened.map(({ protocol, port }) => ({
          [protocol.toLowerCase()]: { destinationPort: { number: port } },
        })),
      }
    : { ports: opened.map(({ protocol, port }) => ({ portNumber: { protocol, port } })) };
  return yaml([{ action: isSuccessor ? 'Accept' : 'Allow', [peers]: [adminPeer(scene, allowed)], ...ports }]).join(
    '\n',
  );
}

function peersOf(scene: Scene, allowed: Allowed, namespace: string | undefined): Yaml {
  if (allowed.type === 'blocks') return allowed.cidrs.map((cidr) => ({ ipBlock: { cidr } }));
  if (allowed.type === 'namespace')
    return [
      {
        namespaceSelector: named(allowed.name),
        ...(allowed.pods ? { podSelector: { matchLabels: allowed.pods } } : {}),
      },
    ];
  const home = homeOf(scene, allowed.workload);
  const podSelector = { matchLabels: labelsOf(scene, allowed.workload) };
  return [home === namespace ? { podSelector } : { namespaceSelector: named(home), podSelector }];
}

function adminPeer(scene: Scene, allowed: Allowed): Yaml {
  if (allowed.type === 'blocks') return { networks: allowed.cidrs };
  if (allowed.type === 'namespace')
    return allowed.pods
      ? { pods: { namespaceSelector: named(allowed.name), podSelector: { matchLabels: allowed.pods } } }
      : { namespaces: named(allowed.name) };
  const { workload } = allowed;
  const podSelector = { matchLabels: labelsOf(scene, workload) };
  return { pods: { namespaceSelector: named(homeOf(scene, workload)), podSelector } };
}

const named = (namespace: string): Yaml => ({ matchLabels: { [namespaceNameLabel]: namespace } });

function labelsOf({ links }: Scene, workload: Resource): Record<string, string> {
  return Object.fromEntries(peerLabels(links, workload).map(({ key, value }) => [key.text, value.text]));
}

function yaml(value: Yaml): string[] {
  if (typeof value !== 'object') return [String(value)];
  if (isList(value)) return value.flatMap((item) => yaml(item).map((line, at) => `${at === 0 ? '- ' : '  '}${line}`));
  return Object.entries(value).flatMap(([key, item]) => {
    if (typeof item !== 'object') return [`${key}: ${typeof item === 'string' ? text(item) : item}`];
    const lines = yaml(item);
    if (lines.length === 0) return [`${key}: {}`];
    return [`${key}:`, ...lines.map((line) => `  ${line}`)];
  });
}

function isList(value: Yaml): value is readonly Yaml[] {
  return Array.isArray(value);
}

/** Quoted where YAML could read something else than this text. */
function text(value: string): string {
  const isPlain = /^(?:[A-Za-z][-\w./]*|\d+\.\d+\.\d+\.\d+(?:\/\d+)?)$/.test(value);
  return isPlain && !/^(?:y|n|yes|no|on|off|true|false|null)$/i.test(value) ? value : `'${value}'`;
}
