/** The JSON of `podpath resolve`. */
import type { Answer, DnsRecord, Resolver, Resource, Zone } from '../core/index';
import { answer, candidates, resolverOf, whyNoName } from '../core/index';
import type { Query } from './resolve-queries';
import type { NamedWorld } from './worlds';

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
  /** Which bundle answers, where there are several. */
  readonly bundle?: string;
}

export interface ResolveReport {
  readonly version: 1;
  readonly bundle: string;
  readonly leftOut: readonly string[];
  readonly answers: readonly ReportedAnswer[];
}

/** What is applied together, with its names. */
export interface NamedZone extends Pick<NamedWorld, 'name' | 'leftOut'> {
  readonly zone: Zone;
}

/** Of several worlds the first in which a name leads somewhere answers, and is named. */
export function resolveReport(
  worlds: readonly NamedZone[],
  queries: readonly Query[],
  asker: Asker | undefined,
): ResolveReport {
  const ask = (zone: Zone, query: Query) => (asker ? searched(zone, query, asker.resolver) : direct(zone, query));
  return {
    version: 1,
    bundle: worlds.map(({ name }) => name).join(' '),
    leftOut: worlds.flatMap(({ leftOut }) => leftOut),
    answers: queries.flatMap((query) => {
      const answers = worlds.map(({ name, zone }) => ({
        ...ask(zone, query),
        ...(worlds.length > 1 ? { bundle: name } : {}),
      }));
      return best(answers) ?? [];
    }),
  };
}

/** The first with records, else the first whose name exists, else one that others may answer. */
function best<T extends { readonly rcode: string; readonly records: readonly unknown[] }>(
  answers: readonly T[],
): T | undefined {
  return (
    answers.find(({ records }) => records.length > 0) ??
    answers.find(({ rcode }) => rcode === 'NOERROR') ??
    answers.find(({ rcode }) => rcode === 'REFUSED') ??
    answers[0]
  );
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

/** The best answer of the search list. A name of one word is none that others answer. */
function searched(zone: Zone, query: Query, resolver: Resolver): ReportedAnswer {
  const search = candidates(query.name, resolver);
  const tried = search.map((name) => ({ name, ...answerTo(zone, name, query, resolver) }));
  const { name, ...result } = best(
    tried.filter((item) => item.rcode !== 'REFUSED' || item.name.split('.').length > 2),
  ) ?? {
    name: query.name,
    rcode: 'NXDOMAIN' as const,
    records: [],
  };
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
