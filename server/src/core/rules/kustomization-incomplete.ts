import type { Draft } from '../finding';
import { say } from '../finding';
import { defineRule } from './define';

/** Said once for each kustomization that is built: what is not found in it may come from there. */
export const kustomizationIncomplete = defineRule({
  id: 'kustomization-incomplete',
  summary: 'A kustomization that uses what is not in the workspace',
  levels: ['information'],
  *bundle({ build }): Iterable<Draft> {
    const [first, ...others] = build.incomplete;
    if (!first) return;
    const more =
      others.length === 0
        ? ''
        : `, and so ${others.length === 1 ? 'is one thing' : `are ${others.length} things`} more`;
    yield {
      level: 'information',
      at: first.span,
      message: say`${first.message}${more}: what is missing here may come from there, so only what is here is judged`,
      related: others.slice(0, 5).map(({ span, message }) => ({ at: span, message: say`${message}` })),
    };
  },
});
