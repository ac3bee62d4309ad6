import { isBrokenManifest } from '../bundle/file';
import type { Draft } from '../finding';
import { say } from '../finding';
import { defineRule } from './define';
import { nearestFixes, orNearest } from './shared/kustomization-names';

/** What keeps `kustomize build` from printing anything. The real tool stops at the first of these; here all are said. */
export const kustomizationBuild = defineRule({
  id: 'kustomization-build',
  summary: 'A kustomization that does not build',
  levels: ['error'],
  *bundle({ build, textOf }): Iterable<Draft> {
    for (const problem of build.problems) {
      const { uri, start } = problem.span;
      // The file itself says so, whatever kustomization names it.
      if (problem.code === 'invalid-yaml' && isBrokenManifest(uri, textOf(uri) ?? '', start)) continue;
      yield {
        level: 'error',
        at: problem.span,
        message: problem.other
          ? say`${problem.message}; it is written at ${problem.other} too`
          : say`${problem.message}${orNearest(problem, textOf)}`,
        related: problem.other ? [{ at: problem.other, message: say`written here too` }] : [],
        fixes: nearestFixes(problem, textOf),
      };
    }
  },
});
