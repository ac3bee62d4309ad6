import type { Draft } from '../../finding';
import { say } from '../../finding';
import type { Field } from '../../path';
import { each, field, textAt } from '../../path';
import { isTemplated } from '../../templated';
import { badHostname, notOneOf } from './gateway-checks';
import { refused } from './refused';
import { isUnknown } from './unknown-value';

/** Types of filters, and the field that each is described in. */
const fieldOfType: ReadonlyMap<string, string> = new Map([
  ['RequestHeaderModifier', 'requestHeaderModifier'],
  ['ResponseHeaderModifier', 'responseHeaderModifier'],
  ['RequestMirror', 'requestMirror'],
  ['RequestRedirect', 'requestRedirect'],
  ['URLRewrite', 'urlRewrite'],
  ['ExtensionRef', 'extensionRef'],
  ['CORS', 'cors'],
  ['ExternalAuth', 'externalAuth'],
]);

/** Filters that may stand in a rule once only. */
const single = new Set(['RequestHeaderModifier', 'ResponseHeaderModifier', 'RequestRedirect', 'URLRewrite', 'CORS']);

/** What the CRD refuses in the filters of a rule and of its backends (HTTPRouteFilter, GRPCRouteFilter). */
export function* badFilters(rule: Field, kind: string): Iterable<Draft> {
  if (kind !== 'HTTPRoute' && kind !== 'GRPCRoute') return;
  const filters = each(field(rule, 'filters')).filter((filter) => !isUnknown(filter));
  const inBackends = each(field(rule, 'backendRefs')).flatMap((backend) => each(field(backend, 'filters')));
  for (const filter of [...filters, ...inBackends]) yield* badFilter(filter);
  yield* together(rule, filters);
}

function* badFilter(filter: Field): Iterable<Draft> {
  const type = field(filter, 'type');
  const text = textAt(type);
  if (!text) {
    yield refused(type, say`a filter needs a type, such as RequestRedirect`);
    return;
  }
  if (isTemplated(text)) return;
  yield* notOneOf(type, [...fieldOfType.keys()]);
  const wanted = fieldOfType.get(text);
  if (wanted === undefined) return;
  if (field(filter, wanted).key === undefined)
    yield refused(type, say`a filter of type ${text} needs the field ${wanted}`);
  for (const other of fieldOfType.values())
    if (other !== wanted && field(filter, other).value !== undefined)
      yield refused(field(filter, other), say`${other} does not belong to a filter of type ${text}`);
  const hostname = field(filter, wanted, 'hostname');
  if (wanted === 'requestRedirect' || wanted === 'urlRewrite')
    yield* badHostname(hostname, 'the hostname of a redirect', false);
}

function* together(rule: Field, filters: readonly Field[]): Iterable<Draft> {
  const seen = new Set<string>();
  for (const filter of filters) {
    const type = textAt(field(filter, 'type')) ?? '';
    if (single.has(type) && seen.has(type))
      yield refused(field(filter, 'type'), say`a rule has one filter of type ${type} at most`);
    seen.add(type);
  }
  const find = (type: string) => filters.find((filter) => textAt(field(filter, 'type')) === type);
  const redirect = find('RequestRedirect');
  if (!redirect) return;
  if (each(field(rule, 'backendRefs')).length > 0)
    yield refused(field(redirect, 'type'), say`a rule that redirects has no backendRefs: no request would reach them`);
  if (find('URLRewrite')) yield refused(field(redirect, 'type'), say`a rule redirects or rewrites, not both`);
}
