import type { Resource } from '../../resource';

/** Answers about the resources of a file, once a file: each of its resources asks, and there may be thousands. */
export function onceAFile<T>(ask: (file: readonly Resource[]) => T): (file: readonly Resource[]) => T {
  const known = new WeakMap<readonly Resource[], T>();
  return (file) => {
    const answer = known.get(file) ?? ask(file);
    known.set(file, answer);
    return answer;
  };
}
