/** Selectors as text, in the syntax of kubectl's `--selector`: `app=web,tier in (a,b),!old,size>1`. */
import {
  readRequirement,
  requirementProblems,
  type Requirement,
  type Selector,
  type WrittenRequirement,
} from './labels';
import { labelValue, qualifiedName } from './names';

/** The selector as text: `app=web,tier in (a,b)`; the words `nothing` and `everything` where there is no syntax. */
export function formatSelector(selector: Selector): string {
  if (selector === 'nothing') return 'nothing';
  return selector.requirements.length === 0 ? 'everything' : selector.requirements.map(formatRequirement).join(',');
}

/** One requirement as text: `app=web`, `tier notin (a,b)`, `!old`. */
export function formatRequirement({ key, operator, values }: Requirement): string {
  const list = values.join(',');
  switch (operator) {
    case 'In':
      return values.length === 1 ? `${key}=${list}` : `${key} in (${list})`;
    case 'NotIn':
      return values.length === 1 ? `${key}!=${list}` : `${key} notin (${list})`;
    case 'Exists':
      return key;
    case 'DoesNotExist':
      return `!${key}`;
    case 'Gt':
      return `${key}>${list}`;
    case 'Lt':
      return `${key}<${list}`;
  }
}

const textOperators: ReadonlyMap<string, string> = new Map([
  ['=', '='],
  ['==', '=='],
  ['!=', '!='],
  ['>', 'Gt'],
  ['<', 'Lt'],
  ['in', 'In'],
  ['notin', 'NotIn'],
]);

const isWord = (token: string): boolean => !/^[=!(),<>]/.test(token);

/**
 * Reads the text of a selector as labels.Parse of apimachinery does. The empty text matches everything. A text that is
 * not a selector gives the reason as a sentence.
 */
export function parseSelector(text: string): Selector | { readonly problem: string } {
  const tokens = text.match(/==|!=|[=!(),<>]|[^ \t\r\n=!(),<>]+/g) ?? [];
  const requirements: Requirement[] = [];
  let at = 0;
  while (at < tokens.length) {
    const read = readOne(tokens, at);
    if ('problem' in read) return read;
    const requirement = readRequirement(read.written);
    if (requirement === undefined) {
      const [first] = requirementProblems(read.written);
      return {
        problem: `in "${text}", the ${first?.field ?? 'requirement'} of "${read.written.key}" ${first?.problem ?? ''}`,
      };
    }
    requirements.push(requirement);
    at = read.next;
    if (at === tokens.length) break;
    if (tokens[at] !== ',') return { problem: `found "${tokens[at] ?? ''}" where a comma or the end was expected` };
    at++;
    if (at === tokens.length) return { problem: 'found the end where a label key was expected after the comma' };
  }
  return { requirements };
}

type Read = { readonly written: WrittenRequirement; readonly next: number } | { readonly problem: string };

function readOne(tokens: readonly string[], start: number): Read {
  const negated = tokens[start] === '!';
  const at = negated ? start + 1 : start;
  const key = tokens[at];
  if (key === undefined || !isWord(key))
    return { problem: `found "${key ?? 'the end'}" where a label key was expected` };
  if (negated) return { written: { key, operator: 'DoesNotExist' }, next: at + 1 };
  const sign = tokens[at + 1];
  if (sign === undefined || sign === ',') return { written: { key, operator: 'Exists' }, next: at + 1 };
  const operator = textOperators.get(sign);
  if (operator === undefined) return { problem: `found "${sign}" where an operator was expected after "${key}"` };
  if (operator === 'In' || operator === 'NotIn') return readList(tokens, at + 2, key, operator);
  const value = tokens[at + 2];
  if (value === undefined || value === ',') return { written: { key, operator, values: [''] }, next: at + 2 };
  if (!isWord(value)) return { problem: `found "${value}" where a value was expected after "${key}${sign}"` };
  return { written: { key, operator, values: [value] }, next: at + 3 };
}

/** Reads `(a,b)`; a gap between commas is the empty value. */
function readList(tokens: readonly string[], start: number, key: string, operator: string): Read {
  if (tokens[start] !== '(') return { problem: `found "${tokens[start] ?? 'the end'}" where "(" was expected` };
  const values: string[] = [];
  let pending = '';
  for (let at = start + 1; at < tokens.length; at++) {
    const token = tokens[at] ?? '';
    if (token === ')') return { written: { key, operator, values: [...values, pending] }, next: at + 1 };
    if (token === ',') {
      values.push(pending);
      pending = '';
    } else if (isWord(token) && pending === '') {
      pending = token;
    } else {
      return { problem: `found "${token}" where a comma or ")" was expected` };
    }
  }
  return { problem: `the list of values of "${key}" has no closing ")"` };
}

/**
 * Reads `key=value,key=value` and nothing else, as labels.ConvertSelectorToLabelsMap does; undefined for other texts.
 */
export function parsePairs(text: string): Map<string, string> | undefined {
  const pairs = new Map<string, string>();
  if (text === '') return pairs;
  for (const item of text.split(',')) {
    const [key, value, rest] = item.split('=').map((part) => part.trim());
    if (key === undefined || value === undefined || rest !== undefined) return undefined;
    if (qualifiedName(key) !== undefined || labelValue(value) !== undefined) return undefined;
    pairs.set(key, value);
  }
  return pairs;
}
