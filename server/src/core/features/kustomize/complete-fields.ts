/** Names of fields where one is being written; read from the lines, since what is half written is no YAML yet. */
import type { KnownField } from '../../bundle/kustomize/kustomization-fields';
import { fieldsBelow } from '../../bundle/kustomize/kustomization-fields';
import type { Completion } from './completion';

/** Fields that newer ones replace. */
const deprecated: ReadonlySet<string> = new Set([
  'bases',
  'commonLabels',
  'env',
  'helmChartInflationGenerator',
  'imageTags',
  'patchesJson6902',
  'patchesStrategicMerge',
  'vars',
]);

export function fieldCompletions(uri: string, text: string, offset: number): Completion[] {
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  const typed = /^((?: |- )*)(\w*)$/.exec(text.slice(start, offset));
  const rest = /^[^\r\n]*/.exec(text.slice(offset))?.[0] ?? '';
  if (!typed || rest.trim() !== '') return [];
  const [, indent = '', word = ''] = typed;
  const at = { uri, start: offset - word.length, end: offset };
  const path = namesAbove(text.slice(0, start).split('\n'), indent.length);
  const written = path.length === 0 ? new Set([...text.matchAll(/^(\w+):/gm)].map((match) => match[1])) : new Set();
  return fieldsBelow(path)
    .filter(({ name }) => !written.has(name) && !deprecated.has(name))
    .map((field) => ({ type: 'field', label: field.name, at, newText: beginning(field, indent.length) }));
}

/** The names of the fields around a column, outermost first. */
function namesAbove(lines: readonly string[], column: number): string[] {
  const names: string[] = [];
  let inside = column;
  for (const line of [...lines].reverse()) {
    const found = /^((?: |- )*)(\w+):/.exec(line);
    const [, indent = '', name = ''] = found ?? [];
    if (!found || indent.length >= inside) continue;
    names.unshift(name);
    inside = indent.length;
  }
  return names;
}

function beginning({ name, holds }: KnownField, column: number): string {
  const below = `\n${' '.repeat(column + 2)}`;
  return holds === 'scalar' ? `${name}: ` : holds === 'list' ? `${name}:${below}- ` : `${name}:${below}`;
}
