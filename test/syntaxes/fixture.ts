/** Expected scopes of one range: all of `wanted` and none of `unwanted`, by scope prefix. `line` counts in `text`. */
export interface Expectation {
  readonly line: number;
  readonly start: number;
  readonly end: number;
  readonly wanted: readonly string[];
  readonly unwanted: readonly string[];
}

/**
 * Reads a case: under a line stand comment lines whose carets mark a range of it, and the scopes expected there, `!` before an unwanted
 * one. A `#` directly before the carets stands for the first caret. Gives the text without those lines.
 */
export function readFixture(source: string): { text: string; expectations: Expectation[] } {
  const lines: string[] = [];
  const expectations: Expectation[] = [];
  for (const line of source.split('\n')) {
    const [, before, carets, scopes] = /^( *# *)(\^+) (.+)$/.exec(line) ?? [];
    if (before === undefined || carets === undefined || scopes === undefined) {
      lines.push(line);
      continue;
    }
    const names = scopes.split(' ');
    expectations.push({
      line: lines.length - 1,
      start: before.endsWith('#') ? before.length - 1 : before.length,
      end: before.length + carets.length,
      wanted: names.filter((name) => !name.startsWith('!')),
      unwanted: names.filter((name) => name.startsWith('!')).map((name) => name.slice(1)),
    });
  }
  return { text: lines.join('\n'), expectations };
}
