import type { Draft, TextEdit } from '../finding';
import type { Build } from '../bundle/kustomize/build';
import { say } from '../finding';
import type { Entry } from '../value';
import { entries, entry, get, items } from '../value';
import { defineRule } from './define';
import type { Source } from './rewrites/kustomization';
import { moveItems, moveLabels, moveOperations, movePatches } from './rewrites/kustomization';

interface Successor {
  readonly to: string;
  readonly rewrite?: (source: Source, from: Entry, to: string) => readonly TextEdit[] | undefined;
}

/** What `kustomize build` warns of and `kustomize edit fix` rewrites (api/types Kustomization.CheckDeprecatedFields). */
const successors: Readonly<Record<string, Successor>> = {
  bases: { to: 'resources', rewrite: moveItems },
  imageTags: { to: 'images', rewrite: moveItems },
  patchesJson6902: { to: 'patches', rewrite: moveOperations },
  patchesStrategicMerge: { to: 'patches', rewrite: movePatches },
  commonLabels: { to: 'labels', rewrite: moveLabels },
  vars: { to: 'replacements' },
  helmChartInflationGenerator: { to: 'helmCharts' },
};

export const kustomizationDeprecated = defineRule({
  id: 'kustomization-deprecated',
  summary: 'A field of a kustomization that another one has taken the place of',
  levels: ['information'],
  *bundle({ build }): Iterable<Draft> {
    for (const { uri, text, tree } of build.roots)
      for (const written of entries(tree)) {
        const { key } = written;
        const successor = Object.hasOwn(successors, key.text) ? successors[key.text] : undefined;
        if (!successor || key.origin.uri !== uri) continue;
        const { to, rewrite } = successor;
        const isTwice = key.text === 'commonLabels' && isLabelled({ uri, text, tree }, written);
        const meansOther = key.text === 'patchesStrategicMerge' && setsTextToNull(build, written);
        const edits = isTwice || meansOther ? undefined : rewrite?.({ uri, text, tree }, written, to);
        yield {
          level: 'information',
          at: key.origin,
          message: say`${key.text} is deprecated, and kustomize warns of it; ${to} takes its place${key.text === 'commonLabels' ? ', with includeSelectors: true' : ''}`,
          fixes: edits ? [{ title: `Write it as ${to}`, edits }] : [],
        };
      }
  },
});

/** A label or an annotation that a patch sets to null is the text `null` here, and is taken away under `patches`. */
function setsTextToNull({ patched }: Build, { value: { origin } }: Entry): boolean {
  return patched.some(
    ({ by, hasNullText }) => hasNullText && by.uri === origin.uri && by.start >= origin.start && by.end <= origin.end,
  );
}

/** One of the common labels stands under `labels` too: which one counts would change. */
function isLabelled({ tree }: Source, { value }: Entry): boolean {
  return items(get(tree, 'labels')).some((item) =>
    entries(get(item, 'pairs')).some(({ key }) => entry(value, key.text) !== undefined),
  );
}
