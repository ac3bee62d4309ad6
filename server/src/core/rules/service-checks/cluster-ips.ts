/** Addresses and IP families of a Service (ValidateServiceClusterIPsRelatedFields, after normalizeClusterIPs). */
import { parseAddress } from '../../cidr';
import type { Draft, Fix } from '../../finding';
import { say } from '../../finding';
import type { Field } from '../../path';
import { each, field, scalarAt } from '../../path';
import { ipFamilies as allFamilies } from '../../resource';
import { refused } from '../shared/refused';
import { isUnknown } from '../shared/unknown-value';
import { replace } from '../shared/words';
import type { ServiceCheck } from './define';
import { isUnset, stringAt } from '../shared/written';
import { listOf } from '../shared/json-types';

const families: readonly string[] = allFamilies;

/** The addresses that the API server sees: a single clusterIP becomes the only item of clusterIPs. */
function addressFields(spec: Field): { readonly at: Field; readonly path: string }[] {
  const listed = each(field(spec, 'clusterIPs'));
  if (listed.length > 0) return listed.map((at) => ({ at, path: at.path }));
  const single = field(spec, 'clusterIP');
  return isUnset(single) ? [] : [{ at: single, path: 'spec.clusterIPs[0]' }];
}

/** The plural list repeats the singular field, for readers that know only one of them. */
export const singularAndPlural: ServiceCheck = function* ({ spec, type }) {
  const single = field(spec, 'clusterIP');
  const plural = field(spec, 'clusterIPs');
  const [first] = each(plural);
  if (!first || type === undefined || type === 'ExternalName' || isUnknown(single) || isUnknown(first)) return;
  if (isUnset(single))
    yield refused(plural, say`clusterIPs needs clusterIP with its first value ${stringAt(first)} beside it`);
  else if (stringAt(first) !== stringAt(single))
    yield {
      ...refused(
        plural,
        say`the first of clusterIPs is ${stringAt(first)}, but clusterIP is ${stringAt(single)}: both must be equal`,
      ),
      related: [{ at: single.at, message: say`clusterIP` }],
    };
};

export const clusterIPs: ServiceCheck = function* ({ spec, type }) {
  if (type === undefined || type === 'ExternalName') return;
  const found = addressFields(spec);
  const texts = found.map(({ at }) => stringAt(at));
  if (texts.includes(undefined)) return;
  const plural = field(spec, 'clusterIPs');
  let wrong = false;
  for (const [index, { at, path }] of found.entries()) {
    const text = texts[index] ?? '';
    if (index === 0 && text === 'None') {
      if (found.length > 1) {
        wrong = true;
        yield refused(plural, say`None must be the only value of clusterIPs`);
      }
    } else if (!parseAddress(text)) {
      wrong = true;
      yield {
        ...refused(
          at,
          say`clusterIP ${text} is no IP address${isNone(text) ? '; a headless Service has clusterIP: None' : ''}`,
          toNone(at, text),
        ),
        path,
      };
    }
  }
  if (found.length > 2) yield refused(plural, say`clusterIPs may hold two values at most: one for each IP family`);
  if (wrong || texts[0] === 'None') return;
  const kinds = texts.map((text) => parseAddress(text ?? '')?.family);
  if (found.length > 1 && new Set(kinds).size < 2)
    yield refused(
      plural,
      say`clusterIPs may hold one address for each IP family; these are all ${kinds[0] === 4 ? 'IPv4' : 'IPv6'}`,
    );
  yield* wrongFamilies(spec, found, kinds);
};

function isNone(text: string): boolean {
  return /^none$/i.test(text);
}

function toNone(at: Field, text: string): Fix[] {
  const written = scalarAt(at);
  return isNone(text) && written ? replace('Change to None', written, 'None') : [];
}

function* wrongFamilies(
  spec: Field,
  found: readonly { readonly at: Field; readonly path: string }[],
  kinds: readonly (4 | 6 | undefined)[],
): Iterable<Draft> {
  const wanted = each(field(spec, 'ipFamilies'));
  for (const [index, { at, path }] of found.entries()) {
    const family = wanted[index];
    const text = family && stringAt(family);
    if (!family || text === undefined || !families.includes(text) || (text === 'IPv4') === (kinds[index] === 4))
      continue;
    yield {
      ...refused(at, say`${stringAt(at)} is no ${text} address, but ipFamilies asks for one here`),
      path,
      related: [{ at: family.at, message: say`the family of this address` }],
    };
  }
}

export const ipFamilies: ServiceCheck = function* ({ spec, type }) {
  if (type === 'ExternalName') return;
  const seen = new Set<string>();
  for (const at of listOf(spec, 'ipFamilies')) {
    const text = stringAt(at) ?? '';
    if (!families.includes(text))
      yield refused(at, say`IP family ${text === '' ? '""' : text} is not known; it may be IPv4 or IPv6`);
    if (seen.has(text)) yield refused(at, say`IP family ${text} stands twice`);
    seen.add(text);
  }
};

/** Refused by the allocator of addresses, which runs after validation (registry/core/service/storage alloc.go). */
export const singleStack: ServiceCheck = function* ({ spec, type }) {
  const policy = field(spec, 'ipFamilyPolicy');
  const second = ['ipFamilies', 'clusterIPs'].flatMap((name) => each(field(spec, name))[1] ?? [])[0];
  if (!second || type === undefined || type === 'ExternalName' || isUnknown(policy)) return;
  if (policy.value === undefined || stringAt(policy) === 'SingleStack')
    yield {
      ...refused(
        policy.value ? policy : second,
        say`a Service with two IP families or addresses needs ipFamilyPolicy PreferDualStack or RequireDualStack${policy.value ? ', not SingleStack' : ''}`,
      ),
      path: policy.path,
    };
};

/** An address in the cluster, or none, is no choice for Services that are reached from outside. */
export const headlessOfType: ServiceCheck = function* ({ spec, type, headless }) {
  if (headless !== true || (type !== 'LoadBalancer' && type !== 'NodePort')) return;
  const [first] = addressFields(spec);
  if (first && stringAt(first.at) === 'None')
    yield {
      ...refused(first.at, say`clusterIP None makes a Service headless, which a Service of type ${type} cannot be`),
      path: first.path,
    };
};
