import type { Draft } from '../finding';
import { list, say } from '../finding';
import type { KindTable } from '../kinds/define';
import { knownFields } from '../kinds/known-fields';
import { tableOf } from '../kinds/table';
import { isNear } from '../near';
import type { Field } from '../path';
import { eachEntry, field, select } from '../path';
import { entries } from '../value';
import { defineRule } from './define';
import { certain, changeName } from './shared/words';

/** Fields that people write in the wrong place, or nearly as they are called: the API server drops them, or refuses the object. */
export const unknownField = defineRule({
  id: 'unknown-field',
  summary: 'A field stands where its kind does not know it, or is misspelt',
  levels: ['warning'],
  *resource({ resource, tree }) {
    const table = tableOf(resource);
    if (!table) return;
    yield* misplaced(table, tree);
    // A field that counts all of a sudden changes what a policy opens.
    const isSafe = resource.policy === undefined;
    for (const draft of misspelt(table, tree)) yield isSafe ? { ...draft, fixes: certain(draft.fixes ?? []) } : draft;
  },
});

function* misplaced({ kind, misplaced = [] }: KindTable, tree: Field): Iterable<Draft> {
  for (const { under, field: name, hint } of misplaced) {
    for (const parent of select(tree, under)) {
      const { key, path } = field(parent, name);
      if (!key) continue;
      yield {
        level: 'warning',
        at: key.origin,
        path,
        message: say`${kind} has no field ${path}, so it is ignored or refused: ${hint}`,
      };
    }
  }
}

/** A name that is nearly that of a field which is not written there. */
function* misspelt(table: KindTable, tree: Field): Iterable<Draft> {
  for (const { under, fields } of knownFields(table)) {
    for (const parent of select(tree, under)) {
      if (entries(parent.value).every(({ key }) => fields.has(key.text))) continue;
      for (const { key, path } of eachEntry(parent)) {
        if (!key || fields.has(key.text) || isMisplaced(table, under, key.text)) continue;
        const meant = [...fields].filter((known) => isNear(key.text, known) && !field(parent, known).key);
        if (meant.length === 0) continue;
        yield {
          level: 'warning',
          at: key.origin,
          path,
          message: say`${table.kind} has no field ${path}, so it is ignored or refused: write ${list(
            meant.map((known) => [known]),
            'or',
          )}`,
          fixes: changeName(key, meant),
        };
      }
    }
  }
}

function isMisplaced({ misplaced = [] }: KindTable, under: string, name: string): boolean {
  return misplaced.some((item) => item.under === under && item.field === name);
}
