/** Globs, of settings and of Argo CD. No pattern takes long. */

/**
 * True when a path below the folder of a setting matches, as .gitignore has it, or lies below a folder that does. A pattern without a slash
 * (but one at its end) matches at any depth. `*` and `?` stand for text within a segment, `**` for any number of segments,
 * `{a,b}` for either.
 */
export function matchesGlob(pattern: string, path: string): boolean {
  return expand(pattern).some((one) => {
    const trimmed = one.replace(/^\.?\/+/, '').replace(/\/+$/, '');
    if (trimmed === '') return false;
    const anywhere = !trimmed.includes('/') && !/^\.?\//.test(one);
    const wanted = [...(anywhere ? ['**'] : []), ...trimmed.split('/')];
    return matches(wanted, path.split('/'));
  });
}

/**
 * True when a glob matches a whole path, slashes like any other character, as Argo CD chooses files (gobwas/glob without
 * separators).
 */
export function matchesText(pattern: string, path: string): boolean {
  return expand(pattern).some((one) => matchesSegment(one, path));
}

/** True when a glob matches a path segment by segment, as Argo CD chooses folders (Go's path.Match). */
export function matchesSegments(pattern: string, path: string): boolean {
  const [wanted, segments] = [pattern.split('/'), path.split('/')];
  return wanted.length === segments.length && wanted.every((one, index) => matchesSegment(one, segments[index] ?? ''));
}

/** Patterns of one glob at most; braces multiply. */
const MAX_EXPANDED = 64;

function expand(pattern: string): readonly string[] {
  let done: string[] = [];
  let open = [pattern];
  while (open.length > 0 && done.length + open.length < MAX_EXPANDED) {
    const next: string[] = [];
    for (const one of open) {
      const braces = /\{([^{}]*,[^{}]*)\}/.exec(one);
      if (!braces) done.push(one);
      else
        for (const word of (braces[1] ?? '').split(','))
          next.push(one.slice(0, braces.index) + word + one.slice(braces.index + braces[0].length));
    }
    open = next;
  }
  done = [...done, ...open];
  return done;
}

/** The pattern matches all segments, or the first ones: a folder stands for what lies below it. */
function matches(pattern: readonly string[], path: readonly string[]): boolean {
  // reached[i]: the first i parts of the pattern match the segments so far.
  let reached = close(pattern, [true, ...pattern.map(() => false)]);
  for (const segment of path) {
    const next: boolean[] = [false];
    for (const [index, part] of pattern.entries()) {
      const stays = part === '**' && (reached[index] ?? false);
      if (stays) next[index] = true;
      next[index + 1] = (reached[index] ?? false) && (part === '**' || matchesSegment(part, segment));
    }
    reached = close(pattern, next);
    if (reached[pattern.length] === true) return true;
  }
  return false;
}

/** `**` may stand for nothing, but at the end it stands for something. */
function close(pattern: readonly string[], reached: boolean[]): boolean[] {
  for (const [index, part] of pattern.entries())
    if (part === '**' && reached[index] === true && index < pattern.length - 1) reached[index + 1] = true;
  return reached;
}

/** Wildcards without a meaning of slashes, by going back to the last `*` only: linear times the length of the pattern. */
function matchesSegment(pattern: string, text: string): boolean {
  let [at, of, star, from] = [0, 0, -1, 0];
  while (of < text.length) {
    if (pattern[at] === '*') {
      star = at++;
      from = of;
    } else if (pattern[at] === '?' || pattern[at] === text[of]) {
      at++;
      of++;
    } else if (star >= 0) {
      at = star + 1;
      of = ++from;
    } else return false;
  }
  while (pattern[at] === '*') at++;
  return at === pattern.length;
}
