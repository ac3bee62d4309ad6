/** Fields of a Service that hold one of a few words. */
import { field } from '../../path';
import type { ServiceCheck } from './define';
import { oneOf } from './define';
import { serviceTypes } from '../../resource';

/** Paths below spec and what they may hold (core validation.go, the sets called supported... and valid...). */
const table: readonly (readonly [name: string, allowed: readonly string[]])[] = [
  ['type', serviceTypes],
  ['sessionAffinity', ['ClientIP', 'None']],
  ['internalTrafficPolicy', ['Cluster', 'Local']],
  ['ipFamilyPolicy', ['SingleStack', 'PreferDualStack', 'RequireDualStack']],
  ['trafficDistribution', ['PreferClose', 'PreferSameZone', 'PreferSameNode']],
];

export const wordsOfAFew: ServiceCheck = function* ({ spec }) {
  for (const [name, allowed] of table) yield* oneOf(field(spec, name), allowed);
};
