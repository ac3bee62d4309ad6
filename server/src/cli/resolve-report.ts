/** The JSON of `podpath resolve`. */
import type { Answer, DnsRecord, Resolver, Resource, Zone } from '../core/index';
import { answer, candidates, resolverOf, whyNoName } from '../core/index';
import type { Loaded } from './load';
import type { Query } from './resolve-queries';

/** Who asks: the resolver of a pod. */
export interface Asker {
  readonly resolver: Resolver;
  /** Whether the pod is in the manifests. */
  readonly isKnown: boolean;
}

export interface ReportedRecord {
  readonly name: string;
  readonly type: string;
  readonly data: string | null;
  readonly target?: NonNullable<DnsRecord['target']>;
}

export interface ReportedAnswer {
  readonly query: Query;
  readonly rcode: string;
  readonly records: readonly ReportedRecord[];
  /** Why the name does not exist, or who else is asked for it. */
  readonly reason?: string;
  /** With --from: the names that are tried, in order. */
  readonly search?: readonly string[];
}

export interface ResolveReport {
  readonly version: 1;
  readonly bundle: string;
  readonly leftOut: readonly string[];
  readonly answers: readonly ReportedAnswer[];
}

export function resolveReport(
  { reported, show, bundleOf }: Loaded,
  leftOut: readonly string[],
  zone: Zone,
  queries: readonly Query[],
  asker: Asker | undefined,
): ResolveReport {
  const asked = new Set(reported);
  return {
    version: 1,
    bundle: [...new Set(reported.map(bundleOf))].join(' '),
    leftOut: leftOut.filter((uri) => asked.has(uri)).map(show),
    answers: queries.map((query) => (asker ? searched(zone, query, asker.resolver) : direct(zone, query))),
  };
}

/** The workload that makes a pod of this name: the Pod itself, another workload of that name, or a numbered one. */
export function askerOf(
  resources: readonly Resource[],
  from: { readonly namespace: string; readonly pod: string },
  namespace: string,
  domain: string,
): Asker {
  const here = resources.filter((item) => item.pods && (item.namespace ?? namespace) === from.namespace);
  const [, stem] = /^(.+)-\d+$/.exec(from.pod) ?? [];
  const found =
    here.find((item) => item.kind === 'Pod' && item.name === from.pod) ??
    here.find((item) => item.name === from.pod) ??
    here.find((item) => item.pods?.numbered && item.name === stem);
  return { resolver: resolverOf(found?.pods, from.namespace, domain), isKnown: found !== undefined };
}

function direct(zone: Zone, { name, type }: Query): ReportedAnswer {
  const absolute = name.endsWith('.') ? name : `${name}.`;
  return answered(zone, { name: absolute, type }, absolute, answer(zone, absolute, type));
}

/** The first name of the search list with records counts; a name without any is the next best. */
function searched(zone: Zone, query: Query, resolver: Resolver): ReportedAnswer {
  const search = candidates(query.name, resolver);
  const tried = search.map((name) => ({ name, result: answerTo(zone, name, query, resolver) }));
  const best =
    tried.find(({ result }) => result.records.length > 0) ??
    tried.find(({ result }) => result.rcode === 'NOERROR') ??
    tried.find(({ name, result }) => result.rcode === 'REFUSED' && name.split('.').length > 2) ??
    tried.find(({ result }) => result.rcode === 'NXDOMAIN');
  const { name, result } = best ?? { name: query.name, result: { rcode: 'NXDOMAIN', records: [] } as const };
  return { ...answered(zone, query, name, result, resolver), search };
}

/** The node's DNS server knows no names of the cluster. */
function answerTo(zone: Zone, name: string, { type }: Query, { server }: Resolver): Answer {
  const result = answer(zone, name, type);
  return server === 'cluster' || result.rcode === 'REFUSED' ? result : { rcode: 'NXDOMAIN', records: [] };
}

function answered(zone: Zone, query: Query, name: string, result: Answer, resolver?: Resolver): ReportedAnswer {
  const reason = reasonOf(zone, name, result, resolver);
  return {
    query,
    rcode: result.rcode,
    records: result.records.map(({ target, ...record }) => ({ ...record, ...(target ? { target } : {}) })),
    ...(reason === undefined ? {} : { reason }),
  };
}

function reasonOf(zone: Zone, name: string, { rcode }: Answer, resolver: Resolver | undefined): string | undefined {
  if (rcode === 'REFUSED')
    return `${name} is outside of the cluster: DNS servers elsewhere answer it${resolver ? '' : '; for the name as a pod means it, add --from NS/POD'}`;
  if (rcode === 'NOERROR') return undefined;
  if (resolver?.server === 'node')
    return 'the pod asks the DNS server of its node, which knows no names of the cluster';
  return whyNoName(zone, name);
}
