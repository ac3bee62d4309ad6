/** `configurations`: files that add fields to the tables of the transformers. */
import type { Value } from '../../value';
import { get, items, scalar } from '../../value';
import type { Configuration } from './configuration';
import { distinctSpecs, emptyConfiguration, mergeConfigurations } from './configuration';
import type { Context } from './context';
import { attempt } from './context';
import type { FieldSpec } from './field-spec';
import { compareGvk } from './gvk-order';
import type { Root } from './kustomization';
import { isTrue, textsOf } from './kustomization';
import { checkConfiguration } from './kustomization-fields';
import { valueOf } from './load';
import { readTable } from './local-file';

export function readConfigurations(context: Context, root: Root): Configuration {
  return textsOf(root.tree, 'configurations').reduce((known, path) => {
    const value = attempt(context, () => valueOf(readTable(context, root, path)), undefined);
    if (value?.type !== 'map') return known;
    context.problems.push(...checkConfiguration(value));
    return attempt(context, () => mergeConfigurations(known, configurationOf(value), path.origin), known);
  }, emptyConfiguration);
}

function configurationOf(value: Value): Configuration {
  const specs = (key: string, from = value) =>
    distinctSpecs(fieldSpecsOf(get(from, key)).sort(compareGvk), value.origin);
  return {
    namePrefix: specs('namePrefix'),
    nameSuffix: specs('nameSuffix'),
    namespace: specs('namespace'),
    labels: specs('labels'),
    commonLabels: specs('commonLabels'),
    templateLabels: specs('templateLabels'),
    commonAnnotations: specs('commonAnnotations'),
    varReference: specs('varReference'),
    images: specs('images'),
    replicas: specs('replicas'),
    nameReference: items(get(value, 'nameReference')).map((reference) => ({
      ...gvkOf(reference),
      fieldSpecs: specs('fieldSpecs', reference),
    })),
  };
}

/** The field specs written in a list. */
export function fieldSpecsOf(list: Value | undefined): FieldSpec[] {
  return items(list).flatMap((item) => {
    const path = scalar(item, 'path');
    return path ? [{ path: path.text, ...gvkOf(item), ...(isTrue(item, 'create') ? { create: true } : {}) }] : [];
  });
}

function gvkOf(value: Value) {
  const found: Record<string, string> = {};
  for (const key of ['group', 'version', 'kind']) {
    const part = scalar(value, key);
    if (part && part.text !== '') found[key] = part.text;
  }
  return found;
}
