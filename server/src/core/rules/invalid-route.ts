import type { Draft } from '../finding';
import { say } from '../finding';
import type { ReadResource } from '../kinds/read';
import type { Field } from '../path';
import { each, field, scalarAt, select, textAt } from '../path';
import { isTemplated } from '../templated';
import { defineRule } from './define';
import { badHostname, badPortNumber, badReference } from './shared/gateway-checks';
import { badFilters } from './shared/invalid-filter';
import { badMatch } from './shared/invalid-match';
import { refused } from './shared/refused';
import { isUnknown } from './shared/unknown-value';

/** What the CRDs of the Gateway API refuse in a route (HTTPRouteSpec and kin). */
export const invalidRoute = defineRule({
  id: 'invalid-route',
  summary: 'The API server refuses a route of the Gateway API',
  levels: ['error'],
  about: ['gateway'],
  *resource(read) {
    if (read.resource.gateway?.type === 'route') yield* fields(read);
  },
});

/** Routes of connections: a rule is nothing without a backend. */
const needsBackends = new Set(['TLSRoute', 'TCPRoute', 'UDPRoute']);

function* fields({ resource, tree }: ReadResource): Iterable<Draft> {
  const spec = field(tree, 'spec');
  yield* badParents(field(spec, 'parentRefs'));
  for (const hostname of select(spec, 'hostnames.*')) yield* badHostname(hostname, 'the hostname');
  if (
    resource.kind === 'TLSRoute' &&
    resource.apiVersion.endsWith('/v1') &&
    each(field(spec, 'hostnames')).length === 0
  )
    yield refused(field(spec, 'hostnames'), say`a TLSRoute needs hostnames: what it is told apart by`);
  const rules = field(spec, 'rules');
  const isEmpty = each(rules).length === 0 && (rules.value === undefined || rules.value.type === 'list');
  if (isEmpty && needsBackends.has(resource.kind)) yield refused(rules, say`a ${resource.kind} needs a rule`);
  for (const rule of each(rules)) {
    if (isUnknown(rule)) continue;
    const backends = field(rule, 'backendRefs');
    if (needsBackends.has(resource.kind) && each(backends).length === 0 && !isUnknown(backends))
      yield refused(backends, say`a rule of a ${resource.kind} needs at least one backendRef`);
    for (const match of each(field(rule, 'matches'))) yield* badMatch(match, resource.kind);
    yield* badFilters(rule, resource.kind);
    for (const backend of backendsOf(rule)) yield* badBackend(backend);
  }
}

function backendsOf(rule: Field): Field[] {
  return [
    ...each(field(rule, 'backendRefs')),
    ...select(rule, 'filters.*.requestMirror.backendRef'),
    ...select(rule, 'backendRefs.*.filters.*.requestMirror.backendRef'),
  ];
}

/** Two references to one parent must choose different listeners of it. */
function* badParents(parents: Field): Iterable<Draft> {
  const seen = new Map<string, Field[]>();
  for (const parent of each(parents)) {
    yield* badReference(parent, partsOf(parent));
    yield* badPortNumber(field(parent, 'port'), 'a parentRef', false);
    const key = ['group', 'kind', 'namespace', 'name'].map((part) => textAt(field(parent, part)) ?? '').join(' ');
    seen.set(key, [...(seen.get(key) ?? []), parent]);
  }
  const chosen = (parent: Field) => [textAt(field(parent, 'sectionName')), textAt(field(parent, 'port'))].join(' ');
  for (const [key, same] of seen) {
    if (isTemplated(key) || same.length < 2) continue;
    const taken = new Set<string>();
    for (const parent of same) {
      const listener = chosen(parent);
      if (listener === ' ' || taken.has(listener))
        yield refused(
          parent,
          say`this parent is named ${same.length} times; references to one parent choose different listeners by sectionName or port`,
        );
      taken.add(listener);
    }
  }
}

function partsOf(at: Field) {
  return { name: field(at, 'name'), group: field(at, 'group'), kind: field(at, 'kind') };
}

const MAX_WEIGHT = 1_000_000;

function* badBackend(backend: Field): Iterable<Draft> {
  if (isUnknown(backend)) return;
  const parts = partsOf(backend);
  yield* badReference(backend, parts);
  yield* badPortNumber(field(backend, 'port'), 'a backendRef', false);
  const weight = scalarAt(field(backend, 'weight'));
  if (weight && !isTemplated(weight.text) && !(Number.isInteger(weight.value) && isWeight(Number(weight.value))))
    yield refused(field(backend, 'weight'), say`weight ${weight.text} must be a whole number from 0 to 1000000`);
}

function isWeight(value: number): boolean {
  return value >= 0 && value <= MAX_WEIGHT;
}
