/** Regular expressions of kustomizations. */

export interface Pattern {
  /** The whole word matches. */
  readonly all: (word: string) => boolean;
  /** Some part of the word matches. */
  readonly some: (word: string) => boolean;
}

/** Longer words are no names; what is matched stays short. */
const MAX_WORD = 1000;

/** Reads an expression in Go's syntax (RE2); undefined when it is none. */
export function compilePattern(source: string): Pattern | undefined {
  // A plain word is by far the commonest.
  if (/^[\w-]*$/.test(source)) return { all: (word) => word === source, some: (word) => word.includes(source) };
  const flags = /^\(\?([ims]+)\)/.exec(source);
  const body = (flags ? source.slice(flags[0].length) : source)
    .replaceAll('(?P<', '(?<')
    .replaceAll('\\z', '$')
    .replaceAll('\\A', '^');
  try {
    const all = new RegExp(`^(?:${body})$`, flags?.[1] ?? '');
    const some = new RegExp(body, flags?.[1] ?? '');
    return {
      all: (word) => word.length <= MAX_WORD && all.test(word),
      some: (word) => word.length <= MAX_WORD && some.test(word),
    };
  } catch {
    return undefined;
  }
}
