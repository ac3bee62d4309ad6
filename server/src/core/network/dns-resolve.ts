/** What a program in a pod gets for a name: the search list gone through, one answer chosen. */
import type { Answer, RecordType } from './dns-answer';
import { answer } from './dns-answer';
import { whyNoName } from './dns-explain';
import type { Resolver } from './dns-search';
import { candidates } from './dns-search';
import type { Zone } from './dns-zone';

export interface Resolved extends Answer {
  /** The absolute name that this is the answer to. */
  readonly name: string;
  /** All names that are tried, in order, until one has records. */
  readonly tried: readonly string[];
  /** Why there is no such name, or who else is asked for it. */
  readonly reason: string | undefined;
}

/** A name as it is: absolute, asked of the cluster's DNS server. */
export function resolveAbsolute(zone: Zone, name: string, type: RecordType): Resolved {
  const absolute = name.endsWith('.') ? name : `${name}.`;
  const result = answer(zone, absolute, type);
  return { ...result, name: absolute, tried: [absolute], reason: reasonOf(zone, absolute, result) };
}

/**
 * A name as a resolver means it. The first name of its search list with records answers; as in the C library, a name
 * without any does not end the search.
 */
export function resolveFrom(zone: Zone, name: string, type: RecordType, resolver: Resolver): Resolved {
  const tried = candidates(name, resolver);
  const answers = tried.map((item) => ({ ...answerTo(zone, item, type, resolver), name: item }));
  // Nobody elsewhere answers a name of one word.
  const chosen = bestAnswer(answers.filter((item) => item.rcode !== 'REFUSED' || item.name.split('.').length > 2));
  const result = chosen ?? { rcode: 'NXDOMAIN', records: [], name: `${name}.` };
  return { ...result, tried, reason: reasonOf(zone, result.name, result, resolver) };
}

/** The first with records, else the first whose name exists, else one that others may answer. */
export function bestAnswer<T extends { readonly rcode: Answer['rcode']; readonly records: readonly unknown[] }>(
  answers: readonly T[],
): T | undefined {
  return (
    answers.find(({ records }) => records.length > 0) ??
    answers.find(({ rcode }) => rcode === 'NOERROR') ??
    answers.find(({ rcode }) => rcode === 'REFUSED') ??
    answers[0]
  );
}

/** The node's DNS server knows no names of the cluster. */
function answerTo(zone: Zone, name: string, type: RecordType, { server }: Resolver): Answer {
  const result = answer(zone, name, type);
  return server === 'cluster' || result.rcode === 'REFUSED' ? result : { rcode: 'NXDOMAIN', records: [] };
}

function reasonOf(zone: Zone, name: string, { rcode }: Answer, resolver?: Resolver): string | undefined {
  if (rcode === 'REFUSED') return `${name} is outside of the cluster: DNS servers elsewhere answer it`;
  if (rcode === 'NOERROR') return undefined;
  if (resolver?.server === 'node')
    return 'the pod asks the DNS server of its node, which knows no names of the cluster';
  return whyNoName(zone, name);
}
