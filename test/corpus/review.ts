/** The findings of the corpus that a person has gone through: lines of corpus-review.md. */
import picomatch from 'picomatch';

/** Names a finding of the corpus. */
export interface Place {
  readonly path: string;
  readonly line: number;
  readonly rule: string;
}

/** One line of the list: a path (a glob, or with a line) and a rule. */
export interface Entry {
  readonly text: string;
  readonly covers: (place: Place) => boolean;
}

/** Reads lines of the form `` - `path[:line]` `rule` ``; the other lines are words for people. */
export function readReview(page: string): Entry[] {
  return [...page.matchAll(/^- `([^`\n]+?)(?::(\d+))?` `([\w-]+)`/gm)].map(([text, pattern = '', line, rule]) => {
    const isPath = picomatch(pattern.replaceAll(/[()[\]]/g, '\\$&'));
    return {
      text: text.slice(2),
      covers: (place) =>
        place.rule === rule && (line === undefined || place.line === Number(line)) && isPath(place.path),
    };
  });
}
