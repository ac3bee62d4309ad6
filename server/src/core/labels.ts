/**
 * The algebra of label selectors, once for every kind. A selector is either `nothing` or a list of requirements that
 * must all hold; an empty list matches everything. Which of the two an absent or empty field means differs by field,
 * so the constructors say it: `fromLabelSelector`, `fromServiceSelector`.
 */
import { labelValue, qualifiedName } from './names';

export type Operator = 'In' | 'NotIn' | 'Exists' | 'DoesNotExist' | 'Gt' | 'Lt';

export interface Requirement {
  readonly key: string;
  readonly operator: Operator;
  /** At least one for In and NotIn, none for Exists and DoesNotExist, one whole number for Gt and Lt. */
  readonly values: readonly string[];
}

export type Selector = 'nothing' | { readonly requirements: readonly Requirement[] };

export type Labels = ReadonlyMap<string, string>;

/** A metav1.LabelSelector as it stands in a manifest; operators may be anything. */
export interface LabelSelector {
  readonly matchLabels?: Labels | undefined;
  readonly matchExpressions?: readonly WrittenRequirement[] | undefined;
}

export interface WrittenRequirement {
  readonly key: string;
  readonly operator: string;
  readonly values?: readonly string[] | undefined;
}

export const everything: Selector = { requirements: [] };

/** Every pair must be there: matchLabels, a ReplicationController's selector. No pairs match everything. */
export function fromLabels(labels: Labels): Selector {
  return { requirements: [...labels].map(([key, value]) => ({ key, operator: 'In', values: [value] })) };
}

/**
 * The selector of a Service: a plain map of labels. Absent or empty it selects nothing, since its endpoints are then
 * managed by somebody else (core/v1 ServiceSpec.Selector).
 */
export function fromServiceSelector(labels: Labels | undefined): Selector {
  return labels === undefined || labels.size === 0 ? 'nothing' : fromLabels(labels);
}

/**
 * A metav1.LabelSelector: absent matches nothing, `{}` everything. Undefined when the API server refuses it; then
 * `labelSelectorProblems` says why.
 */
export function fromLabelSelector(selector: LabelSelector | undefined): Selector | undefined {
  if (selector === undefined) return 'nothing';
  if (labelSelectorProblems(selector).length > 0) return undefined;
  const pairs = [...(selector.matchLabels ?? [])].map(([key, value]) => ({ key, operator: 'In', values: [value] }));
  const requirements = [...pairs, ...(selector.matchExpressions ?? [])].map(readRequirement);
  return { requirements: requirements.filter((requirement) => requirement !== undefined) };
}

/** The requirement as written when it is valid, also with the operators `=`, `==` and `!=`; undefined otherwise. */
export function readRequirement(written: WrittenRequirement): Requirement | undefined {
  const operator = operators.get(written.operator);
  if (operator === undefined || requirementProblems(written).length > 0) return undefined;
  return { key: written.key, operator, values: [...new Set(written.values ?? [])].sort() };
}

const operators: ReadonlyMap<string, Operator> = new Map([
  ['In', 'In'],
  ['NotIn', 'NotIn'],
  ['Exists', 'Exists'],
  ['DoesNotExist', 'DoesNotExist'],
  ['Gt', 'Gt'],
  ['Lt', 'Lt'],
  ['=', 'In'],
  ['==', 'In'],
  ['!=', 'NotIn'],
]);

/** What is wrong with one field of a requirement; `index` is set for one of its values. */
export interface RequirementProblem {
  readonly field: 'key' | 'operator' | 'values';
  readonly index?: number;
  /** The end of a sentence whose subject is the field. */
  readonly problem: string;
}

/** Why the API server refuses a requirement (labels.NewRequirement); empty when it is valid. */
export function requirementProblems(written: WrittenRequirement): RequirementProblem[] {
  const values = written.values ?? [];
  const problems: RequirementProblem[] = [];
  const key = qualifiedName(written.key);
  if (key !== undefined) problems.push({ field: 'key', problem: key });
  const arity = arityProblem(written.operator, values.length);
  if (arity !== undefined) problems.push(arity);
  for (const [index, value] of values.entries()) {
    const compared = written.operator === 'Gt' || written.operator === 'Lt';
    if (compared && integer(value) === undefined) {
      problems.push({ field: 'values', index, problem: 'must be a whole number' });
    }
    const problem = labelValue(value);
    if (problem !== undefined) problems.push({ field: 'values', index, problem });
  }
  return problems;
}

