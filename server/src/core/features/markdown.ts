/** Markdown that shows text from manifests as text, whatever characters it has. */
import type { Text } from '../finding';
import { list, say } from '../finding';
import type { Resource } from '../resource';

/** Plain words: every character that Markdown or HTML would read is escaped. */
export function plain(text: string): string {
  return text.replace(/[\\`*_{}[\]()<>#+!|~&$]/g, '\\$&').replace(/\s+/g, ' ');
}

/** A code span. Backticks end a code span, so a text that has them is fenced by more of them. */
export function code(text: string): string {
  const line = text.replace(/\s+/g, ' ');
  const longest = Math.max(0, ...[...line.matchAll(/`+/g)].map((run) => run[0].length));
  const fence = '`'.repeat(longest + 1);
  return longest > 0 ? `${fence} ${line} ${fence}` : `${fence}${line}${fence}`;
}

/** `shop/web`, or `web` where no namespace is written. */
export function fullName({ namespace, name }: Resource): string {
  return [namespace, name].filter((part) => part !== undefined).join('/');
}

/** The bold name at the head of a card. */
export function title(resource: Resource): string {
  return `**${plain(`${resource.kind} ${fullName(resource)}`.trim())}**`;
}

/** `1 pod`, `3 pods`. */
export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : noun.endsWith('s') ? 'es' : 's'}`;
}

/** At most `most` of them, and how many more there are. */
export function some(texts: readonly Text[], most = 5): Text {
  const rest = texts.length - most;
  return rest > 0 ? say`${list([...texts.slice(0, most), [count(rest, 'other')]])}` : list(texts, 'and');
}
