/** Policies that somebody is still typing, as far as that shows: what the API server refuses, and keys without values. */
import { parseCidr } from '../cidr';
import type { Field } from '../path';
import { each, eachEntry, field, textAt } from '../path';
import { portNumber, protocolOf, readPort } from '../ports';
import { policyActions } from './policy-actions';

type Check = (at: Field) => boolean;

const isList: Check = ({ value }) => value?.type === 'list';
const isMap: Check = ({ value }) => value?.type === 'map';
const isFilledMap: Check = (at) => eachEntry(at).length > 0;
const isOneOf =
  (words: readonly string[]): Check =>
  (at) =>
    words.includes(textAt(at) ?? '');
const listOf =
  (check: Check): Check =>
  (at) =>
    isList(at) && each(at).every(check);
const isCidr: Check = (at) => parseCidr(textAt(at) ?? '') !== undefined;
const isNumber: Check = ({ value }) => value?.type === 'scalar' && portNumber(value.value) !== undefined;
const isPort: Check = ({ value }) =>
  value?.type === 'map' || (value?.type === 'scalar' && !('problem' in readPort(value.value)));

/** ValidateLabelSelectorRequirement (apimachinery). */
const isRequirement: Check = (at) => {
  const operator = textAt(field(at, 'operator')) ?? '';
  const values = each(field(at, 'values')).length;
  return (
    textAt(field(at, 'key')) !== undefined &&
    ((values > 0 && isOneOf(['In', 'NotIn'])(field(at, 'operator'))) ||
      (values === 0 && ['Exists', 'DoesNotExist'].includes(operator)))
  );
};

/** What the fields of all the policies hold (networking/v1, policy.networking.k8s.io), by their names, which agree. */
const checks = new Map<string, Check>([
  ['podSelector', isMap],
  ['namespaceSelector', isMap],
  ['namespaces', isMap],
  ['subject', isMap],
  ['matchLabels', (at) => isMap(at) && eachEntry(at).every((label) => textAt(label) !== undefined)],
  ['matchExpressions', listOf(isRequirement)],
  ['policyTypes', listOf(isOneOf(['Ingress', 'Egress']))],
  ['ingress', listOf(isMap)],
  ['egress', listOf(isMap)],
  ['from', listOf(isFilledMap)],
  ['to', listOf(isFilledMap)],
  ['ports', listOf(isMap)],
  ['action', isOneOf([...policyActions.keys()])],
  ['protocol', (at) => protocolOf(textAt(at) ?? '') !== undefined],
  ['port', isPort],
  ['endPort', isNumber],
  ['start', isNumber],
  ['end', isNumber],
  ['ipBlock', (at) => isCidr(field(at, 'cidr'))],
  ['except', listOf(isCidr)],
  ['networks', listOf(isCidr)],
]);

/** True where the spec is missing, or anything below is null or refused. Empty lists and maps are values like others. */
export function isUnfinished(spec: Field): boolean {
  return !isMap(spec) || eachEntry(spec).some(hasGap);
}

function hasGap(at: Field): boolean {
  if (at.value === undefined) return true;
  const name = at.key?.text;
  if (name !== undefined && checks.get(name)?.(at) === false) return true;
  return (name === 'matchLabels' ? [] : [...each(at), ...eachEntry(at)]).some(hasGap);
}
