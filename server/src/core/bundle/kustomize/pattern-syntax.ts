/** The syntax of regular expressions (RE2), read into states. */

/** Says whether a letter is meant. */
export type Matcher = (letter: string) => boolean;

/** A state of the machine: with a test it takes one letter, without one it is passed through. */
export interface State {
  test?: Matcher;
  /** An assertion about the place, such as `^`. */
  holds?: (at: number, letters: readonly string[]) => boolean;
  then?: State;
  or?: State;
  isEnd?: boolean;
}

/** A part of an expression: builds its states in front of the ones that follow. */
type Part = (then: State) => State;

/** Repetitions write their part so often, those inside of others too; Go's own limit. */
const MAX_REPEAT = 1000;
/** More states than this are no pattern for names. */
const MAX_STATES = 20_000;

interface Reader {
  readonly source: string;
  at: number;
  ignoresCase: boolean;
  states: number;
  /** How often a letter is written at most, in what has been read of the sequence. */
  repeats: number;
}

/** The first state of an expression; undefined when it cannot be read. */
export function parsePattern(source: string): State | undefined {
  const reader: Reader = { source, at: 0, ignoresCase: false, states: 0, repeats: 1 };
  const part = alternatives(reader);
  if (!part || reader.at < source.length) return undefined;
  const start = part({ isEnd: true });
  return reader.states > MAX_STATES ? undefined : start;
}

function state(reader: Reader, fields: State): State {
  reader.states++;
  return fields;
}

function alternatives(reader: Reader): Part | undefined {
  let part = sequence(reader);
  while (part && reader.source[reader.at] === '|') {
    reader.at++;
    const left: Part = part;
    const right = sequence(reader);
    if (!right) return undefined;
    part = (then) => state(reader, { then: left(then), or: right(then) });
  }
  return part;
}

function sequence(reader: Reader): Part | undefined {
  const parts: Part[] = [];
  for (;;) {
    const letter = reader.source[reader.at];
    if (letter === undefined || letter === '|' || letter === ')') break;
    const { repeats } = reader;
    reader.repeats = 1;
    const one = atom(reader);
    const repeated = one && repetition(reader, one);
    if (!repeated) return undefined;
    reader.repeats = Math.max(repeats, reader.repeats);
    parts.push(repeated);
  }
  return (then) => parts.reduceRight((next, part) => part(next), then);
}

const operator = /^(?:([*+?])|\{(\d+)(?:(,)(\d*))?\})/;

function operatorAt({ source, at }: Reader): RegExpExecArray | null {
  return operator.exec(source.slice(at, at + 16));
}

function repetition(reader: Reader, part: Part): Part | undefined {
  const found = operatorAt(reader);
  if (!found) return part;
  reader.at += found[0].length;
  const [, sign, from = '', comma, to] = found;
  const least = sign === undefined ? Number(from) : sign === '+' ? 1 : 0;
  const most = sign === undefined ? (comma ? (to ? Number(to) : undefined) : least) : sign === '?' ? 1 : undefined;
  if (least > MAX_REPEAT || (most !== undefined && (most > MAX_REPEAT || most < least))) return undefined;
  if (sign === undefined) reader.repeats *= Math.max(most ?? least, 1);
  if (reader.repeats > MAX_REPEAT) return undefined;
  if (reader.source[reader.at] === '?') reader.at++;
  if (operatorAt(reader)) return undefined;
  return (then) => {
    let next = then;
    if (most === undefined) {
      const loop = state(reader, { or: then });
      loop.then = part(loop);
      next = loop;
    } else
      for (let count = least; count < most && reader.states <= MAX_STATES; count++)
        next = state(reader, { then: part(next), or: then });
    for (let count = 0; count < least && reader.states <= MAX_STATES; count++) next = part(next);
    return next;
  };
}

function atom(reader: Reader): Part | undefined {
  const letter = reader.source[reader.at++];
  switch (letter) {
    case '(':
      return group(reader);
    case '[':
      return letters(reader, set(reader));
    case '.':
      return letters(reader, (one) => one !== '\n');
    case '^':
      return place(reader, (at) => at === 0);
    case '$':
      return place(reader, (at, word) => at === word.length);
    case '\\':
      return escaped(reader);
    case '*':
    case '+':
    case '?':
    case undefined:
      return undefined;
    case '{':
      return operator.test(reader.source.slice(reader.at - 1, reader.at + 15))
        ? undefined
        : letters(reader, (one) => one === '{');
    default:
      return letters(reader, literal(reader, letter));
  }
}

