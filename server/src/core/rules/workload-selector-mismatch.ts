import type { Draft, Fix, TextEdit } from '../finding';
import { list, say } from '../finding';
import type { ReadResource } from '../kinds/read';
import { holds } from '../labels';
import type { Field } from '../path';
import { each, eachEntry, field, scalarAt } from '../path';
import type { Label } from '../resource';
import { labelTexts } from '../resource';
import { isTemplated } from '../templated';
import type { TextOf } from '../text';
import { defineRule } from './define';
import { addEntries } from './shared/insert';
import type { OwnRequirement, OwnSelector } from './shared/own-selector';
import { ownSelector } from './shared/own-selector';
import { podTemplate } from './shared/pod-spec';
import { certain, kindAndName, pairsText, requote } from './shared/words';
import { formatRequirement } from '../selector-text';

/** A controller must find the pods that it makes (apps validation.go: ValidatePodTemplateSpecForReplicaSet). */
export const workloadSelectorMismatch = defineRule({
  id: 'workload-selector-mismatch',
  summary: 'The selector of a workload does not match the labels of its own pods',
  levels: ['error'],
  about: ['pods'],
  *resource(read, _, textOf) {
    const own = ownSelector(read);
    const template = podTemplate(read);
    if (own && template && !own.unknown) yield* judge(read, own, template, textOf);
  },
});

function* judge(read: ReadResource, own: OwnSelector, template: Field, textOf: TextOf): Iterable<Draft> {
  const { resource } = read;
  const labels = resource.pods?.labels ?? [];
  // Without containers it is a patch, whose other half is somewhere else.
  if (each(field(template, 'spec', 'containers')).length === 0) {
    if (labels.length === 0 || own.requirements.length === 0) return;
  }
  if (own.requirements.length === 0) {
    const { required, defaultedIn } = own.spec;
    if (labels.length === 0 || !required || defaultedIn?.includes(resource.apiVersion)) return;
    const written = own.at.key !== undefined;
    const [stray] = own.spec.form === 'map' ? [] : eachEntry(own.at).filter(isStray);
    const problem = stray
      ? `has ${stray.key?.text ?? ''} right in its selector, where it selects nothing; put it below matchLabels`
      : `has ${written ? 'an empty' : 'no'} selector`;
    yield {
      level: 'error',
      resource,
      at: stray?.key?.origin ?? own.at.at,
      path: own.at.path,
      message: say`${kindAndName(resource)} ${problem}; it must select its own pods, which have ${pairsText(labels)}`,
      related: [{ at: labelsAt(template), message: say`the labels of its pods` }],
      fixes: written
        ? []
        : certain(fix(`Add a selector for ${pairsText(labels)}`, addSelector(textOf, read, own, labels))),
    };
    return;
  }
  const values = labelTexts(labels);
  const failing = own.requirements.filter(
    ({ requirement }) => !isTemplated(values.get(requirement.key) ?? '') && !holds(requirement, values),
  );
  const [first] = failing;
  if (!first) return;
  const wrong = labels.find((label) => label.key.text === first.requirement.key);
  yield {
    level: 'error',
    resource,
    at: wrong?.value.origin ?? labelsAt(template),
    path: field(template, 'metadata', 'labels').path,
    message: say`${kindAndName(resource)} selects ${list(failing.map(({ requirement }) => [formatRequirement(requirement)]))}, but its pods have ${pairsText(labels) || 'no labels'}: it could not find the pods that it makes`,
    related: failing.map(({ at }) => ({ at: at.at, message: say`the selector` })),
    fixes: [...templateFixes(textOf, template, failing, labels), ...selectorFixes(failing, labels)],
  };
}

/** A field of the selector that is no part of a LabelSelector: a label where matchLabels should stand. */
function isStray({ key }: Field): boolean {
  return key !== undefined && key.text !== 'matchLabels' && key.text !== 'matchExpressions';
}

/** The labels of the template, else the nearest thing above them that is written. */
function labelsAt(template: Field) {
  const labels = field(template, 'metadata', 'labels');
  return labels.key?.origin ?? labels.at;
}

function addSelector(textOf: TextOf, { tree }: ReadResource, own: OwnSelector, labels: readonly Label[]): TextEdit[] {
  const keys = [...own.spec.path.split('.'), ...(own.spec.form === 'map' ? [] : ['matchLabels'])];
  return addEntries(textOf, tree, keys, Object.fromEntries(labels.map(({ key, value }) => [key.text, value.text])));
}

/** The template takes the selector's pairs: the selector of a live object can never change. */
function templateFixes(
  textOf: TextOf,
  template: Field,
  failing: readonly OwnRequirement[],
  labels: readonly Label[],
): Fix[] {
  const wanted = failing.map(({ requirement }) => requirement);
  if (wanted.some(({ operator, values }) => operator !== 'In' || values.length !== 1)) return [];
  const pairs = wanted.map(({ key, values }) => ({ key, value: values[0] ?? '' }));
  const missing = pairs.filter(({ key }) => labels.every((label) => label.key.text !== key));
  const edits = pairs.flatMap(({ key, value }) => {
    const label = labels.find((item) => item.key.text === key);
    return label?.value.origin.verbatim ? [{ at: label.value.origin, newText: requote(label.value, value) }] : [];
  });
  const added =
    missing.length === 0
      ? []
      : addEntries(
          textOf,
          template,
          ['metadata', 'labels'],
          Object.fromEntries(missing.map(({ key, value }) => [key, value])),
        );
  if (edits.length + missing.length < pairs.length || (missing.length > 0 && added.length === 0)) return [];
  return fix(`Give the pods ${pairs.map(({ key, value }) => `${key}=${value}`).join(',')}`, [...edits, ...added]);
}

/** The selector takes the values that the template has, where it asks for the same keys. */
function selectorFixes(failing: readonly OwnRequirement[], labels: readonly Label[]): Fix[] {
  const changes = failing.flatMap(({ at, requirement }) => {
    const written = scalarAt(at);
    const label = labels.find((item) => item.key.text === requirement.key);
    return written?.origin.verbatim && label ? [{ written, label }] : [];
  });
  if (changes.length < failing.length) return [];
  return fix(
    `Select ${pairsText(changes.map(({ label }) => label))}`,
    changes.map(({ written, label }) => ({ at: written.origin, newText: requote(written, label.value.text) })),
  );
}

function fix(title: string, edits: readonly TextEdit[]): Fix[] {
  return edits.length > 0 ? [{ title, edits }] : [];
}
