/**
 * Fields of a kustomization written as the fields that took their place, as `kustomize edit fix` does it, but line by
 * line, so that comments and quotes stay, and only where the same comes out.
 */
import type { TextEdit } from '../../finding';
import { columnOf } from '../../text';
import type { Entry, MapValue, Value } from '../../value';
import { entries, entry, get, items, scalar } from '../../value';

/** A kustomization and its file. */
export interface Source {
  readonly uri: string;
  readonly text: string;
  readonly tree: MapValue;
}

/** How the lines of one field become lines of another. The list starts with its dashes at a column. */
type Items = (source: Source, from: Entry, column: number) => string | undefined;

/** Moves the items of a list field to another list field; undefined where it is not written in lines. */
export function moveItems(source: Source, from: Entry, to: string): readonly TextEdit[] | undefined {
  if (!entry(source.tree, to)) return [{ at: spanOf(from.key), newText: to }];
  return move(source, from, to, 'last', (_, { value }, column) => {
    const [first] = value.type === 'list' ? value.items : [];
    if (value.type !== 'list' || value.flow || !first) return undefined;
    return indented(bodyLines(source, from), column - dashColumn(source.text, first));
  });
}

/** What changes objects after `patches` and before `patchesJson6902`. */
const between = ['namespace', 'namePrefix', 'nameSuffix', 'commonLabels', 'labels', 'commonAnnotations'];

/** Words of fields that these change, and of targets that ask for them. */
const changedBetween = /metadata|labels?|selector|annotations?|namespace|subjects|[nN]ame\b/i;

/** Moves `patchesJson6902`; undefined where these patches would meet other values, being applied earlier than now. */
export function moveOperations(source: Source, from: Entry, to: string): readonly TextEdit[] | undefined {
  const meets = items(from.value).some((item) => {
    const target = entries(get(item, 'target')).map(({ key }) => key.text);
    const operations = scalar(item, 'patch')?.text;
    const isRenamed = target.includes('name') && ['namePrefix', 'nameSuffix'].some((key) => entry(source.tree, key));
    return (
      operations === undefined ||
      isRenamed ||
      changedBetween.test(operations) ||
      target.some((key) => /^(?:namespace|\w+Selector)$/.test(key))
    );
  });
  return meets && between.some((key) => entry(source.tree, key)) ? undefined : moveItems(source, from, to);
}

/** Writes paths and objects of `patchesStrategicMerge` as items of `patches`, before those that are there: they come first. */
export function movePatches(source: Source, from: Entry, to: string): readonly TextEdit[] | undefined {
  return move(source, from, to, 'first', ({ text }, { value }, column) => {
    const [first] = value.type === 'list' ? value.items : [];
    if (value.type !== 'list' || value.flow || !first) return undefined;
    const start = bodyStart(text, from);
    let body = '';
    let at = start;
    for (const item of value.items) {
      if (item.type !== 'scalar') return undefined;
      body += text.slice(at, item.origin.start);
      at = item.origin.start;
      if (item.style !== 'block') {
        body += item.text.includes('\n') ? 'patch: ' : 'path: ';
        continue;
      }
      // A block with its indentation written out would have to be counted anew.
      const end = blockEnd(text, item);
      const block = text.slice(at, end);
      if (/^[|>][+-]?\d/.test(block)) return undefined;
      body += `patch: ${block.replace(/\n(?=[^\n])/g, '\n  ')}`;
      at = end;
    }
    body += text.slice(at, bodyEnd(text, from));
    return indented(body, column - dashColumn(text, first));
  });
}

/** Writes `commonLabels` as an entry of `labels` that goes into selectors too. */
export function moveLabels(source: Source, from: Entry, to: string): readonly TextEdit[] | undefined {
  return move(source, from, to, 'last', ({ text }, { value }, column) => {
    if (value.type !== 'map') return undefined;
    const dash = ' '.repeat(column);
    const head = `${dash}- includeSelectors: true\n${dash}  pairs:`;
    if (value.flow) return `${head} ${text.slice(value.origin.start, value.origin.end)}\n`;
    const [first] = value.entries;
    if (!first) return undefined;
    return `${head}\n${indented(bodyLines(source, from), column + 4 - columnOf(text, first.key.origin.start))}`;
  });
}