function literal({ ignoresCase }: Reader, letter: string): Matcher {
  const lower = letter.toLowerCase();
  return ignoresCase ? (one) => one.toLowerCase() === lower : (one) => one === letter;
}

function letters(reader: Reader, test: Matcher | undefined): Part | undefined {
  return test && ((then) => state(reader, { test, then }));
}

function place(reader: Reader, holds: NonNullable<State['holds']>): Part {
  return (then) => state(reader, { holds, then });
}

/** `(...)`, `(?:...)`, `(?P<name>...)`, `(?i)` for the rest, `(?i:...)`. */
function group(reader: Reader): Part | undefined {
  const { ignoresCase } = reader;
  const found = /^\?(?:P?<\w+>|([ims]*)([:)]))/.exec(reader.source.slice(reader.at));
  if (reader.source[reader.at] === '?' && !found) return undefined;
  reader.at += found?.[0].length ?? 0;
  if (found?.[1]?.includes('i')) reader.ignoresCase = true;
  if (found?.[2] === ')') return (then) => then;
  const part = alternatives(reader);
  if (reader.source[reader.at++] !== ')') return undefined;
  reader.ignoresCase = ignoresCase;
  return part;
}

const classes: Readonly<Record<string, Matcher>> = {
  d: (one) => /[0-9]/.test(one),
  D: (one) => /[^0-9]/.test(one),
  w: (one) => /[0-9A-Za-z_]/.test(one),
  W: (one) => /[^0-9A-Za-z_]/.test(one),
  s: (one) => /[\t\n\f\r ]/.test(one),
  S: (one) => /[^\t\n\f\r ]/.test(one),
};

const controls: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', f: '\f', v: '\v' };

function escaped(reader: Reader): Part | undefined {
  const letter = reader.source[reader.at++] ?? '';
  if (letter === 'A') return place(reader, (at) => at === 0);
  if (letter === 'z') return place(reader, (at, word) => at === word.length);
  if (letter === 'b' || letter === 'B') {
    const isWord = classes['w'] ?? (() => false);
    const edge = (at: number, word: readonly string[]) => isWord(word[at - 1] ?? '') !== isWord(word[at] ?? '');
    return place(reader, (at, word) => edge(at, word) === (letter === 'b'));
  }
  const known = classes[letter];
  if (known) return letters(reader, known);
  const text = controls[letter] ?? (/[\w]/.test(letter) ? undefined : letter);
  return text === undefined || text === '' ? undefined : letters(reader, literal(reader, text));
}

/** What stands in brackets: letters, ranges, classes. */
function set(reader: Reader): Matcher | undefined {
  const isNegated = reader.source[reader.at] === '^';
  if (isNegated) reader.at++;
  const tests: Matcher[] = [];
  for (let first = true; first || reader.source[reader.at] !== ']'; first = false) {
    const from = member(reader);
    if (from === undefined) return undefined;
    if (typeof from !== 'string') {
      tests.push(from);
      continue;
    }
    const isRange = reader.source[reader.at] === '-' && reader.source[reader.at + 1] !== ']';
    if (isRange) reader.at++;
    const to = isRange ? member(reader) : from;
    if (typeof to !== 'string' || to < from) return undefined;
    const inside: Matcher = (one) => one >= from && one <= to;
    tests.push(reader.ignoresCase ? (one) => inside(one.toLowerCase()) || inside(one.toUpperCase()) : inside);
  }
  reader.at++;
  return (one) => tests.some((test) => test(one)) !== isNegated;
}

function member(reader: Reader): string | Matcher | undefined {
  const letter = reader.source[reader.at++];
  if (letter === '[' && reader.source[reader.at] === ':') return named(reader);
  if (letter !== '\\') return letter;
  const next = reader.source[reader.at++] ?? '';
  return classes[next] ?? controls[next] ?? (/[\w]/.test(next) || next === '' ? undefined : next);
}

const names: Readonly<Record<string, RegExp>> = {
  alnum: /[0-9A-Za-z]/,
  alpha: /[A-Za-z]/,
  digit: /[0-9]/,
  lower: /[a-z]/,
  punct: /[!-/:-@[-`{-~]/,
  space: /[\t\n\v\f\r ]/,
  upper: /[A-Z]/,
  word: /[0-9A-Za-z_]/,
  xdigit: /[0-9A-Fa-f]/,
};

function named(reader: Reader): Matcher | undefined {
  const found = /^:(\w+):\]/.exec(reader.source.slice(reader.at));
  const known = names[found?.[1] ?? ''];
  if (!found || !known) return undefined;
  reader.at += found[0].length;
  return (one) => known.test(one);
}
