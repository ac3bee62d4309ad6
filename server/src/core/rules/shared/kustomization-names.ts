/** Near misses among the names that a kustomization is about: files, objects, images. */
import type { Fix } from '../../finding';
import { isNear } from '../../near';
import type { Span } from '../../value';

/** Something that was looked for, at a place, and what there is. */
export interface Sought {
  readonly span: Span;
  readonly wanted?: string | undefined;
  readonly candidates?: readonly string[];
}

type TextOf = (uri: string) => string | undefined;

/** Fixes that write one of them. */
export function nearestFixes(sought: Sought, textOf: TextOf): Fix[] {
  const at = writtenAt(sought, textOf);
  return at ? nearest(sought).map((name) => ({ title: `Change to ${name}`, edits: [{ at, newText: name }] })) : [];
}

/** `; there is web.yaml`, or nothing. */
export function orNearest(sought: Sought, textOf: TextOf): string {
  const names = writtenAt(sought, textOf) ? nearest(sought) : [];
  return names.length === 0 ? '' : `; there is ${names.join(' and ')}`;
}

/** Where the wanted name is written, without its quotes; undefined when the place holds something else. */
function writtenAt({ span, wanted }: Sought, textOf: TextOf): Span | undefined {
  const { uri, start, end } = span;
  const raw = textOf(uri)?.slice(start, end);
  if (wanted === undefined || raw === undefined) return undefined;
  if (raw === wanted) return span;
  const inset = /^["']/.test(raw) ? 1 : 0;
  // An image of Argo CD is one text: `name=other:tag`.
  if (raw.startsWith(wanted, inset) && /^[=:@]/.test(raw.slice(inset + wanted.length)))
    return { uri, start: start + inset, end: start + inset + wanted.length };
  return raw === `"${wanted}"` || raw === `'${wanted}'` ? { uri, start: start + 1, end: end - 1 } : undefined;
}

/** The names there are that are nearly the one that is written, or paths that the build took for what was meant. */
function nearest({ wanted = '', candidates = [] }: Sought): readonly string[] {
  const names = [...new Set(candidates)];
  const isPath = (name: string) => name.includes('/') || wanted.includes('/');
  const isSameFile = (name: string) => name.replace(/\.\w+$/, '') === wanted.replace(/\.\w+$/, '');
  return names
    .filter((name) => name !== wanted && (isNear(wanted, name) || isPath(name) || isSameFile(name)))
    .slice(0, 3);
}
