/** What a name leads to for a program in a pod. */
import { parseAddress } from '../../cidr';
import type { Resource } from '../../resource';
import { labelsBelow } from '../dns-answer';
import type { Resolved } from '../dns-resolve';
import { resolveFrom } from '../dns-resolve';
import { resolverOf } from '../dns-search';
import type { Address } from '../../cidr';
import type { Hop } from './hop';
import { listed, nameOf } from './hop';
import type { Scene } from './scene';
import { findObject, homeOf, serviceKind } from './scene';
import { dnsVerdict } from '../policy/dns-server';
import { change, lineOf, words } from './policies';
import type { WantedPort } from './written-ends';

export type Resolution =
  | { readonly type: 'service'; readonly service: Resource; readonly pod: string | undefined }
  | { readonly type: 'address'; readonly address: Address }
  | { readonly type: 'self' }
  /** A name that DNS servers elsewhere answer. */
  | { readonly type: 'outside'; readonly name: string }
  | { readonly type: 'api-server' }
  | { readonly type: 'nowhere' };

export interface LookedUp {
  readonly hop: Hop;
  readonly to: Resolution;
}

/** Looks a name up as a pod of a workload does. */
export function lookUp(scene: Scene, workload: Resource, host: string): LookedUp {
  const { pods } = workload;
  const at = workload.nameAt;
  if (host === 'localhost')
    return { hop: { step: 'dns', title: 'localhost is the pod itself', verdict: 'ok', at }, to: { type: 'self' } };
  if (pods?.hostAliases.includes(host))
    return {
      hop: {
        step: 'dns',
        title: `${host} stands in /etc/hosts of the pods (hostAliases), and DNS is not asked`,
        verdict: 'unresolved',
        at,
      },
      to: { type: 'nowhere' },
    };
  const resolver = resolverOf(pods, homeOf(scene, workload), scene.domain);
  const four = resolveFrom(scene.zone(), host, 'A', resolver);
  const found = four.records.length > 0 ? four : better(four, resolveFrom(scene.zone(), host, 'AAAA', resolver));
  const answer = leadsTo(scene, found);
  const isLost = answer.type === 'outside' && isOfCluster(scene, workload, answer.name);
  const to: Resolution = isLost ? { type: 'nowhere' } : answer;
  const blocked = dnsVerdict(scene.links, workload, 'UDP');
  if (blocked.allowed === false) {
    const { decision } = blocked;
    const own = { resource: workload, namespace: { name: homeOf(scene, workload), labels: new Map<string, string>() } };
    const name = nameOf(workload, scene.namespace);
    return {
      hop: {
        step: 'dns',
        title: `${host} cannot be looked up: ${words(scene, blocked, name, `out to ${dnsServer.name} on 53/UDP`, 'egress')}`,
        verdict: 'denied',
        at: lineOf(decision, 'egress'),
        detail: change(scene, blocked, own, 'egress', dnsServer, dnsPorts),
      },
      to,
    };
  }
  const reason = isLost
    ? `no ${host} is in the cluster, and no such domain outside of it`
    : (found.reason ?? (to.type === 'nowhere' ? aliasLoop(scene, found.tried) : undefined));
  return { hop: hopOf(scene, host, { ...found, reason }, to, at), to };
}

/** The label that the pods of the DNS server have everywhere, and the ports of both protocols. */
const dnsServer = {
  name: 'the DNS server',
  allowed: { type: 'namespace', name: 'kube-system', pods: { 'k8s-app': 'kube-dns' } },
} as const;
const dnsPorts = [
  { protocol: 'UDP', port: 53 },
  { protocol: 'TCP', port: 53 },
] as const;

/** As the Services of DNS servers are called, which are seldom among the manifests. */
const dnsServices: ReadonlyMap<string, string> = new Map([
  ['kube-dns', 'kube-system'],
  ['coredns', 'kube-system'],
  ['rke2-coredns-rke2-coredns', 'kube-system'],
  ['dns-default', 'openshift-dns'],
]);

/** The hops to the DNS server of the cluster, where TO is its name and no Service here has that; clients ask it by UDP unless they say so. */
export function dnsServerHops(
  scene: Scene,
  workload: Resource,
  { host, port, protocol = 'UDP' }: WantedPort & { readonly host: string },
): Hop[] | undefined {
  const [service = '', namespace = '', ...rest] = host.replace(/\.$/, '').split('.');
  const isWhole = rest.length === 0 || rest.join('.') === 'svc' || rest.join('.') === `svc.${scene.domain}`;
  if (!isWhole || dnsServices.get(service) !== namespace || (port !== undefined && port !== 53)) return undefined;
  if (findObject(scene, serviceKind, namespace, service)) return undefined;
  const side = dnsVerdict(scene.links, workload, protocol);
  const verdict = side.allowed === undefined ? 'unresolved' : side.allowed ? 'ok' : 'denied';
  const own = { resource: workload, namespace: { name: homeOf(scene, workload), labels: new Map<string, string>() } };
  const what = `out to ${dnsServer.name} on 53/${protocol}`;
  return [
    {
      step: 'dns',
      title: `${host} is the DNS server of the cluster, which is not among these manifests`,
      verdict: 'ok',
      at: workload.nameAt,
    },
    {
      step: 'policy-egress',
      title: words(scene, side, nameOf(workload, scene.namespace), what, 'egress'),
      verdict,
      at: lineOf(side.decision, 'egress'),
      ...(verdict === 'ok' ? {} : { detail: change(scene, side, own, 'egress', dnsServer, [{ protocol, port: 53 }]) }),
    },
  ];
}