function arityProblem(operator: string, count: number): RequirementProblem | undefined {
  const known = operators.get(operator);
  if (known === undefined) {
    return { field: 'operator', problem: 'must be In, NotIn, Exists, DoesNotExist, Gt or Lt' };
  }
  if (known === 'Exists' || known === 'DoesNotExist') {
    return count > 0 ? { field: 'values', problem: `must be left out when the operator is ${operator}` } : undefined;
  }
  if (operator === 'In' || operator === 'NotIn') {
    return count === 0 ? { field: 'values', problem: `must not be empty when the operator is ${operator}` } : undefined;
  }
  return count === 1 ? undefined : { field: 'values', problem: `must be exactly one when the operator is ${operator}` };
}

/** A problem of a LabelSelector: the path to it inside the selector, and the end of a sentence about it. */
export interface LabelSelectorProblem {
  readonly path: readonly (string | number)[];
  readonly problem: string;
}

const labelSelectorOperators: ReadonlySet<string> = new Set(['In', 'NotIn', 'Exists', 'DoesNotExist']);
const unknownOperator: RequirementProblem = { field: 'operator', problem: 'must be In, NotIn, Exists or DoesNotExist' };

/** Why the API server refuses a LabelSelector (metav1/validation.ValidateLabelSelector); empty when it is valid. */
export function labelSelectorProblems(selector: LabelSelector): LabelSelectorProblem[] {
  const pairs = [...(selector.matchLabels ?? [])].flatMap(([key, value]) => {
    const problem = qualifiedName(key) ?? labelValue(value);
    return problem === undefined ? [] : [{ path: ['matchLabels', key], problem }];
  });
  const expressions = (selector.matchExpressions ?? []).flatMap((written, at) => {
    const problems = labelSelectorOperators.has(written.operator) ? requirementProblems(written) : [unknownOperator];
    return problems.map(({ field, index, problem }) => ({
      path: ['matchExpressions', at, field, ...(index === undefined ? [] : [index])],
      problem,
    }));
  });
  return [...pairs, ...expressions];
}

/** True when the selector selects an object with these labels. */
export function matches(selector: Selector, labels: Labels): boolean {
  return selector !== 'nothing' && selector.requirements.every((requirement) => holds(requirement, labels));
}

/** True when labels meet one requirement. Without the key, NotIn and DoesNotExist hold and nothing else does. */
export function holds({ key, operator, values }: Requirement, labels: Labels): boolean {
  const value = labels.get(key);
  switch (operator) {
    case 'In':
      return value !== undefined && values.includes(value);
    case 'NotIn':
      return value === undefined || !values.includes(value);
    case 'Exists':
      return value !== undefined;
    case 'DoesNotExist':
      return value === undefined;
    case 'Gt':
    case 'Lt': {
      const left = integer(value);
      const right = integer(values[0]);
      return left !== undefined && right !== undefined && (operator === 'Gt' ? left > right : left < right);
    }
  }
}

/** The 64-bit integer a text spells, as strconv.ParseInt reads it. */
function integer(text: string | undefined): bigint | undefined {
  if (text === undefined || !/^[-+]?[0-9]+$/.test(text)) return undefined;
  const value = BigInt(text.replace('+', ''));
  return value === BigInt.asIntN(64, value) ? value : undefined;
}

/** The label pairs that everything the selector matches must have; what an index of labels can look up. */
export function requiredPairs(selector: Selector): Map<string, string> {
  const pairs = new Map<string, string>();
  if (selector === 'nothing') return pairs;
  for (const { key, operator, values } of selector.requirements) {
    const [value] = values;
    if (operator === 'In' && values.length === 1 && value !== undefined) pairs.set(key, value);
  }
  return pairs;
}

/** True when the selector says nothing beyond its `requiredPairs`. */
export function isEqualityOnly(selector: Selector): boolean {
  return (
    selector !== 'nothing' &&
    selector.requirements.every(({ operator, values }) => operator === 'In' && values.length === 1)
  );
}
