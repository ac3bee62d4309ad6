/** `crds`: OpenAPI definitions that say which fields of custom objects hold names, labels and annotations. */
import type { Value } from '../../value';
import { entries, get, scalar } from '../../value';
import type { Configuration } from './configuration';
import { emptyConfiguration, mergeConfigurations } from './configuration';
import type { Context } from './context';
import { attempt } from './context';
import type { FieldSpec } from './field-spec';
import type { Root } from './kustomization';
import { textsOf } from './kustomization';
import { valueOf } from './load';
import { readTable } from './local-file';

export function readCrds(context: Context, root: Root): Configuration {
  return textsOf(root.tree, 'crds').reduce((known, path) => {
    const definitions = attempt(context, () => valueOf(readTable(context, root, path)), undefined);
    return entries(definitions)
      .filter(({ value }) => isObject(value))
      .reduce((to, { key }) => mergeConfigurations(to, fieldsOf(definitions, key.text), path.origin), known);
  }, emptyConfiguration);
}

function properties(definition: Value | undefined): Value | undefined {
  return get(definition, 'Schema', 'properties') ?? get(definition, 'schema', 'properties');
}

function isObject(definition: Value): boolean {
  const fields = properties(definition);
  return ['kind', 'apiVersion', 'metadata'].every((key) => get(fields, key) !== undefined);
}

/** The deepest nesting of definitions that is followed. */
const MAX_DEPTH = 20;

function fieldsOf(definitions: Value | undefined, name: string): Configuration {
  const kind = name.split('.').at(-1) ?? name;
  const commonAnnotations: FieldSpec[] = [];
  const commonLabels: FieldSpec[] = [];
  const namePrefix: FieldSpec[] = [];
  const nameReference: { kind: string; version: string; fieldSpecs: FieldSpec[] }[] = [];
  const walk = (type: string, path: readonly string[]) => {
    if (path.length > MAX_DEPTH) return;
    for (const { key, value } of entries(properties(get(definitions, type)))) {
      const at = [...path, key.text];
      const spec = { kind, path: at.join('/') };
      const says = (extension: string) => scalar(value, `x-kubernetes-${extension}`);
      if (says('annotation')) commonAnnotations.push(spec);
      if (says('label-selector')) commonLabels.push(spec);
      if (says('identity')) namePrefix.push(spec);
      const version = says('object-ref-api-version');
      const target = says('object-ref-kind');
      if (version && target) {
        const nameKey = says('object-ref-name-key')?.text ?? 'name';
        const fieldSpecs = [{ kind, path: [...at, nameKey].join('/') }];
        nameReference.push({ kind: target.text, version: version.text, fieldSpecs });
      }
      const reference = scalar(value, '$ref');
      if (reference) walk(reference.text, at);
    }
  };
  walk(name, []);
  return { ...emptyConfiguration, commonAnnotations, commonLabels, namePrefix, nameReference };
}
