import type { Draft } from '../finding';
import { say } from '../finding';
import type { Entry, Value } from '../value';
import { boolean, entries, get, items } from '../value';
import { defineRule } from './define';

/** Labels that a release changes. Selectors of workloads never change (apps/v1 DeploymentSpec: immutable after creation). */
const releaseLabels: ReadonlySet<string> = new Set(['app.kubernetes.io/version', 'helm.sh/chart', 'chart']);

export const kustomizationSelectorLabels = defineRule({
  id: 'kustomization-selector-labels',
  summary: 'A kustomization that puts a label of one release into selectors',
  levels: ['warning'],
  *bundle({ build, reads }): Iterable<Draft> {
    const pairs = build.roots.flatMap(({ tree }) => releasePairs(tree));
    if (pairs.length === 0) return;
    const placed = new Map<string, string>();
    for (const { resource, tree } of reads) {
      if (resource.group !== 'apps') continue;
      const selector = get(tree.value, 'spec', 'selector', 'matchLabels');
      for (const { key } of entries(selector))
        placed.set(placeOf(key.origin), `${resource.kind} ${resource.name ?? ''}`);
    }
    for (const { key, value } of pairs) {
      const workload = placed.get(placeOf(key.origin));
      if (workload === undefined) continue;
      const shown = value.type === 'scalar' ? value.text : '';
      yield {
        level: 'warning',
        at: key.origin,
        message: say`${key.text}: ${shown} goes into the selector of ${workload}, which cannot change once it is applied: the next version will be refused; write it under labels without includeSelectors`,
      };
    }
  },
});

const placeOf = ({ uri, start }: { readonly uri: string; readonly start: number }) => `${uri} ${start}`;

/** The pairs that kustomize puts into selectors and that a release changes. */
function releasePairs(tree: Value): Entry[] {
  const all = [
    ...entries(get(tree, 'commonLabels')),
    ...items(get(tree, 'labels')).flatMap((item) =>
      boolean(get(item, 'includeSelectors')) === true ? entries(get(item, 'pairs')) : [],
    ),
  ];
  return all.filter(({ key }) => releaseLabels.has(key.text));
}
