/** Unified diffs, as `git apply` and `patch` read them. */

type Line = readonly [mark: ' ' | '-' | '+', text: string];

const CONTEXT = 3;

/** The diff of one file; empty where nothing has changed. `file` is its path with slashes. */
export function unifiedDiff(file: string, before: string, after: string): string {
  const lines = compare(split(before), split(after));
  const hunks = cut(lines);
  if (hunks.length === 0) return '';
  return [`--- a/${file}\n`, `+++ b/${file}\n`, ...hunks].join('');
}

/** Lines with their ends, so that line ends are compared too. */
function split(text: string): string[] {
  return text === '' ? [] : (text.match(/[^\n]*\n|[^\n]+$/g) ?? []);
}

/** Myers' shortest edit script, between what both have in common at the start and the end. */
function compare(a: readonly string[], b: readonly string[]): Line[] {
  let head = 0;
  while (head < a.length && head < b.length && a[head] === b[head]) head++;
  let tail = 0;
  while (tail < Math.min(a.length, b.length) - head && a[a.length - 1 - tail] === b[b.length - 1 - tail]) tail++;
  const same = (text: string): Line => [' ', text];
  return [
    ...a.slice(0, head).map(same),
    ...script(a.slice(head, a.length - tail), b.slice(head, b.length - tail)),
    ...a.slice(a.length - tail).map(same),
  ];
}

function script(a: readonly string[], b: readonly string[]): Line[] {
  const trace: Map<number, number>[] = [];
  let reached = new Map([[1, 0]]);
  const end = (): Line[] => {
    for (let edits = 0; edits <= a.length + b.length; edits++) {
      trace.push(reached);
      const next = new Map(reached);
      for (let diagonal = -edits; diagonal <= edits; diagonal += 2) {
        const down = diagonal === -edits || (diagonal !== edits && at(next, diagonal - 1) < at(next, diagonal + 1));
        let x = down ? at(next, diagonal + 1) : at(next, diagonal - 1) + 1;
        while (x < a.length && x - diagonal < b.length && a[x] === b[x - diagonal]) x++;
        next.set(diagonal, x);
        if (x >= a.length && x - diagonal >= b.length) return walkBack(a, b, trace);
      }
      reached = next;
    }
    return [];
  };
  return end();
}

function walkBack(a: readonly string[], b: readonly string[], trace: readonly Map<number, number>[]): Line[] {
  const lines: Line[] = [];
  let [x, y] = [a.length, b.length];
  for (let edits = trace.length - 1; edits >= 0; edits--) {
    const reached = trace[edits] ?? new Map<number, number>();
    const diagonal = x - y;
    const down = diagonal === -edits || (diagonal !== edits && at(reached, diagonal - 1) < at(reached, diagonal + 1));
    const fromX = edits === 0 ? 0 : at(reached, down ? diagonal + 1 : diagonal - 1);
    const fromY = edits === 0 ? 0 : fromX - (down ? diagonal + 1 : diagonal - 1);
    while (x > fromX && y > fromY && (edits === 0 || x > fromX + (down ? 0 : 1) || y > fromY + (down ? 1 : 0))) {
      lines.push([' ', a[--x] ?? '']);
      y--;
    }
    if (edits > 0) lines.push(down ? ['+', b[--y] ?? ''] : ['-', a[--x] ?? '']);
  }
  return lines.reverse();
}

function at(reached: ReadonlyMap<number, number>, diagonal: number): number {
  return reached.get(diagonal) ?? -1;
}

/** Hunks with their context; changes that are close share one. */
function cut(lines: readonly Line[]): string[] {
  const hunks: string[] = [];
  let [old, fresh, index] = [1, 1, 0];
  while (index < lines.length) {
    const first = lines.findIndex(([mark], at) => at >= index && mark !== ' ');
    if (first < 0) break;
    const start = Math.max(index, first - CONTEXT);
    let last = first;
    for (let at = first; at < lines.length && at <= last + 2 * CONTEXT; at++) if (lines[at]?.[0] !== ' ') last = at;
    const end = Math.min(lines.length, last + CONTEXT + 1);
    old += start - index;
    fresh += start - index;
    const hunk = lines.slice(start, end);
    const olds = hunk.filter(([mark]) => mark !== '+').length;
    const news = hunk.filter(([mark]) => mark !== '-').length;
    hunks.push(`@@ -${range(old, olds)} +${range(fresh, news)} @@\n${hunk.map(written).join('')}`);
    old += olds;
    fresh += news;
    index = end;
  }
  return hunks;
}

/** An empty range is named by the line before it. */
function range(start: number, count: number): string {
  return count === 1 ? `${start}` : `${count === 0 ? start - 1 : start},${count}`;
}

function written([mark, text]: Line): string {
  return text.endsWith('\n') ? mark + text : `${mark}${text}\n\\ No newline at end of file\n`;
}
