/** What a person has switched off in a manifest, and where. */
import type { TextEdit } from '../finding';
import type { Span } from '../value';

/** One rule of an ignore. */
export interface IgnoredRule {
  /** Its id as it is written; `all` is every rule. */
  readonly id: string;
  readonly at: Span;
  /** Takes this rule out of the ignore; undefined where that cannot be done by an edit. */
  readonly removal: TextEdit | undefined;
}

export interface Ignore {
  /** A comment, an annotation of ours, or one that another tool reads: those are honoured, and never judged. */
  readonly by: 'comment' | 'annotation' | 'other tool';
  /** The text that says it. */
  readonly at: Span;
  readonly rules: readonly IgnoredRule[];
  /** Findings that start in it are ignored. */
  readonly scope: Span;
  /** Takes the whole ignore away. */
  readonly removal: TextEdit | undefined;
}

/** A rule of an ignore, and whether it has a finding to ignore. */
export interface JudgedRule extends IgnoredRule {
  readonly used: boolean;
}

export interface JudgedIgnore extends Ignore {
  readonly rules: readonly JudgedRule[];
}

/** Ids have dashes, so that a reason may begin behind a comma too. */
const words = /^[\w-]+(?:[ \t]*,[ \t]*(?:\w+(?:-\w+)+|all)(?![\w-]))*/;

/**
 * The rules at the start of a text, `invalid-name, invalid-label because they are old`: what follows them is the reason.
 * `at` is where the text stands.
 */
export function readRules(text: string, at: Span): IgnoredRule[] {
  const list = words.exec(text)?.[0] ?? '';
  const found = [...list.matchAll(/[\w-]+/g)];
  return found.map((match, index) => {
    const start = match.index;
    const end = start + match[0].length;
    const span = (from: number, to: number): Span => ({ uri: at.uri, start: at.start + from, end: at.start + to });
    const next = found[index + 1];
    const before = found[index - 1];
    const removed = next ? span(start, next.index) : before ? span(before.index + before[0].length, end) : undefined;
    return { id: match[0], at: span(start, end), removal: removed && { at: removed, newText: '' } };
  });
}
