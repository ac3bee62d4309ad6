/** NetworkPolicies from what manifests show: nothing passes but what routes and addresses need. */
import type { Links } from '../../links';
import { dns1123Subdomain } from '../../names';
import type { Need } from '../../network/policy/needs';
import { needsOf } from '../../network/policy/needs';
import type { Direction } from '../../policy-facts';
import type { Label, Resource } from '../../resource';
import { tellingLabels } from '../../network/policy/telling-labels';
import { dnsRule, podsPeer } from './add-policy-rule';
import type { Written } from './list-edits';
import { blockMap } from './list-edits';

/** The documents of the file: everything closed, DNS open, then one policy for each workload that needs something. */
export function policiesFor(
  workloads: readonly Resource[],
  namespace: string | undefined,
  links: Links,
  domain: string,
): string {
  const used = new Set(['default-deny', 'allow-dns']);
  const documents = [
    document(
      'Nothing passes but what other policies allow.\n# Calls that no manifest shows, also those that leave the cluster, need rules that you add.',
      'default-deny',
      namespace,
      {
        podSelector: {},
        policyTypes: ['Ingress', 'Egress'],
      },
    ),
    document('Every pod may ask the DNS server of the cluster.', 'allow-dns', namespace, {
      podSelector: {},
      policyTypes: ['Egress'],
      egress: [dnsRule],
    }),
    ...workloads.flatMap((workload) => policyFor(workload, namespace, used, links, domain) ?? []),
  ];
  return documents.join('---\n');
}

/** The policy of one workload beside `default-deny` and `allow-dns`; undefined where it needs nothing, or has no labels to choose it by. */
function policyFor(
  workload: Resource,
  namespace: string | undefined,
  used: Set<string>,
  links: Links,
  domain: string,
): string | undefined {
  const needs = needsOf(workload, links, domain);
  const [ingress, egress] = [rulesOf(needs, 'ingress', workload), rulesOf(needs, 'egress', workload)];
  if (ingress.length + egress.length === 0) return undefined;
  const types = [...(ingress.length > 0 ? ['Ingress'] : []), ...(egress.length > 0 ? ['Egress'] : [])];
  return write(workload, namespace, freeName(workload, used), reasons(workload, needs), types, ingress, egress);
}

/** A policy that closes all but what one workload needs, DNS among it; `used` are names that policies have. */
export function policyAlone(workload: Resource, used: Set<string>, links: Links, domain: string): string | undefined {
  const needs = needsOf(workload, links, domain);
  const ingress = rulesOf(needs, 'ingress', workload);
  const egress = [dnsRule, ...rulesOf(needs, 'egress', workload)];
  const comment =
    needs.length > 0 ? reasons(workload, needs) : `What ${workload.kind} ${workload.name ?? ''} needs is not known.`;
  return write(workload, workload.namespace, freeName(workload, used), comment, ['Ingress', 'Egress'], ingress, egress);
}

function reasons({ kind, name }: Resource, needs: readonly Need[]): string {
  const whys = [...new Set(needs.map(({ why }) => why))];
  const head = whys.slice(0, -1).join(', ');
  return `${kind} ${name ?? ''} ${head === '' ? '' : `${head} and `}${whys.at(-1) ?? ''}.`;
}

function write(
  workload: Resource,
  namespace: string | undefined,
  name: string,
  comment: string,
  types: readonly string[],
  ingress: readonly Written[],
  egress: readonly Written[],
): string | undefined {
  const labels = tellingLabels(workload, undefined);
  if (labels.length === 0) return undefined;
  return document(comment, name, namespace, {
    podSelector: { matchLabels: asMap(labels) },
    policyTypes: types,
    ...(ingress.length > 0 ? { ingress } : {}),
    ...(egress.length > 0 ? { egress } : {}),
  });
}

function document(comment: string, name: string, namespace: string | undefined, spec: Written): string {
  const metadata = { name, ...(namespace === undefined ? {} : { namespace }) };
  return `# ${comment}\n${blockMap({ apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata, spec })}`;
}

/** The name of the workload, with its kind or a number where another policy has it. */
function freeName({ name = '', kind }: Resource, used: Set<string>): string {
  const base = dns1123Subdomain(name) === undefined ? name : kind.toLowerCase();
  for (let number = 0; ; number++) {
    const candidate = number === 0 ? base : number === 1 ? `${base}-${kind.toLowerCase()}` : `${base}-${number}`;
    if (used.has(candidate)) continue;
    used.add(candidate);
    return candidate;
  }
}

/** One rule for each peer, with all its ports. */
function rulesOf(needs: readonly Need[], direction: Direction, policy: Pick<Resource, 'namespace'>): Written[] {
  const rules = new Map<string, { readonly peer: Written | undefined; readonly ports: Map<string, Written> }>();
  for (const need of needs) {
    if (need.direction !== direction) continue;
    const peer = peerOf(need, policy);
    if (peer === undefined && need.peer !== 'everybody') continue;
    const key = JSON.stringify(peer ?? null);
    const rule = rules.get(key) ?? { peer, ports: new Map<string, Written>() };
    rules.set(key, rule);
    rule.ports.set(`${need.protocol} ${need.port}`, { protocol: need.protocol, port: need.port });
  }
  const peers = direction === 'ingress' ? 'from' : 'to';
  return [...rules.values()].map(({ peer, ports }) => ({
    ...(peer === undefined ? {} : { [peers]: [peer] }),
    ports: [...ports.values()],
  }));
}

function peerOf({ peer }: Need, policy: Pick<Resource, 'namespace'>): Written | undefined {
  if (peer === 'everybody') return undefined;
  if (peer === 'cluster') return { namespaceSelector: {} };
  return podsPeer(policy, peer.workload, tellingLabels(peer.workload, peer.service));
}

function asMap(labels: readonly Label[]): Written {
  return Object.fromEntries(labels.map(({ key, value }) => [key.text, value.text]));
}
