import type { BuiltResource } from '../bundle/kustomize/build';
import type { Draft } from '../finding';
import { say } from '../finding';
import type { Scalar, Value } from '../value';
import { get, isUnset, scalar } from '../value';
import { defineRule } from './define';

/** Said once for each kustomization that is built: what is not found in it may come from there. */
export const kustomizationIncomplete = defineRule({
  id: 'kustomization-incomplete',
  summary: 'A kustomization that uses what is not in the workspace',
  levels: ['information'],
  *bundle({ build, reads }): Iterable<Draft> {
    const [first, ...others] = build.incomplete;
    if (first) {
      const more = others.length === 1 ? ', and so is one thing more' : `, and so are ${others.length} things more`;
      yield {
        level: 'information',
        at: first.span,
        message: say`${first.message}${others.length === 0 ? '' : more}: what is missing here may come from there, so only what is here is judged`,
        related: others.slice(0, 5).map(({ span, message }) => ({ at: span, message: say`${message}` })),
      };
    }
    const name = reads.length === 0 ? fragment(build.resources) : undefined;
    if (name)
      yield {
        level: 'information',
        at: name.origin,
        message: say`${name.text} has no selector and no labels for its pods, so another kustomization must complete it; this one is not judged by itself`,
      };
  },
});

/** The name of a workload that cannot be applied as it is. */
function fragment(resources: readonly BuiltResource[]): Scalar | undefined {
  return resources
    .filter(
      ({ tree }) =>
        scalar(tree, 'apiVersion')?.text.startsWith('apps/') &&
        get(tree, 'spec', 'template') !== undefined &&
        isEmpty(get(tree, 'spec', 'selector')) &&
        isEmpty(get(tree, 'spec', 'template', 'metadata', 'labels')),
    )
    .map(({ tree }) => scalar(tree, 'metadata', 'name'))
    .find((name) => name !== undefined);
}

function isEmpty(value: Value | undefined): boolean {
  return isUnset(value) || (value.type === 'map' && value.entries.length === 0);
}
