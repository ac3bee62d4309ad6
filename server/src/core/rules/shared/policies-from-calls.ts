/** NetworkPolicies from what manifests show: nothing passes but what routes and addresses need. */
import type { Links } from '../../links';
import { dns1123Subdomain } from '../../names';
import type { Need } from '../../network/policy/needs';
import { needsOf } from '../../network/policy/needs';
import type { Direction } from '../../policy-facts';
import type { Label, Resource } from '../../resource';
import { tellingLabels } from '../../network/policy/telling-labels';
import { blockPeer, dnsRule, nodePeers, podsPeer } from './add-policy-rule';
import { senders } from './entry-fixes';
import type { Written } from './list-edits';
import { blockMap } from './list-edits';
import { kindAndName } from './words';

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
  // No policy holds for pods of the host network.
  if (workload.pods?.hostNetwork) return undefined;
  const needs = needsOf(workload, links, domain);
  const [ingress, egress] = [rulesOf(needs, 'ingress', workload, links), rulesOf(needs, 'egress', workload, links)];
  if (ingress.length + egress.length === 0) return undefined;
  const comment = reasons(workload, needs) + unnamed(workload, needs, links);
  const types = [...(ingress.length > 0 ? ['Ingress'] : []), ...(egress.length > 0 ? ['Egress'] : [])];
  return write(workload, namespace, freeName(workload, used), comment, types, ingress, egress);
}

/** A policy that closes all but what one workload needs, DNS among it; `used` are names that policies have. */
export function policyAlone(workload: Resource, used: Set<string>, links: Links, domain: string): string | undefined {
  const needs = needsOf(workload, links, domain);
  const ingress = rulesOf(needs, 'ingress', workload, links);
  const egress = [dnsRule, ...rulesOf(needs, 'egress', workload, links)];
  const comment =
    needs.length > 0
      ? reasons(workload, needs) + unnamed(workload, needs, links)
      : `What ${workload.kind} ${workload.name ?? ''} needs is not known.`;
  return write(workload, workload.namespace, freeName(workload, used), comment, ['Ingress', 'Egress'], ingress, egress);
}

function reasons({ kind, name }: Resource, needs: readonly Need[]): string {
  const whys = [...new Set(needs.map(({ why }) => why))];
  const head = whys.slice(0, -1).join(', ');
  return `${kind} ${name ?? ''} ${head === '' ? '' : `${head} and `}${whys.at(-1) ?? ''}.`;
}

/** A line about those whom no rule can name yet. */
function unnamed(workload: Resource, needs: readonly Need[], links: Links): string {
  const pods = needs.flatMap((need) =>
    typeof need.peer === 'object' && 'workload' in need.peer && peersOf(need, workload, links)?.length === 0
      ? [need.peer.workload]
      : [],
  );
  const names = [...new Set(pods.map((item) => kindAndName(item)))];
  if (names.length === 0) return '';
  const where = pods.every((item) => item.pods?.hostNetwork)
    ? 'in the network of their nodes: add rules for the addresses of these'
    : 'not to be told by labels: add rules for them';
  return `\n# Not allowed yet: ${names.join(', ')}, ${where}.`;
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
function rulesOf(needs: readonly Need[], direction: Direction, workload: Resource, links: Links): Written[] {
  const rules = new Map<
    string,
    { readonly peers: readonly Written[] | undefined; readonly ports: Map<string, Written> }
  >();
  for (const need of needs) {
    if (need.direction !== direction) continue;
    const peers = peersOf(need, workload, links);
    if (peers?.length === 0) continue;
    const key = JSON.stringify(peers ?? null);
    const rule = rules.get(key) ?? { peers, ports: new Map<string, Written>() };
    rules.set(key, rule);
    rule.ports.set(`${need.protocol} ${need.port}`, { protocol: need.protocol, port: need.port });
  }
  const side = direction === 'ingress' ? 'from' : 'to';
  return [...rules.values()].map(({ peers, ports }) => ({
    ...(peers === undefined ? {} : { [side]: peers }),
    ports: [...ports.values()],
  }));
}

/** Whom a rule names; undefined for everybody, none where no rule can name them. */
function peersOf({ peer }: Need, workload: Resource, links: Links): readonly Written[] | undefined {
  if (peer === 'everybody') return undefined;
  if (peer === 'cluster') return [{ namespaceSelector: {} }];
  if ('address' in peer) return [blockPeer(peer.address)];
  if ('route' in peer) {
    const guests = senders(peer.route, workload, links).flatMap(({ peers }) => peers ?? []);
    return guests.length > 0 ? guests : undefined;
  }
  if (peer.workload.pods?.hostNetwork) return nodePeers(peer.workload, links);
  const pods = podsPeer(workload, peer.workload, tellingLabels(peer.workload, peer.service));
  return pods === undefined ? [] : [pods];
}

function asMap(labels: readonly Label[]): Written {
  return Object.fromEntries(labels.map(({ key, value }) => [key.text, value.text]));
}
