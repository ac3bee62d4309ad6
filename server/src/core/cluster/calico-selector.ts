/** Calico's selector language (libcalico-go/lib/selector): `has(team) && region in {"east", "west"}`. Syntax only. */

interface Reader {
  readonly text: string;
  at: number;
}

/** Why a selector does not parse, as the end of a sentence; undefined when it does. The empty selector is all(). */
export function selectorProblem(text: string): string | undefined {
  const reader: Reader = { text, at: 0 };
  if (text.trim() === '') return undefined;
  if (!either(reader)) return `is no Calico selector at "${text.slice(reader.at).trim() || 'its end'}"`;
  skip(reader);
  return reader.at === text.length ? undefined : `is no Calico selector from "${text.slice(reader.at)}" on`;
}

function skip(reader: Reader): void {
  while (/\s/.test(reader.text[reader.at] ?? '')) reader.at++;
}

/** Takes what the pattern matches at this place, after white space. */
function take(reader: Reader, pattern: RegExp): boolean {
  skip(reader);
  const found = new RegExp(pattern.source, 'y');
  found.lastIndex = reader.at;
  const match = found.exec(reader.text);
  if (match) reader.at += match[0].length;
  return match !== null;
}

function either(reader: Reader): boolean {
  do {
    if (!both(reader)) return false;
  } while (take(reader, /\|\|/));
  return true;
}

function both(reader: Reader): boolean {
  do {
    if (!operation(reader)) return false;
  } while (take(reader, /&&/));
  return true;
}

const label = /[a-zA-Z0-9_./-]{1,512}/;
const text = /"[^"]*"|'[^']*'/;

function operation(reader: Reader): boolean {
  while (take(reader, /!(?!=)/));
  if (take(reader, /\(/)) return either(reader) && take(reader, /\)/);
  if (take(reader, /has\(/)) return take(reader, label) && take(reader, /\)/);
  if (take(reader, /(?:all|global)\(/)) return take(reader, /\)/);
  if (!take(reader, label)) return false;
  if (take(reader, /==|!=|contains\b|starts\s+with\b|ends\s+with\b/)) return take(reader, text);
  return take(reader, /(?:not\s+)?in\b/) && set(reader);
}

function set(reader: Reader): boolean {
  if (!take(reader, /\{/)) return false;
  if (take(reader, /\}/)) return true;
  do {
    if (!take(reader, text)) return false;
  } while (take(reader, /,/));
  return take(reader, /\}/);
}
