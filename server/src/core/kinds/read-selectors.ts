import type { WrittenRequirement } from '../labels';
import { everything, fromLabelSelector, fromServiceSelector } from '../labels';
import type { Field } from '../path';
import { each, field, scalarAt, select, textAt } from '../path';
import type { SelectorUse } from '../resource';
import { labelTexts } from '../resource';
import { isTemplated } from '../templated';
import type { SelectorSpec } from './define';
import { readLabels } from './read-pods';

/** The selectors a table entry reaches. A path with `*` reaches only what is written; a plain path also what is absent. */
export function readSelectors(tree: Field, spec: SelectorSpec): SelectorUse[] {
  const fields = spec.path.includes('*') ? selectPresent(tree, spec.path) : [field(tree, ...spec.path.split('.'))];
  const uses = fields.map((at) => readSelector(at, spec)).filter((use) => use !== undefined);
  const { namespaces } = spec;
  return namespaces === undefined
    ? uses
    : uses.map((use) => ({ ...use, ...readNamespaces(field(tree, ...namespaces.split('.')), use) }));
}

/** From which namespaces a monitor chooses: any, those that it lists, or its own. */
function readNamespaces(
  at: Field,
  { unknown }: SelectorUse,
): Pick<SelectorUse, 'anyNamespace' | 'namespaces' | 'unknown'> {
  const any = field(at, 'any');
  const names = each(field(at, 'matchNames')).flatMap((item) => scalarAt(item) ?? []);
  return {
    anyNamespace: scalarAt(any)?.value === true,
    namespaces: names.length > 0 ? names : undefined,
    unknown: unknown || isTemplated(textAt(any) ?? '') || names.some(({ text }) => isTemplated(text)),
  };
}

/** As `select`, but the last key may hold null (`podSelector:` is the empty selector, and is a peer). */
function selectPresent(tree: Field, path: string): Field[] {
  const cut = path.lastIndexOf('.');
  const last = path.slice(cut + 1);
  return select(tree, path.slice(0, cut))
    .map((parent) => field(parent, last))
    .filter((at) => at.key !== undefined);
}

/** The selector at a field; undefined where it is absent and the kind gives that no meaning. */
export function readSelector(at: Field, spec: SelectorSpec): SelectorUse | undefined {
  const pairs = spec.form === 'map' ? readLabels(at) : readLabels(field(at, 'matchLabels'));
  const expressions = spec.form === 'map' ? [] : each(field(at, 'matchExpressions')).map(readExpression);
  const present = at.key !== undefined;
  if (!present && spec.absent === 'nothing' && spec.form === 'labelSelector') return undefined;
  const texts = [
    ...pairs.flatMap(({ key, value }) => [key.text, value.text]),
    ...expressions.flatMap(({ values }) => values),
  ];
  const labels = labelTexts(pairs);
  const isEmpty = labels.size === 0 && expressions.length === 0;
  const meaning = present ? spec.empty : spec.absent;
  const selector = isEmpty
    ? meaning === 'everything'
      ? everything
      : 'nothing'
    : spec.form === 'map'
      ? fromServiceSelector(labels)
      : fromLabelSelector({ matchLabels: labels, matchExpressions: expressions });
  return {
    role: spec.role,
    selects: spec.selects,
    selector: selector ?? 'nothing',
    pairs,
    unknown: selector === undefined || texts.some(isTemplated) || (at.value !== undefined && at.value.type !== 'map'),
    anyNamespace: at.parent !== undefined && field(at.parent, 'namespaceSelector').key !== undefined,
    path: at.path,
    at: at.at,
  };
}

/** An item of matchExpressions as written; what is absent is the empty text. */
export function readExpression(at: Field): Required<WrittenRequirement> & { readonly values: string[] } {
  return {
    key: textAt(field(at, 'key')) ?? '',
    operator: textAt(field(at, 'operator')) ?? '',
    values: select(at, 'values.*').map((value) => textAt(value) ?? ''),
  };
}
