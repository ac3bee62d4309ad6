/** Fields of a Service that hold one of a few words. */
import { say } from '../../finding';
import { field, scalarAt } from '../../path';
import { refused } from '../shared/refused';
import type { ServiceCheck } from './define';
import { oneOf } from '../shared/written';
import { serviceTypes } from '../../resource';

/** Paths below spec and what they may hold (core validation.go, the sets called supported... and valid...). */
const table: readonly (readonly [name: string, allowed: readonly string[]])[] = [
  ['type', serviceTypes],
  ['sessionAffinity', ['ClientIP', 'None']],
  ['internalTrafficPolicy', ['Cluster', 'Local']],
  ['ipFamilyPolicy', ['SingleStack', 'PreferDualStack', 'RequireDualStack']],
  ['trafficDistribution', ['PreferClose', 'PreferSameZone', 'PreferSameNode']],
];

/** Fields that are pointers: the empty text is a value there, and none that is known; elsewhere it means the default. */
const pointers = new Set(['internalTrafficPolicy', 'ipFamilyPolicy', 'trafficDistribution']);

export const wordsOfAFew: ServiceCheck = function* ({ spec }) {
  for (const [name, allowed] of table) {
    const at = field(spec, name);
    yield* oneOf(at, allowed);
    if (pointers.has(name) && scalarAt(at)?.value === '')
      yield refused(at, say`${name} must not be the empty text: leave it out, or write one of ${allowed.join(', ')}`);
  }
};
