/** Words of the core as an editor shows them: plain, or as Markdown whose objects and places are links. */
import type { Resource, Snapshot, Span, Text } from '../core/index';
import { escapeMarkdown, lineOf, plainText, render } from '../core/index';

/** How files are named to people, and to the client. */
export interface Names {
  /** Relative to the workspace folder. */
  readonly path: (uri: string) => string;
  /** As the client writes it. */
  readonly spelled: (uri: string) => string;
}

export function toPlain(text: Text, snapshot: Snapshot, names: Names): string {
  return plainText(text, snapshot, names.path);
}

/** Strings of the text are Markdown already. */
export function toMarkdown(text: Text, snapshot: Snapshot, names: Names): string {
  const link = (label: string, at: Span) => {
    const uri = names.spelled(at.uri).replace(/[()<>]/g, encodeCharacter);
    return `[${label}](${uri}#L${lineOf(snapshot, at)})`;
  };
  return render(
    text,
    (of) => link(escapeMarkdown(title(of)), of.nameAt),
    (at, label) => link(label ?? escapeMarkdown(`${names.path(at.uri)}:${lineOf(snapshot, at)}`), at),
  );
}

/** A line of a card as plain text; objects are named without their places. */
export function toPlainLine(line: Text, snapshot: Snapshot, names: Names): string {
  const text = render(line, title, (at, label) => label ?? `${names.path(at.uri)}:${lineOf(snapshot, at)}`);
  return withoutMarks(text).replaceAll('`', '');
}

/** Markdown with its marks taken away, for clients that show plain text only. */
export function withoutMarks(markdown: string): string {
  return markdown
    .replace(/(?<!\\)\[((?:\\.|[^[\]\\])*)\]\([^()]*\)/g, '$1')
    .replace(/\*\*/g, '')
    .replace(/\\(.)/g, '$1');
}

function title({ kind, name }: Resource): string {
  return name === undefined ? kind : `${kind} ${name}`;
}

function encodeCharacter(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
}
