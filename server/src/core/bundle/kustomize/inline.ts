/** YAML inside a text of YAML: a patch written in a block scalar, with the offsets of the file around it. */
import type { Origin, Scalar, Value } from '../../value';

/** A text whose every offset has a place in a file. */
export interface InlineText {
  readonly text: string;
  /** The offset in the file, or undefined where the text is not written there as it is. */
  readonly place: (offset: number) => number | undefined;
  readonly whole: Origin;
}

/** The decoded text of a scalar of `file`, without white space at both ends, as kustomize trims it. */
export function inlineText(scalar: Scalar, file: string): InlineText {
  const { start, end } = scalar.origin;
  const place = lines(scalar, file.slice(start, end), start);
  const trimmed = scalar.text.trim();
  const cut = scalar.text.length - scalar.text.trimStart().length;
  return { text: trimmed, place: (offset) => place(offset + cut), whole: scalar.origin };
}

/** How offsets of the decoded text stand in the file: line by line in literal blocks, as a whole where both are equal. */
function lines({ text, style }: Scalar, raw: string, start: number): (offset: number) => number | undefined {
  if (style !== 'block') {
    const inset = style === 'plain' ? 0 : 1;
    const isEqual = raw.slice(inset, raw.length - inset) === text;
    return (offset) => (isEqual ? start + inset + offset : undefined);
  }
  if (!raw.startsWith('|')) return () => undefined;
  const decoded = text.split('\n');
  const written = raw.split('\n').slice(1);
  const first = decoded.findIndex((line) => line !== '');
  const indent = (written[first] ?? '').indexOf(decoded[first]?.trimEnd() ?? '');
  if (first < 0 || indent < 0) return () => undefined;
  const from: number[] = [];
  const to: number[] = [];
  let at = 0;
  let rawAt = start + raw.indexOf('\n') + 1;
  decoded.forEach((line, index) => {
    from.push(at);
    to.push(rawAt + Math.min(indent, (written[index] ?? '').length));
    at += line.length + 1;
    rawAt += (written[index] ?? '').length + 1;
  });
  return (offset) => {
    let low = 0;
    let high = from.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((from[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return (to[low] ?? start) + offset - (from[low] ?? 0);
  };
}

/** The value read from an inline text, with its places in the file. */
export function placed(value: Value, inline: InlineText): Value {
  const origin = originOf(value.origin, inline);
  switch (value.type) {
    case 'scalar':
      return { ...value, origin };
    case 'list':
      return { ...value, origin, items: value.items.map((item) => placed(item, inline)) };
    case 'map':
      return {
        ...value,
        origin,
        entries: value.entries.map((item) => ({
          key: { ...item.key, origin: originOf(item.key.origin, inline) },
          value: placed(item.value, inline),
        })),
      };
  }
}

function originOf({ start, end, verbatim }: Origin, { place, whole }: InlineText): Origin {
  const from = place(start);
  const to = place(end);
  return from === undefined || to === undefined
    ? { ...whole, verbatim: false }
    : { uri: whole.uri, start: from, end: to, verbatim };
}
