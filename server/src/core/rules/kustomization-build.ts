import type { Problem } from '../bundle/kustomize/problem';
import type { Draft, Fix } from '../finding';
import { say } from '../finding';
import { isNear } from '../near';
import { defineRule } from './define';

/** What keeps `kustomize build` from printing anything. The real tool stops at the first of these; here all are said. */
export const kustomizationBuild = defineRule({
  id: 'kustomization-build',
  summary: 'A kustomization that does not build',
  levels: ['error'],
  *bundle({ build }): Iterable<Draft> {
    for (const problem of build.problems)
      yield {
        level: 'error',
        at: problem.span,
        message: say`${problem.message}`,
        fixes: fixesOf(problem),
      };
  },
});

function fixesOf({ wanted, candidates = [], span }: Problem): Fix[] {
  if (wanted === undefined || span.end - span.start !== wanted.length) return [];
  return candidates
    .filter((name) => isNear(wanted, name))
    .map((name) => ({ title: `Change to ${name}`, edits: [{ at: span, newText: name }] }));
}
