/** Edits as fingers make them: lines gone, doubled, indented, characters in the wrong place. */
import type { Random } from './random';

const marks = [
  '',
  ' ',
  '\n',
  ':',
  '- ',
  '{',
  '}',
  '[',
  ']',
  '"',
  "'",
  '|',
  '&a',
  '*a',
  '---\n',
  '#',
  '\t',
  'app: web',
  'null',
  '0',
  '99999999999999999999',
  '\u0000',
  '\u{1F600}',
  '<<: *a',
  '{{ .x }}',
  'namespace: shop\n',
];

export function edited(text: string, choose: Random): string {
  const lines = text.split('\n');
  const at = choose.below(lines.length);
  const kind = choose.below(6);
  if (kind === 0) lines.splice(at, 1 + choose.below(3));
  else if (kind === 1) lines.splice(at, 0, lines[choose.below(lines.length)] ?? '');
  else if (kind === 2) lines[at] = (lines[at] ?? '').replace(/[a-z](?=[a-z]*$)/, choose.of(['x', 'b', '']));
  else if (kind === 3) lines[at] = (lines[at] ?? '').replace(/^ {2}/, choose.of(['', '    ']));
  else {
    const line = lines[at] ?? '';
    const column = choose.below(line.length + 1);
    lines[at] = line.slice(0, column) + choose.of(marks) + line.slice(column + choose.below(2));
  }
  return lines.join('\n');
}
