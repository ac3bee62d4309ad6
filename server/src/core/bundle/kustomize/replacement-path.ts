/** Field paths of replacements: keys, indices, `[key=value]`, `*` and `-` (kyaml/yaml PathGetter and PathMatcher). */
import type { MapValue, Origin, Scalar, Span, Value } from '../../value';
import { entry, get } from '../../value';
import { list, map, text } from './made';
import { compilePattern } from './pattern';
import { fail } from './problem';
import { withEntry, withItems } from './tree';

/** Cuts a path at its dots; those in brackets and those behind a backslash belong to a part. `[a.b]` is a key. */
export function pathParts(path: string): string[] {
  const raw: string[] = [];
  for (const part of path.split('.')) {
    const last = raw.at(-1);
    if (last?.endsWith('\\')) raw[raw.length - 1] = `${last.slice(0, -1)}.${part}`;
    else raw.push(part);
  }
  const parts: string[] = [];
  for (let at = 0; at < raw.length; at++) {
    let part = raw[at] ?? '';
    if (part.startsWith('[')) while (!part.endsWith(']') && at < raw.length - 1) part += `.${raw[++at] ?? ''}`;
    parts.push(/^\[[^=]*\]$/.test(part) ? part.slice(1, -1) : part);
  }
  return parts;
}

interface Choice {
  readonly key: string;
  readonly value: string;
}

/** `[name=web]`, or `[=web]` for an item that is a text. */
function choiceOf(part: string): Choice | undefined {
  if (!part.startsWith('[') || !part.endsWith(']')) return undefined;
  const inner = part.slice(1, -1);
  const equals = inner.indexOf('=');
  return equals < 0 ? undefined : { key: inner.slice(0, equals), value: inner.slice(equals + 1) };
}

const isIndex = (part: string): boolean => /^\d+$/.test(part);

function textOf(value: Value | undefined): string | undefined {
  return value?.type === 'scalar' ? value.text : undefined;
}

/** The one value at a path; undefined when there is none. */
export function lookUp(tree: MapValue, parts: readonly string[], at: Span): Value | undefined {
  let value: Value | undefined = tree;
  for (const part of parts) {
    if (value === undefined) return undefined;
    const choice = choiceOf(part);
    if (value.type === 'list') {
      if (choice)
        value = value.items.find(
          (item) => (choice.key === '' ? textOf(item) : textOf(get(item, choice.key))) === choice.value,
        );
      else if (part === '-') value = value.items.at(-1);
      else if (isIndex(part)) value = value.items[Number(part)];
      else return fail('field-not-found', `${part} is a key, and a list stands there`, at);
    } else if (value.type === 'map' && !choice) value = get(value, part);
    else return undefined;
  }
  return value;
}

export interface Creating {
  readonly type: Value['type'];
  readonly at: Origin;
}

type Set = (old: Value | undefined) => Value;

/** Changes every value at a path, making what is missing where that is asked for. `count` says how many there were. */
export function changeAt(
  tree: MapValue,
  parts: readonly string[],
  create: Creating | undefined,
  at: Span,
  set: Set,
): { readonly tree: Value; readonly count: number } {
  let count = 0;
  const walk = (value: Value | undefined, left: readonly string[]): Value | undefined => {
    const [part, ...rest] = left;
    if (part === undefined) {
      count++;
      return set(value);
    }
    if (value === undefined) return create && walk(empty(part, create), left);
    const choice = choiceOf(part);
    if (value.type === 'map' && !choice && part !== '*') return inMap(value, part, rest);
    if (value.type === 'list') {
      if (choice) return inChosen(value, choice, rest);
      if (part === '*')
        return withItems(
          value,
          value.items.map((item) => walk(item, rest) ?? item),
        );
      if (isIndex(part)) return inIndex(value, Number(part), rest);
      return fail('field-not-found', `${part} is a key, and a list stands there`, at);
    }
    if (value.type === 'map' && part === '*')
      return fail('field-not-found', '* stands for the items of a list, and a map stands there', at);
    if (value.type === 'scalar' && value.value === null && create) return walk(empty(part, create), left);
    return value.type === 'scalar' && value.value !== null
      ? fail('field-not-found', `${part} leads into a text`, at)
      : value;
  };
  const inMap = (value: MapValue, key: string, rest: readonly string[]): Value => {
    const found = entry(value, key);
    if (!found && !create) return value;
    const changed = walk(found?.value, rest);
    return changed === undefined || changed === found?.value
      ? value
      : withEntry(value, found?.key ?? text(key, { ...(create?.at ?? value.origin), verbatim: false }), changed);
  };
  const inIndex = (value: Value & { type: 'list' }, index: number, rest: readonly string[]): Value => {
    const old = value.items[index];
    if (old === undefined && !(create && index === value.items.length))
      return fail('field-not-found', `the list has no item ${index}`, at);
    const changed = walk(old, rest);
    if (changed === undefined) return value;
    return withItems(value, old === undefined ? [...value.items, changed] : value.items.with(index, changed));
  };
  const inChosen = (value: Value & { type: 'list' }, choice: Choice, rest: readonly string[]): Value => {
    const pattern = compilePattern(choice.value);
    const isChosen = (item: Value) => {
      const word = choice.key === '' ? textOf(item) : textOf(get(item, choice.key));
      return word !== undefined && (pattern?.some(word) ?? word === choice.value);
    };
    const changed = value.items.map((item) => (isChosen(item) ? (walk(item, rest) ?? item) : item));
    if (!create || value.items.some(isChosen)) return withItems(value, changed);
    const origin = { ...create.at, verbatim: false };
    const key: Scalar = text(choice.key, origin);
    const item =
      choice.key === '' ? text(choice.value, origin) : map([{ key, value: text(choice.value, origin) }], origin);
    const made = walk(item, rest);
    return withItems(value, [...value.items, made ?? item]);
  };
  const result = walk(tree, parts);
  return { tree: result ?? tree, count };
}

/** What must stand where a part of a path leads on. */
function empty(part: string, { at }: Creating): Value {
  const origin = { ...at, verbatim: false };
  return choiceOf(part) || isIndex(part) || part === '-' ? list([], origin) : map([], origin);
}
