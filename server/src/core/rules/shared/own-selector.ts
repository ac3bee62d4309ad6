/** The selector by which a controller finds its own pods, read from the tree. */
import type { OwnSelectorSpec } from '../../kinds/define';
import type { ReadResource } from '../../kinds/read';
import { readExpression } from '../../kinds/read-selectors';
import { tableOf } from '../../kinds/table';
import type { Requirement } from '../../labels';
import { readRequirement } from '../../labels';
import type { Field } from '../../path';
import { each, eachEntry, field, scalarAt, textAt } from '../../path';
import { isTemplated } from '../../templated';
import { boolean } from '../../value';

/** One requirement with the place it stands at: the value of a pair, or the item of matchExpressions. */
export interface OwnRequirement {
  readonly at: Field;
  readonly requirement: Requirement;
}

export interface OwnSelector {
  readonly spec: OwnSelectorSpec;
  readonly at: Field;
  readonly requirements: readonly OwnRequirement[];
  /** A part is templated, or the API server refuses it for its syntax: nothing can be said about what it selects. */
  readonly unknown: boolean;
}

/** The selector of a controller; undefined for kinds that have none, or where the control plane writes it. */
export function ownSelector({ resource, tree }: ReadResource): OwnSelector | undefined {
  const spec = tableOf(resource)?.pods?.selector;
  if (!spec) return undefined;
  if (spec.onlyWith !== undefined && boolean(field(tree, ...spec.onlyWith.split('.')).value) !== true) return undefined;
  const at = field(tree, ...spec.path.split('.'));
  const pairs = eachEntry(spec.form === 'map' ? at : field(at, 'matchLabels'));
  const expressions = spec.form === 'map' ? [] : each(field(at, 'matchExpressions'));
  const requirements = [
    ...pairs.flatMap((pair): OwnRequirement[] =>
      pair.key ? [{ at: pair, requirement: { key: pair.key.text, operator: 'In', values: [textAt(pair) ?? ''] } }] : [],
    ),
    ...expressions.flatMap((item) => {
      const requirement = readRequirement(readExpression(item));
      return requirement ? [{ at: item, requirement }] : [];
    }),
  ];
  return {
    spec,
    at,
    requirements,
    unknown:
      requirements.length < pairs.length + expressions.length ||
      (at.value !== undefined && at.value.type !== 'map') ||
      scalarAt(at) !== undefined ||
      requirements.some(({ requirement: { key, values } }) => [key, ...values].some(isTemplated)),
  };
}
