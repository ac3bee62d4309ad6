import { say } from '../finding';
import { tableOf } from '../kinds/table';
import { field, select } from '../path';
import { defineRule } from './define';

/** Fields that people write in the wrong place: the API server drops them, or refuses the object. */
export const unknownField = defineRule({
  id: 'unknown-field',
  summary: 'A field stands where its kind does not know it',
  levels: ['warning'],
  *resource({ resource, tree }) {
    for (const { under, field: name, hint } of tableOf(resource)?.misplaced ?? []) {
      for (const parent of select(tree, under)) {
        const { key, path } = field(parent, name);
        if (!key) continue;
        yield {
          level: 'warning',
          at: key.origin,
          path,
          message: say`${resource.kind} has no field ${path}, so it is ignored or refused: ${hint}`,
        };
      }
    }
  },
});
