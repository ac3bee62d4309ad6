/**
 * What steps of a build made of objects. Trees never change, so a step makes the same of the same tree in every overlay,
 * and after every edit of something else.
 */
import type { Value } from '../../value';

/**
 * The answer of a step for a tree, made by `make` when it is not known. `by` is the value that asks for the step, a field
 * of a kustomization or a patch; `table` is what else the answer depends on, and is compared by identity. An answer is
 * forgotten with its tree or with what asked for it; one that fails is not kept.
 */
export type Memory<T> = (by: Value, table: object | undefined, tree: Value, make: () => T) => T;

export function createMemory<T>(): Memory<T> {
  const answers = new WeakMap<Value, WeakMap<Value, { readonly table: object | undefined; readonly answer: T }>>();
  return (by, table, tree, make) => {
    let byTree = answers.get(by);
    if (!byTree) answers.set(by, (byTree = new WeakMap()));
    const known = byTree.get(tree);
    if (known && known.table === table) return known.answer;
    const answer = make();
    byTree.set(tree, { table, answer });
    return answer;
  };
}
