/** Patterns of paths as Argo CD reads them. */

type Token = string | { readonly any: 'one' | 'some' } | { readonly among: string; readonly not: boolean };

/** More alternatives than this are not gone through. */
const MAX_ALTERNATIVES = 256;

/**
 * A test for paths: `*` any text, `?` one character, `[a-c]` and `[!a-c]` one of a class, `{a,b}` alternatives, which
 * hold no further ones (gobwas/glob without separators). With `stopsAtSlash` no wildcard takes a slash, and braces are
 * text (Go's path.Match).
 */
export function globMatcher(pattern: string, stopsAtSlash = false): (path: string) => boolean {
  const patterns = (stopsAtSlash ? [pattern] : alternatives(pattern)).map(tokens);
  return (path) => patterns.some((one) => matches(one, path, stopsAtSlash));
}

function alternatives(pattern: string): string[] {
  let found = [''];
  let at = 0;
  for (const { 0: braces, 1: inner = '', index } of pattern.matchAll(/\{([^{}]*)\}/g)) {
    const before = pattern.slice(at, index);
    found = found.flatMap((start) => inner.split(',').map((one) => start + before + one)).slice(0, MAX_ALTERNATIVES);
    at = index + braces.length;
  }
  return found.map((start) => start + pattern.slice(at));
}

function tokens(pattern: string): Token[] {
  const found: Token[] = [];
  for (let at = 0; at < pattern.length; at++) {
    const sign = pattern[at] ?? '';
    const end = sign === '[' ? pattern.indexOf(']', at + 2) : -1;
    if (sign === '*') {
      if (!isSome(found.at(-1))) found.push({ any: 'some' });
    } else if (sign === '?') found.push({ any: 'one' });
    else if (end > 0) {
      const not = /[!^]/.test(pattern[at + 1] ?? '');
      found.push({ among: pattern.slice(at + (not ? 2 : 1), end), not });
      at = end;
    } else if (sign === '\\') found.push(pattern[++at] ?? sign);
    else found.push(sign);
  }
  return found;
}

const isSome = (token: Token | undefined) => typeof token === 'object' && 'any' in token && token.any === 'some';

/** Goes back to the last `*` only, so time is at most the product of both lengths. */
function matches(pattern: readonly Token[], path: string, stopsAtSlash: boolean): boolean {
  let [at, token] = [0, 0];
  let retry: { at: number; token: number } | undefined;
  while (at < path.length || token < pattern.length) {
    const wanted = pattern[token];
    if (isSome(wanted)) retry = { at, token: token++ };
    else if (wanted !== undefined && at < path.length && takes(wanted, path[at] ?? '', stopsAtSlash)) {
      at++;
      token++;
    } else if (retry && retry.at < path.length && !(stopsAtSlash && path[retry.at] === '/')) {
      at = ++retry.at;
      token = retry.token + 1;
    } else return false;
  }
  return true;
}

function takes(token: Token, sign: string, stopsAtSlash: boolean): boolean {
  if (typeof token === 'string') return token === sign;
  if (stopsAtSlash && sign === '/') return false;
  return 'any' in token || isAmong(token.among, sign) !== token.not;
}

function isAmong(signs: string, sign: string): boolean {
  for (let at = 0; at < signs.length; at++) {
    const from = signs[at] ?? '';
    const isRange = signs[at + 1] === '-' && at + 2 < signs.length;
    const to = isRange ? (signs[at + 2] ?? '') : from;
    if (from <= sign && sign <= to) return true;
    if (isRange) at += 2;
  }
  return false;
}
