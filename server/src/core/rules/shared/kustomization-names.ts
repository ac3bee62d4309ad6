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

/** Fixes that write one of them. */
export function nearestFixes(sought: Sought): Fix[] {
  return nearest(sought).map((name) => ({
    title: `Change to ${name}`,
    edits: [{ at: sought.span, newText: name }],
  }));
}

/** The names there are that are nearly the one that is written, or paths that the build took for what was meant. */
function nearest({ span, wanted, candidates = [] }: Sought): readonly string[] {
  if (wanted === undefined || span.end - span.start !== wanted.length) return [];
  const names = [...new Set(candidates)];
  const isPath = (name: string) => name.includes('/') || wanted.includes('/');
  const isSameFile = (name: string) => name.replace(/\.\w+$/, '') === wanted.replace(/\.\w+$/, '');
  return names
    .filter((name) => name !== wanted && (isNear(wanted, name) || isPath(name) || isSameFile(name)))
    .slice(0, 3);
}

/** `; there is web.yaml`, or nothing. */
export function orNearest(sought: Sought): string {
  const names = nearest(sought);
  return names.length === 0 ? '' : `; there is ${names.join(' and ')}`;
}
