/** Values as YAML, line by line, with the places the lines come from. Reads back as the same values with every reader. */
import { resolvePlain } from './scalars';
import type { Entry, Origin, Scalar, Value } from './value';

export interface YamlLine {
  readonly text: string;
  /** Where a person would edit what the line says. */
  readonly origin: Origin;
}

/** The lines of a document, keys sorted as kubectl prints them. The last of equal keys counts. */
export function yamlLines(value: Value): YamlLine[] {
  return linesOf(value, '');
}

function linesOf(value: Value, indent: string): YamlLine[] {
  if (value.type === 'scalar') {
    const [first = '', ...rest] = scalarLines(value, indent);
    return [`${indent}${first}`, ...rest].map((text) => ({ text, origin: value.origin }));
  }
  if (isEmpty(value)) return [{ text: `${indent}${value.type === 'map' ? '{}' : '[]'}`, origin: value.origin }];
  if (value.type === 'list') return value.items.flatMap((item) => itemLines(item, indent));
  return sortedEntries(value.entries).flatMap((entry) => entryLines(entry, indent));
}

function isEmpty(value: Value): boolean {
  return value.type === 'map' ? value.entries.length === 0 : value.type === 'list' && value.items.length === 0;
}

function sortedEntries(entries: readonly Entry[]): Entry[] {
  const last = new Map(entries.map((entry) => [entry.key.text, entry]));
  return [...last.values()].sort((a, b) => (a.key.text < b.key.text ? -1 : 1));
}

/** The dash stands in the indentation of the item's first line. */
function itemLines(item: Value, indent: string): YamlLine[] {
  const [first, ...rest] = linesOf(item, `${indent}  `);
  return first ? [{ ...first, text: `${indent}- ${first.text.slice(indent.length + 2)}` }, ...rest] : [];
}

function entryLines({ key, value }: Entry, indent: string): YamlLine[] {
  const name = `${indent}${plainOrQuoted(key.text)}:`;
  if (value.type === 'scalar') {
    const [first = '', ...rest] = scalarLines(value, `${indent}  `);
    return [`${name} ${first}`, ...rest].map((text) => ({ text, origin: value.origin }));
  }
  if (isEmpty(value)) return [{ text: `${name} ${value.type === 'map' ? '{}' : '[]'}`, origin: value.origin }];
  // Lists stand as deep as their key, as kubectl prints them.
  return [{ text: name, origin: key.origin }, ...linesOf(value, value.type === 'list' ? indent : `${indent}  `)];
}

function scalarLines({ value }: Scalar, indent: string): string[] {
  if (typeof value !== 'string') return [String(value)];
  if (!isBlock(value)) return [plainOrQuoted(value)];
  const end = /\n*$/.exec(value)?.[0].length ?? 0;
  const lines = value.slice(0, value.length - end).split('\n');
  const more = Array.from({ length: Math.max(end - 1, 0) }, () => '');
  return [
    end === 0 ? '|-' : end === 1 ? '|' : '|+',
    ...lines.map((line) => (line === '' ? '' : indent + line)),
    ...more,
  ];
}

/** Texts of several lines that a literal block holds as they are. */
function isBlock(text: string): boolean {
  return (
    /\n/.test(text) &&
    /^[^\s]/.test(text) &&
    !/[ \t]\n|[ \t]$|[^\n\t\x20-\x7e\u00a0-\ud7ff\ue000-\ufefe\uff00-\uffef]/.test(text)
  );
}

const plain = /^[A-Za-z0-9_./$(][\w ./$()@+=%~^,;<>*?!&-]*$/;

function plainOrQuoted(text: string): string {
  const isPlain =
    plain.test(text) &&
    !text.endsWith(' ') &&
    !/ #|: /.test(text) &&
    resolvePlain(text, 'kubectl') === text &&
    resolvePlain(text, 'kustomize') === text;
  return isPlain ? text : JSON.stringify(text).replace(/\u007f/g, '\\u007f');
}
