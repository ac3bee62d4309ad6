/**
 * `${NAME}` in built objects (Flux `postBuild`, drone/envsubst). Flux writes an object as YAML, replaces text, and reads
 * it again, so a text that is one variable becomes whatever its value reads as. A variable without a known value stays:
 * it may be given elsewhere, and text that holds it counts as templated.
 */
import { resolvePlain } from '../../scalars';
import type { MapValue, Scalar, Span, Value } from '../../value';
import { changedText, spansOf } from './made';

export interface Variables {
  /** Undefined where a variable has a value that is not known here. */
  readonly values: ReadonlyMap<string, Scalar | undefined>;
  /** There may be more variables than these. */
  readonly isOpen: boolean;
}

/** The object with its variables replaced. Without any variable Flux replaces nothing, not even by defaults. */
export function substitute(tree: MapValue, variables: Variables): MapValue {
  if (variables.values.size === 0) return tree;
  const changed = inValue(tree, variables);
  return changed.type === 'map' ? changed : tree;
}

function inValue(value: Value, variables: Variables): Value {
  if (value.type === 'scalar') return inScalar(value, variables);
  if (value.type === 'list') {
    const items = value.items.map((item) => inValue(item, variables));
    return items.some((item, index) => item !== value.items[index]) ? { ...value, items } : value;
  }
  const entries = value.entries.map((entry) => {
    const key = asKey(inScalar(entry.key, variables));
    const child = inValue(entry.value, variables);
    return key === entry.key && child === entry.value ? entry : { key, value: child };
  });
  return entries.some((entry, index) => entry !== value.entries[index]) ? { ...value, entries } : value;
}

function asKey(key: Scalar): Scalar {
  return typeof key.value === 'string' ? key : { ...key, value: key.text };
}

function inScalar(old: Scalar, variables: Variables): Scalar {
  if (!old.text.includes('${')) return old;
  const via: Span[] = [];
  const text = expand(old.text, variables, via);
  if (text === old.text) return old;
  const changed = changedText(old, text, ...via);
  return { ...changed, value: isWrittenPlain(old.text) ? resolvePlain(text, 'kubectl') : text };
}

/** The text is written without quotes when the object is written as YAML. */
function isWrittenPlain(text: string): boolean {
  return /^[^\s#&*!|>'"%@`{}[\],?:-][^\n]*$/.test(text) && !/: | #|:$|\s$/.test(text);
}

/** The text with its variables replaced; places of their values go to `via`. */
function expand(text: string, variables: Variables, via: Span[]): string {
  let result = '';
  let at = 0;
  for (let start = text.indexOf('${'); start >= 0; start = text.indexOf('${', at)) {
    const end = closing(text, start + 2);
    if (end === undefined) break;
    // Two dollar signs stand for one, and nothing is replaced.
    const isEscaped = text[start - 1] === '$' && start > at;
    result += text.slice(at, isEscaped ? start - 1 : start);
    const whole = text.slice(start, end + 1);
    result += isEscaped ? whole : (valueOf(text.slice(start + 2, end), variables, via) ?? whole);
    at = end + 1;
  }
  return result + text.slice(at);
}

/** The brace that ends a variable; braces inside of it come in pairs. */
function closing(text: string, from: number): number | undefined {
  let depth = 0;
  for (let at = from; at < text.length; at++) {
    if (text[at] === '{') depth++;
    else if (text[at] === '}' && depth-- === 0) return at;
  }
  return undefined;
}

/** What stands between the braces, if that is known. A default stands for what has no value, or an empty one. */
function valueOf(inner: string, variables: Variables, via: Span[]): string | undefined {
  const parts = /^([A-Za-z_]\w*)(:[-=]|=|\^\^?|,,?|)([\s\S]*)$/.exec(inner);
  if (!parts) return undefined;
  const [, name = '', operator = '', rest = ''] = parts;
  const isDefault = /[-=]$/.test(operator);
  const isUnknown = variables.values.has(name) ? variables.values.get(name) === undefined : variables.isOpen;
  if (isUnknown || (!isDefault && rest !== '')) return undefined;
  const value = variables.values.get(name);
  const text = value?.text.replaceAll('\n', '');
  if (isDefault && !text) return expand(unquoted(rest), variables, via);
  if (!value || text === undefined) return undefined;
  via.push(...spansOf(value.origin));
  if (operator.startsWith('^')) return cased(text, operator, (part) => part.toUpperCase());
  if (operator.startsWith(',')) return cased(text, operator, (part) => part.toLowerCase());
  return text;
}

/** One letter as operator changes the first letter, two change all. */
function cased(text: string, operator: string, change: (text: string) => string): string {
  return operator.length === 2 ? change(text) : change(text.slice(0, 1)) + text.slice(1);
}

/** The quotes around a default are read as YAML reads them. */
function unquoted(text: string): string {
  return /^(["'])[^"']*\1$/.test(text) ? text.slice(1, -1) : text;
}
