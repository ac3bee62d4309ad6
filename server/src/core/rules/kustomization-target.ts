import type { Draft } from '../finding';
import { say } from '../finding';
import { defineRule } from './define';
import { nearestFixes, orNearest } from './shared/kustomization-names';

/** `kustomize build` says nothing about a target that selects nothing (api/internal/builtins PatchTransformer, ImageTagTransformer). */
export const kustomizationTarget = defineRule({
  id: 'kustomization-target',
  summary: 'A patch, image or replacement of a kustomization that changes nothing',
  levels: ['warning'],
  *bundle({ build, textOf }): Iterable<Draft> {
    for (const idle of build.idle)
      yield {
        level: 'warning',
        at: idle.span,
        message: say`${idle.message}, so this entry of ${idle.field} changes nothing${orNearest(idle, textOf)}`,
        fixes: nearestFixes(idle, textOf),
      };
  },
});
