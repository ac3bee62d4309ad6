import type { Field } from '../path';
import { field, textAt } from '../path';
import type { GroupKind } from '../resource';
import { groupOf } from './groups';

/** The kind that a map with `apiVersion` and `kind` names. */
export function scaleTarget(at: Field): GroupKind | undefined {
  const kind = textAt(field(at, 'kind'));
  return kind ? { group: groupOf(textAt(field(at, 'apiVersion')) ?? ''), kind } : undefined;
}
