/** The JSON of `podpath resolve`. */
import type { DnsRecord, Resolved, Resolver, Resource, Zone } from '../core/index';
import { bestAnswer, resolveAbsolute, resolveFrom, resolverOf } from '../core/index';
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
  readonly rcode: Resolved['rcode'];
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
      return bestAnswer(answers) ?? [];
    }),
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

function direct(zone: Zone, query: Query): ReportedAnswer {
  const found = resolveAbsolute(zone, query.name, query.type);
  const isShort = found.rcode === 'REFUSED' && !query.name.endsWith('.');
  const more = isShort ? '; for the name as a pod means it, add --from NS/POD' : '';
  return reported({ name: found.name, type: query.type }, found, more);
}

function searched(zone: Zone, query: Query, resolver: Resolver): ReportedAnswer {
  const found = resolveFrom(zone, query.name, query.type, resolver);
  return { ...reported(query, found), search: found.tried };
}

function reported(query: Query, { rcode, records, reason }: Resolved, more = ''): ReportedAnswer {
  return {
    query,
    rcode,
    records: records.map(({ target, ...record }) => ({ ...record, ...(target ? { target } : {}) })),
    ...(reason === undefined ? {} : { reason: reason + more }),
  };
}
