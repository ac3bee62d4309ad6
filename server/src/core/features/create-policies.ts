/** NetworkPolicies for a namespace from what its manifests show: nothing passes but what routes and addresses need. */
import { folderOf } from '../bundle/directory';
import { chosenKey } from '../keys';
import { networkPolicy } from '../kinds/network-policy';
import type { Links } from '../links';
import { dns1123Subdomain } from '../names';
import type { Need } from '../network/policy/needs';
import { needsOf } from '../network/policy/needs';
import type { Direction } from '../policy-facts';
import type { Label, Resource } from '../resource';
import { dnsRule, podsPeer, tellingLabels } from '../rules/shared/add-policy-rule';
import type { Written } from '../rules/shared/list-edits';
import { blockMap } from '../rules/shared/list-edits';
import type { Snapshot } from '../workspace';
import { targetAt } from './target';

export interface NewFile {
  readonly title: string;
  readonly uri: string;
  readonly text: string;
}

/** Offered at the name and kind of a workload, a Service or a Namespace; see `policiesBeside`. */
export function createPolicies(snapshot: Snapshot, uri: string, offset: number): NewFile | undefined {
  const target = targetAt(snapshot, uri, offset);
  return target?.type === 'resource' ? policiesBeside(snapshot, target.resource) : undefined;
}

/** For the first object of a file for which it is possible. */
export function createPoliciesFor(snapshot: Snapshot, uri: string): NewFile | undefined {
  for (const resource of snapshot.file(uri)?.resources ?? []) {
    const file = policiesBeside(snapshot, resource);
    if (file) return file;
  }
  return undefined;
}

/**
 * A new file of policies beside that of an object, for all workloads of its namespace that are in the same folder.
 * Undefined where none are, or they have policies already.
 */
function policiesBeside(snapshot: Snapshot, of: Resource): NewFile | undefined {
  const isNamespace = of.kind === 'Namespace' && of.group === '';
  if (of.owned || of.uri !== of.at.uri || (!of.pods && !isNamespace && !of.service)) return undefined;
  const namespace = isNamespace ? of.name : of.namespace;
  const workloads = workloadsNear(of, namespace, snapshot.links);
  if (workloads.length === 0 || workloads.some((workload) => isIsolated(workload, snapshot.links))) return undefined;
  const text = policiesFor(workloads, namespace, snapshot.links, snapshot.settingsOf(of.uri).clusterDomain);
  const where = namespace === undefined ? '' : ` for namespace ${namespace}`;
  return { title: `Create NetworkPolicies from known calls${where}`, uri: freeUri(snapshot, folderOf(of.uri)), text };
}

/** The workloads of a namespace in the file and folder of a resource. */
function workloadsNear(of: Resource, namespace: string | undefined, links: Links): Resource[] {
  return [...links.rings(chosenKey(namespace, 'pods'), of)]
    .filter(({ ring }) => ring <= 1)
    .flatMap(({ resources }) => resources)
    .filter(({ pods, owned, name }) => pods && !owned && !pods.hostNetwork && name !== undefined);
}

function isIsolated(workload: Resource, links: Links): boolean {
  return links.selectedBy(workload, [networkPolicy]).length > 0;
}

function freeUri(snapshot: Snapshot, folder: string): string {
  for (let number = 1; ; number++) {
    const uri = `${folder}/network-policies${number === 1 ? '' : `-${number}`}.yaml`;
    if (!snapshot.file(uri)) return uri;
  }
}

/** The documents of the file: everything closed, DNS open, then one policy for each workload that needs something. */
function policiesFor(
  workloads: readonly Resource[],
  namespace: string | undefined,
  links: Links,
  domain: string,
): string {
  const used = new Set(['default-deny', 'allow-dns']);
  const documents = [
    document(
      'Nothing passes but what other policies allow. Calls to hosts outside of the cluster are not known: add rules for them.',
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
    ...workloads.flatMap((workload) => {
      const needs = needsOf(workload, links, domain);
      const labels = tellingLabels(workload, undefined);
      if (needs.length === 0 || labels.length === 0) return [];
      const rules = {
        ingress: rulesOf(needs, 'ingress', workload),
        egress: rulesOf(needs, 'egress', workload),
      };
      const types = [...(rules.ingress.length > 0 ? ['Ingress'] : []), ...(rules.egress.length > 0 ? ['Egress'] : [])];
      if (types.length === 0) return [];
      const name = freeName(workload, used);
      const why = [...new Set(needs.map((need) => need.why))].join(', ');
      return [
        document(`${workload.kind} ${workload.name ?? ''} ${why}.`, name, namespace, {
          podSelector: { matchLabels: asMap(labels) },
          policyTypes: types,
          ...(rules.ingress.length > 0 ? { ingress: rules.ingress } : {}),
          ...(rules.egress.length > 0 ? { egress: rules.egress } : {}),
        }),
      ];
    }),
  ];
  return documents.join('---\n');
}

function document(comment: string, name: string, namespace: string | undefined, spec: Written): string {
  const metadata = { name, ...(namespace === undefined ? {} : { namespace }) };
  return `# ${comment}\n${blockMap({ apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata, spec })}`;
}

/** The name of the workload, with its kind where another one of the names has it. */
function freeName({ name = '', kind }: Resource, used: Set<string>): string {
  for (let number = 0; ; number++) {
    const candidate = number === 0 ? name : number === 1 ? `${name}-${kind.toLowerCase()}` : `${name}-${number}`;
    if (used.has(candidate) || dns1123Subdomain(candidate) !== undefined) continue;
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
