/** JSON types of a Service's fields: what does not decode is refused before anything else is looked at. */
import type { Draft, Fix } from '../../finding';
import { say } from '../../finding';
import type { Field } from '../../path';
import { field, scalarAt, select } from '../../path';
import { refused } from '../shared/refused';
import { isUnknown } from '../shared/unknown-value';
import { replaceNumber } from '../shared/words';
import type { ServiceCheck } from './define';

type JsonType = 'map' | 'list' | 'string' | 'integer' | 'boolean' | 'port';

/** Paths below spec with their types (core/v1 types.go). Names, labels and selector values have rules of their own. */
const table: readonly (readonly [pattern: string, type: JsonType])[] = [
  ['ports', 'list'],
  ['ports.*', 'map'],
  ['ports.*.port', 'integer'],
  ['ports.*.targetPort', 'port'],
  ['ports.*.nodePort', 'integer'],
  ['ports.*.protocol', 'string'],
  ['ports.*.appProtocol', 'string'],
  ['selector', 'map'],
  ['type', 'string'],
  ['clusterIP', 'string'],
  ['clusterIPs', 'list'],
  ['clusterIPs.*', 'string'],
  ['externalIPs', 'list'],
  ['externalIPs.*', 'string'],
  ['externalName', 'string'],
  ['externalTrafficPolicy', 'string'],
  ['internalTrafficPolicy', 'string'],
  ['trafficDistribution', 'string'],
  ['healthCheckNodePort', 'integer'],
  ['loadBalancerIP', 'string'],
  ['loadBalancerClass', 'string'],
  ['loadBalancerSourceRanges', 'list'],
  ['loadBalancerSourceRanges.*', 'string'],
  ['allocateLoadBalancerNodePorts', 'boolean'],
  ['publishNotReadyAddresses', 'boolean'],
  ['sessionAffinity', 'string'],
  ['sessionAffinityConfig', 'map'],
  ['sessionAffinityConfig.clientIP', 'map'],
  ['sessionAffinityConfig.clientIP.timeoutSeconds', 'integer'],
  ['ipFamilies', 'list'],
  ['ipFamilies.*', 'string'],
  ['ipFamilyPolicy', 'string'],
];

const words: Readonly<Record<JsonType, string>> = {
  map: 'a map',
  list: 'a list',
  string: 'a string',
  integer: 'a whole number',
  boolean: 'true or false',
  port: 'a port number or a port name',
};

export const jsonTypes: ServiceCheck = function* ({ spec }) {
  if (spec.value) yield* judge(spec, 'map');
  for (const [pattern, type] of table) for (const at of select(spec, pattern)) yield* judge(at, type);
};

function* judge(at: Field, type: JsonType): Iterable<Draft> {
  if (isUnknown(at) || fits(at, type)) return;
  const written = scalarAt(at);
  yield refused(
    at,
    say`${at.key?.text ?? at.path} must be ${words[type]}, but ${written ? say`${written.text} is ${kindOf(written.value)}` : say`is a ${at.value?.type}`}`,
    mend(at, type),
  );
}

function fits({ value }: Field, type: JsonType): boolean {
  if (value?.type !== 'scalar') return value?.type === type;
  const { value: held } = value;
  const whole = typeof held === 'bigint' || (typeof held === 'number' && Number.isInteger(held));
  switch (type) {
    case 'integer':
      return whole;
    case 'port':
      return whole || typeof held === 'string';
    default:
      return typeof held === type;
  }
}

function kindOf(value: unknown): string {
  if (typeof value === 'string') return 'a text';
  return typeof value === 'boolean' ? 'a boolean' : 'a number';
}

/** Adds or takes away quotes, where that is all that is wrong. */
function mend(at: Field, type: JsonType): Fix[] {
  const written = scalarAt(at);
  if (!written?.origin.verbatim) return [];
  if (type === 'integer' && /^\d{1,9}$/.test(written.text))
    return replaceNumber('Remove the quotes', written, Number(written.text));
  if (type === 'boolean' && /^(?:true|false)$/.test(written.text))
    return [{ title: 'Remove the quotes', edits: [{ at: written.origin, newText: written.text }] }];
  if (type === 'string' && written.style === 'plain')
    return [{ title: `Quote ${written.text}`, edits: [{ at: written.origin, newText: JSON.stringify(written.text) }] }];
  return [];
}

/** The items of a list field that are strings, for checks that follow. */
export function listOf(spec: Field, name: string): Field[] {
  return select(field(spec, name), '*').filter((at) => fits(at, 'string') && !isUnknown(at));
}
