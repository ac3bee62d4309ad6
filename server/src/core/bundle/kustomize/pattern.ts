/**
 * Regular expressions of kustomizations, in Go's syntax (RE2). They are matched without backtracking: a pattern that
 * anybody may write takes time that grows with the length of the word, whatever it is.
 */
import type { State } from './pattern-syntax';
import { parsePattern } from './pattern-syntax';

export interface Pattern {
  /** The whole word matches. */
  readonly all: (word: string) => boolean;
  /** Some part of the word matches. */
  readonly some: (word: string) => boolean;
}

/** Reads an expression; undefined when it is none, or uses what names have no need of (Unicode classes). */
export function compilePattern(source: string): Pattern | undefined {
  // A plain word is by far the commonest.
  if (/^[\w-]*$/.test(source)) return { all: (word) => word === source, some: (word) => word.includes(source) };
  const start = parsePattern(source);
  return start && { all: (word) => run(start, word, true), some: (word) => run(start, word, false) };
}

/** Goes through the word with all states that it may be in. */
function run(start: State, word: string, isWhole: boolean): boolean {
  const letters = Array.from(word);
  let states = new Set<State>();
  for (let at = 0; at <= letters.length; at++) {
    if (at === 0 || !isWhole) enter(start, at, letters, states);
    if (!isWhole && hasEnd(states)) return true;
    if (at === letters.length) break;
    const next = new Set<State>();
    for (const { test, then } of states)
      if (test && then && test(letters[at] ?? '')) enter(then, at + 1, letters, next);
    states = next;
  }
  return hasEnd(states);
}

function hasEnd(states: ReadonlySet<State>): boolean {
  for (const state of states) if (state.isEnd) return true;
  return false;
}

/** Adds a state and all that are reached from it without a letter. */
function enter(state: State, at: number, letters: readonly string[], states: Set<State>): void {
  const open = [state];
  for (let next = open.pop(); next; next = open.pop()) {
    if (states.has(next) || (next.holds && !next.holds(at, letters))) continue;
    states.add(next);
    if (!next.test && next.then) open.push(next.then);
    if (next.or) open.push(next.or);
  }
}