/** The new lines stand before or behind the list that is there, or in place of the old field. */
function move(
  source: Source,
  from: Entry,
  to: string,
  place: 'first' | 'last',
  linesOf: Items,
): readonly TextEdit[] | undefined {
  const { uri, text, tree } = source;
  const there = entry(tree, to);
  if (tree.flow || columnOf(text, from.key.origin.start) !== 0 || !isWrittenOut(text, from)) return undefined;
  const keyStart = from.key.origin.start;
  const end = bodyEnd(text, from);
  if (!there) {
    const lines = linesOf(source, from, 2);
    if (lines === undefined) return undefined;
    const isOneLine = bodyStart(text, from) >= end;
    const head = isOneLine ? `${to}:\n` : text.slice(keyStart, bodyStart(text, from)).replace(/^[^:]*/, to);
    return [{ at: { uri, start: keyStart, end }, newText: head + lines }];
  }
  const last = there.value.type === 'list' && !there.value.flow ? there.value.items.at(-1) : undefined;
  if (!last) return undefined;
  const lines = linesOf(source, from, dashColumn(text, last));
  if (lines === undefined) return undefined;
  const at = place === 'first' ? bodyStart(text, there) : bodyEnd(text, there);
  const start = text[at - 1] === '\n' || at === 0 ? '' : '\n';
  return [
    { at: { uri, start: keyStart, end }, newText: '' },
    { at: { uri, start: at, end: at }, newText: start + lines },
  ];
}

/** No anchor, alias or tag stands in the field: what such a one means may depend on where it stands. */
function isWrittenOut(text: string, { key, value }: Entry): boolean {
  let end = key.origin.end;
  const follows = ({ origin }: Value): boolean => {
    const between = text.slice(end, origin.start).replace(/#[^\n]*/g, '');
    return origin.start >= end && !/[&*!]/.test(between);
  };
  const reads = (part: Value): boolean => {
    if (!follows(part)) return false;
    if (part.type === 'map') return part.entries.every((one) => reads(one.key) && reads(one.value));
    if (part.type === 'list') return part.items.every(reads);
    end = part.origin.end;
    return true;
  };
  return reads(value);
}

/** The lines below the key of a field, with the comments between them, each with its line end. */
function bodyLines({ text }: Source, from: Entry): string {
  const body = text.slice(bodyStart(text, from), bodyEnd(text, from));
  return body === '' || body.endsWith('\n') ? body : `${body}\n`;
}

function bodyStart(text: string, { key }: Entry): number {
  return nextLine(text, key.origin.end);
}

/** Behind the last line of a field's value. */
function bodyEnd(text: string, { key, value }: Entry): number {
  return Math.max(nextLine(text, key.origin.end), contentEnd(text, value));
}

function contentEnd(text: string, value: Value): number {
  const last: Value | undefined =
    value.type === 'list' ? value.items.at(-1) : value.type === 'map' ? value.entries.at(-1)?.value : undefined;
  if (last && !(value.type !== 'scalar' && value.flow)) return contentEnd(text, last);
  if (value.type === 'scalar' && value.style === 'block') return blockEnd(text, value);
  const { start, end } = value.origin;
  return nextLine(text, start + text.slice(start, end).trimEnd().length);
}

/** Behind the last line of a block that says something. */
function blockEnd(text: string, { origin: { start, end } }: Value): number {
  return nextLine(text, start + text.slice(start, end).trimEnd().length);
}

function nextLine(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end < 0 ? text.length : end + 1;
}

function spanOf({ origin: { uri, start, end } }: Value) {
  return { uri, start, end };
}

function dashColumn(text: string, item: Value): number {
  return columnOf(text, text.lastIndexOf('-', item.origin.start - 1));
}

/** The lines moved to the right, or to the left as far as they reach. */
function indented(lines: string, by: number): string {
  const whole = lines === '' || lines.endsWith('\n') ? lines : `${lines}\n`;
  if (by === 0) return whole;
  return by > 0 ? whole.replace(/^(?=[^\r\n])/gm, ' '.repeat(by)) : whole.replace(new RegExp(`^ {1,${-by}}`, 'gm'), '');
}
