/** Checks of fields that several kinds of the Gateway API have (apis/v1 shared_types.go). */
import { parseAddress } from '../../cidr';
import type { Draft } from '../../finding';
import { list, say } from '../../finding';
import { isNear } from '../../near';
import type { NameRule } from '../../names';
import type { Field } from '../../path';
import { field, scalarAt, textAt } from '../../path';
import { isTemplated } from '../../templated';
import { numberProblem, unquoteNumber } from './numbers';
import { badName, refused } from './refused';
import { isUnknown } from './unknown-value';
import { certain, replace } from './words';

/** PreciseHostname and Hostname: a DNS name, the latter with one `*.` before it. */
export function* badHostname(at: Field, what: string, wildcards = true): Iterable<Draft> {
  const written = scalarAt(at);
  if (!written || isTemplated(written.text)) return;
  if (parseAddress(written.text)) {
    yield refused(at, say`${what} must be a DNS name, not the IP address ${written.text}`);
    return;
  }
  const rule: NameRule = wildcards && written.text.startsWith('*.') ? 'wildcardDns1123Subdomain' : 'dns1123Subdomain';
  // A URL or a port was written for the host.
  const bare = /^(?:https?:\/\/)?([^/:]+)(?::\d+)?(?:\/.*)?$/.exec(written.text)?.[1];
  for (const draft of badName(at, rule, what)) {
    const meant =
      bare !== undefined && bare !== written.text ? replace(`Change to ${bare}`, written, bare) : draft.fixes;
    yield { ...draft, fixes: meant ?? [] };
  }
}

/** A port number that is written, or must be. */
export function* badPortNumber(at: Field, what: string, required: boolean): Iterable<Draft> {
  if (isUnknown(at)) return;
  if (at.value === undefined) {
    if (required) yield refused(at, say`${what} needs a port`);
    return;
  }
  const problem = numberProblem(at);
  if (problem) yield refused(at, say`${['port', textAt(at)].filter(Boolean).join(' ')} ${problem}`, unquoteNumber(at));
}

/** A text that must be one of a few, with a fix when one of them is meant. */
export function* notOneOf(at: Field, allowed: readonly string[]): Iterable<Draft> {
  const written = scalarAt(at);
  if (!written || isTemplated(written.text) || allowed.includes(written.text)) return;
  const meant = allowed.filter(
    (known) =>
      known.toLowerCase() === written.text.toLowerCase() || isNear(written.text, known) || known.endsWith(written.text),
  );
  yield refused(
    at,
    say`${at.key?.text} ${written.text} is not known; it may be ${list(
      allowed.map((known) => [known]),
      'or',
    )}`,
    certain(meant.flatMap((known) => replace(`Change to ${known}`, written, known))),
  );
}

/** The group, kind and name of a reference, where they are written; the name must be. */
export function* badReference(
  at: Field,
  parts: { readonly name: Field; readonly group: Field; readonly kind: Field },
): Iterable<Draft> {
  const { name, group, kind } = parts;
  if (isUnknown(at)) return;
  if (!textAt(name)) yield refused(name.key ? name : at, say`a reference needs a name`);
  yield* badName(group, 'dns1123Subdomain', 'the API group');
  const written = scalarAt(kind);
  if (written && !isTemplated(written.text) && !/^[a-zA-Z](?:[-a-zA-Z0-9]*[a-zA-Z0-9])?$/.test(written.text))
    yield refused(kind, say`${written.text} is no name of a kind`);
}

/** The keys that occur twice in a list that the API server takes for a map. */
export function* twice(
  items: readonly Field[],
  keyOf: (item: Field) => string | undefined,
  say_: (key: string) => Draft['message'],
): Iterable<Draft> {
  const seen = new Set<string>();
  for (const item of items) {
    const key = keyOf(item);
    if (key === undefined || isTemplated(key)) continue;
    if (seen.has(key)) yield refused(item, say_(key));
    seen.add(key);
  }
}

/** GatewaySpecAddress: an IP address where no type is written; types of implementations hold anything. */
export function* badAddress(at: Field): Iterable<Draft> {
  const value = field(at, 'value');
  const written = textAt(value);
  // PLACEHOLDER_ADDRESS: some script fills it in.
  if (written === undefined || written === '' || isTemplated(written) || /^[A-Z]+(?:_[A-Z]+)+$/.test(written)) return;
  const type = textAt(field(at, 'type')) ?? 'IPAddress';
  if (type === 'IPAddress' && !parseAddress(written))
    yield refused(value, say`${written} is no IP address; a name needs type: Hostname`);
  if (type === 'Hostname') yield* badHostname(value, 'the address');
}
