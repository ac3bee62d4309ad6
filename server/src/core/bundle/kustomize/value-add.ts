/** ValueAddTransformer: one text put into fields of many objects, or into the file paths that stand there. */
import type { Scalar, Value } from '../../value';
import { get, items as itemsOf, number, scalar } from '../../value';
import type { Context } from './context';
import { splitPath } from './field-spec';
import type { Item } from './item';
import type { Root } from './kustomization';
import { asText, changedText, derived, text } from './made';
import { setNamespace } from './namespace';
import { valueOf } from './load';
import { readTable } from './local-file';
import { fail } from './problem';
import { selectItems } from './select';
import { setIn } from './tree';

/** Sets the value in all fields that the transformer names; without one the name of the folder is the value. */
export function addValue(context: Context, root: Root, items: readonly Item[], written: Value): void {
  const found = scalar(written, 'value');
  const own = found?.text.trim() ?? '';
  const folder = decodeURIComponent(root.folder.slice(root.folder.lastIndexOf('/') + 1));
  const value =
    found && own !== '' ? { ...asText(found), text: own, value: own } : text(folder, derived(written.origin));
  const targets = [
    ...itemsOf(get(written, 'targets')),
    ...targetsOfFile(context, root, scalar(written, 'targetFilePath')),
  ];
  if (targets.length === 0)
    fail('invalid-configuration', 'a ValueAddTransformer has at least one target', written.origin);
  for (const target of targets) addTo(items, target, value);
}

function targetsOfFile(context: Context, root: Root, path: Scalar | undefined): readonly Value[] {
  if (!path || path.text === '') return [];
  return itemsOf(get(valueOf(readTable(context, root, path)), 'targets'));
}

function addTo(items: readonly Item[], target: Value, value: Scalar): void {
  const path = scalar(target, 'fieldPath');
  if (!path || path.text === '') return fail('invalid-configuration', 'a target has a fieldPath', target.origin);
  const position = number(get(target, 'filePathPosition')) ?? 0;
  if (position < 0) fail('invalid-configuration', 'filePathPosition is not negative', target.origin);
  const selector = get(target, 'selector');
  const chosen = selector?.type === 'map' ? selectItems(items, selector) : items;
  if (path.text === 'metadata/namespace') {
    setNamespace(chosen, value, []);
    return;
  }
  const keys = splitPath(path.text);
  for (const item of chosen) {
    const old = get(item.tree, ...keys);
    if (old && old.type !== 'scalar') fail('invalid-configuration', `${path.text} is no text`, old.origin);
    const before = old?.type === 'scalar' ? old : text('', derived(value.origin));
    const now = position > 0 ? withPart(before.text, position - 1, value.text) : value.text;
    item.tree = setIn(item.tree, keys, changedText(before, now, value.origin), value.origin);
  }
}

/** The file path with another part in it; one beyond its end comes last. The result is as short as Go's `filepath.Join` makes it. */
function withPart(path: string, position: number, part: string): string {
  const start = path.startsWith('/') ? '/' : '';
  const parts = path.split('/').filter((name) => name !== '');
  return start + joined(parts.toSpliced(position, 0, part), position === 0 && part.startsWith('/'));
}

function joined(parts: readonly string[], isAbsolute: boolean): string {
  const result: string[] = [];
  for (const part of parts.flatMap((one) => one.split('/'))) {
    if (part === '' || part === '.') continue;
    if (part !== '..' || (result.at(-1) ?? '..') === '..') result.push(part);
    else result.pop();
  }
  const path = result.join('/');
  return isAbsolute ? `/${path.replace(/^(?:\.\.(?:\/|$))+/, '')}` : path || '.';
}
