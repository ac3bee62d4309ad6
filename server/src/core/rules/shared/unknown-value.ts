/** Values that some tool will still fill in, as fields of a tree. */
import type { Field } from '../../path';
import { isTemplated } from '../../templated';

/**
 * True when what is written at a field is a placeholder, so that no rule may judge it. Without quotes YAML reads
 * `{{ x }}` as a map in a map: braces with text in them but without an entry.
 */
export function isUnknown({ value }: Field): boolean {
  if (value?.type === 'scalar') return isTemplated(value.text);
  return (
    value?.type === 'map' &&
    value.flow &&
    value.entries.length === 0 &&
    value.origin.end - value.origin.start >= '{{x}}'.length
  );
}