/** `db-9.db`, `web.shop`: the last part is a Service beside the pods, or a namespace, and no domain of the internet. */
function isOfCluster(scene: Scene, workload: Resource, name: string): boolean {
  const labels = name.split('.');
  const last = labels.at(-1) ?? '';
  return (
    labels.length < 4 &&
    (findObject(scene, serviceKind, homeOf(scene, workload), last) !== undefined ||
      scene.resources.some((resource) => !resource.clusterScoped && homeOf(scene, resource) === last))
  );
}

function better(first: Resolved, second: Resolved): Resolved {
  return second.records.length > 0 ? second : first;
}

function hopOf(
  scene: Scene,
  host: string,
  { name, tried, reason, records }: Resolved,
  to: Resolution,
  at: Hop['at'],
): Hop {
  const bare = name.replace(/\.$/, '');
  // What is tried behind the name that answers is not asked for.
  const before = tried.slice(0, tried.indexOf(name) + 1).map((item) => item.replace(/\.$/, ''));
  const asked = to.type === 'nowhere' || before.length === 0 ? tried.map((item) => item.replace(/\.$/, '')) : before;
  const search = `search ${asked.join(', ')}`;
  if (to.type === 'nowhere')
    return {
      step: 'dns',
      title: `${host} does not resolve${reason === undefined ? '' : `: ${reason}`}`,
      verdict: 'unresolved',
      at,
      detail: search,
    };
  if (to.type === 'outside')
    return {
      step: 'dns',
      title: `${host} is looked up outside of the cluster${bare === to.name ? '' : `, as ${to.name}`}`,
      verdict: 'ok',
      at: aliasAt(scene, records) ?? at,
      detail: search,
    };
  const [record] = records.filter(({ type }) => type !== 'CNAME');
  const ip = record?.data ? ` (${record.data})` : '';
  const alias = records.some(({ type }) => type === 'CNAME') ? ', by an alias' : '';
  const owner = to.type === 'service' ? `, ${nameOf(to.service, scene.namespace)}` : '';
  const is = bare === host ? 'is' : 'resolves to';
  const what =
    bare === host
      ? record?.target
        ? `the name of ${record.target.kind} ${record.target.namespace}/${record.target.name}`
        : 'known'
      : bare;
  return {
    step: 'dns',
    title: bare === host ? `${host} ${is} ${what}${ip}${alias}` : `${host} ${is} ${what}${ip}${owner}${alias}`,
    verdict: 'ok',
    at: to.type === 'service' ? to.service.nameAt : at,
    detail: search,
  };
}

/** Where the Service is named that is another name for something else. */
function aliasAt(scene: Scene, records: Resolved['records']): Hop['at'] {
  const of = records.find(({ type }) => type === 'CNAME')?.target;
  return of && findObject(scene, serviceKind, of.namespace, of.name)?.nameAt;
}

/** That the first of these names which is a Service of type ExternalName leads round in a circle. */
function aliasLoop(scene: Scene, tried: readonly string[]): string | undefined {
  const aliasOf = (name: string) => {
    const [tree, namespace = '', service = ''] = [
      ...(labelsBelow(name.replace(/\.$/, ''), scene.domain) ?? []),
    ].reverse();
    const found = tree === 'svc' ? findObject(scene, serviceKind, namespace, service) : undefined;
    return found?.service?.type === 'ExternalName' ? found : undefined;
  };
  const passed: Resource[] = [];
  let next = tried.map(aliasOf).find((service) => service !== undefined);
  while (next && !passed.includes(next)) {
    passed.push(next);
    next = aliasOf(next.service?.externalName?.text.toLowerCase() ?? '');
  }
  const names = passed.map((service) => nameOf(service, scene.namespace));
  if (!next) return undefined;
  return names.length === 1
    ? `${names.join('')} is another name for itself: name what it should lead to in its externalName`
    : `${listed(names)} lead to one another by externalName, and none of them to anything else`;
}

/** The Service, address or outside name at the end of an answer. */
function leadsTo(scene: Scene, { rcode, name, records }: Resolved): Resolution {
  if (rcode === 'REFUSED') return { type: 'outside', name: name.replace(/\.$/, '') };
  const alias = records.findLast(({ type }) => type === 'CNAME');
  const last = (alias?.data ?? name).replace(/\.$/, '').toLowerCase();
  const labels = labelsBelow(last, scene.domain);
  if (!labels) return records.length > 0 ? { type: 'outside', name: last } : { type: 'nowhere' };
  if (records.length === 0) return { type: 'nowhere' };
  const [tree, namespace = '', service = '', pod] = [...labels].reverse();
  const [address] = records.flatMap(({ type, data }) =>
    type === 'CNAME' || data === null ? [] : (parseAddress(data) ?? []),
  );
  if (tree !== 'svc') return address ? { type: 'address', address } : { type: 'nowhere' };
  const found = findObject(scene, serviceKind, namespace, service);
  if (found) return { type: 'service', service: found, pod };
  if (namespace === 'default' && service === 'kubernetes') return { type: 'api-server' };
  return address ? { type: 'address', address } : { type: 'nowhere' };
}
