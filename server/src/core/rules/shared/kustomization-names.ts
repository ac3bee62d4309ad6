/** Near misses among the names that a kustomization is about: files, objects, images. */
import type { Span } from '../../value';
import { isNear } from '../../near';

/** Something that was looked for, at a place, and what there is. */
export interface Sought {
  readonly span: Span;
  readonly wanted?: string | undefined;
  readonly candidates?: readonly string[];
}

/** The names there are that are nearly the one that is written, or paths that the build took for what was meant. */
export function nearest({ span, wanted, candidates = [] }: Sought): readonly string[] {
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
