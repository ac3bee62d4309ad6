/** The fields of a kustomization and their types (api/types), as the strict reader of kustomize takes them. */
import type { MapValue, Value } from '../../value';
import { mapValues } from './tree';
import type { Problem } from './problem';

type Type = 'text' | 'switch' | 'number' | 'texts' | 'any' | readonly [Fields] | Fields;
interface Fields {
  readonly [field: string]: Type;
}
/** A map of texts by any key. */
const pairs = { '*': 'text' } as const;

const gvk = { group: 'text', version: 'text', kind: 'text' } as const;
const selector = {
  ...gvk,
  name: 'text',
  namespace: 'text',
  annotationSelector: 'text',
  labelSelector: 'text',
} as const;
const fieldOptions = { delimiter: 'text', index: 'number', encoding: 'text', create: 'switch' } as const;
const patch = { path: 'text', patch: 'text', target: selector, options: { '*': 'switch' } } as const;
const generatorOptions = {
  labels: pairs,
  annotations: pairs,
  disableNameSuffixHash: 'switch',
  immutable: 'switch',
} as const;
const generator = {
  name: 'text',
  namespace: 'text',
  behavior: 'text',
  literals: 'texts',
  files: 'texts',
  envs: 'texts',
  env: 'text',
  options: generatorOptions,
} as const;
const fieldSpec = { ...gvk, path: 'text', create: 'switch' } as const;

const kustomizationFields: Fields = {
  apiVersion: 'text',
  kind: 'text',
  metadata: { name: 'text', namespace: 'text', labels: pairs, annotations: pairs },
  openapi: pairs,
  namePrefix: 'text',
  nameSuffix: 'text',
  namespace: 'text',
  commonLabels: pairs,
  labels: [{ pairs, includeSelectors: 'switch', includeTemplates: 'switch', fields: [fieldSpec] }],
  commonAnnotations: pairs,
  patchesStrategicMerge: 'texts',
  patchesJson6902: [patch],
  patches: [patch],
  images: [{ name: 'text', newName: 'text', tagSuffix: 'text', newTag: 'text', digest: 'text' }],
  imageTags: [{ name: 'text', newName: 'text', tagSuffix: 'text', newTag: 'text', digest: 'text' }],
  replacements: [
    {
      path: 'text',
      source: { ...gvk, name: 'text', namespace: 'text', fieldPath: 'text', options: fieldOptions },
      targets: [{ select: selector, reject: [selector], fieldPaths: 'texts', options: fieldOptions }],
    },
  ],
  replicas: [{ name: 'text', count: 'number' }],
  vars: [
    {
      name: 'text',
      objref: { ...gvk, apiVersion: 'text', name: 'text', namespace: 'text' },
      fieldref: { fieldpath: 'text' },
    },
  ],
  sortOptions: { order: 'text', legacySortOptions: { orderFirst: 'texts', orderLast: 'texts' } },
  resources: 'texts',
  components: 'texts',
  crds: 'texts',
  bases: 'texts',
  configMapGenerator: [generator],
  secretGenerator: [{ ...generator, type: 'text' }],
  helmGlobals: 'any',
  helmCharts: 'any',
  helmChartInflationGenerator: 'any',
  generatorOptions,
  configurations: 'texts',
  generators: 'texts',
  transformers: 'texts',
  validators: 'texts',
  buildMetadata: 'texts',
};

/** A field of a kustomization, and what is written after its name. */
export interface KnownField {
  readonly name: string;
  readonly holds: 'scalar' | 'list' | 'map';
}

/** The fields below a path of names, lists passed over: those of a target for `patches`, `target`. None where any name will do. */
export function fieldsBelow(path: readonly string[]): readonly KnownField[] {
  let at: Type = kustomizationFields;
  for (const name of path) {
    if (typeof at === 'string') return [];
    const fields: Fields = itemOf(at) ?? (at as Fields);
    at = fields[name] ?? 'any';
  }
  if (typeof at === 'string') return [];
  const fields = itemOf(at) ?? (at as Fields);
  return Object.entries(fields)
    .filter(([name]) => name !== '*')
    .map(([name, type]) => ({ name, holds: holdsOf(type) }));
}

function holdsOf(type: Type): KnownField['holds'] {
  if (type === 'texts' || Array.isArray(type)) return 'list';
  return typeof type === 'string' && type !== 'any' ? 'scalar' : 'map';
}

function itemOf(type: Type): Fields | undefined {
  return Array.isArray(type) ? (type as readonly [Fields])[0] : undefined;
}

const nameReference = { ...gvk, fieldSpecs: [fieldSpec] } as const;

const configurationFields: Fields = {
  namePrefix: [fieldSpec],
  nameSuffix: [fieldSpec],
  namespace: [fieldSpec],
  commonLabels: [fieldSpec],
  labels: [fieldSpec],
  templateLabels: [fieldSpec],
  commonAnnotations: [fieldSpec],
  nameReference: [nameReference],
  varReference: [fieldSpec],
  images: [fieldSpec],
  replicas: [fieldSpec],
};

/** What the strict reader refuses in a file of `configurations`. */
export function checkConfiguration(tree: MapValue): Problem[] {
  const problems: Problem[] = [];
  checkMap(tree, configurationFields, '', problems, 'a file of configurations');
  return problems;
}

/** What the strict reader would refuse: fields that do not exist, and values of another type. */
export function checkFields(tree: MapValue): Problem[] {
  const problems: Problem[] = [];
  check(tree, kustomizationFields, '', problems);
  return problems;
}

const named: Readonly<Record<string, string>> = {
  text: 'text',
  switch: 'true or false',
  number: 'a whole number',
  texts: 'a list of texts',
};

function check(value: Value, type: Type, path: string, problems: Problem[]): void {
  if (type === 'any' || (value.type === 'scalar' && value.value === null)) return;
  const refuse = (wanted: string) => {
    const { uri, start, end } = value.origin;
    const isMisread = wanted === named['text'] && value.type === 'scalar';
    const but = isMisread ? `, but ${value.text} is read as a ${typeof value.value}: put it in quotes` : '';
    problems.push({ code: 'wrong-type', message: `${path} must be ${wanted}${but}`, span: { uri, start, end } });
  };
  if (typeof type === 'string') {
    const isRight =
      value.type === 'scalar'
        ? (type === 'text' && typeof value.value === 'string') ||
          (type === 'switch' && typeof value.value === 'boolean') ||
          (type === 'number' && Number.isInteger(value.value))
        : type === 'texts' && value.type === 'list';
    if (!isRight) {
      refuse(named[type] ?? type);
      return;
    }
    if (value.type === 'list') for (const item of value.items) check(item, 'text', `each of ${path}`, problems);
    return;
  }
  const [item] = Array.isArray(type) ? (type as readonly [Fields]) : [undefined];
  if (item !== undefined) {
    if (value.type !== 'list') {
      refuse('a list');
      return;
    }
    value.items.forEach((one, index) => check(one, item, `${path}[${index}]`, problems));
    return;
  }
  if (value.type !== 'map') refuse('a map');
  else checkMap(value, type as Fields, path, problems);
}

function checkMap(value: MapValue, fields: Fields, path: string, problems: Problem[], what = 'a kustomization'): void {
  for (const { key, value: child } of value.entries) {
    const type = fields['*'] ?? fields[fieldName(fields, key.text) ?? ''];
    if (type !== undefined) {
      check(child, type, path === '' ? key.text : `${path}.${key.text}`, problems);
      continue;
    }
    const { uri, start, end } = key.origin;
    problems.push({
      code: 'unknown-field',
      message: `${path === '' ? what : path} has no field ${key.text}`,
      span: { uri, start, end },
      wanted: key.text,
      candidates: Object.keys(fields),
    });
  }
}

/** The name of the field that a key means: the Go reader takes field names in any case. */
function fieldName(fields: Fields, key: string): string | undefined {
  if (Object.hasOwn(fields, key)) return key;
  return Object.keys(fields).find((field) => field.toLowerCase() === key.toLowerCase());
}

/** The kustomization with its field names spelt as the fields are. */
export function withFieldNames(tree: MapValue): MapValue {
  const named = spelt(tree, kustomizationFields);
  return named.type === 'map' ? named : tree;
}

function spelt(value: Value, type: Type): Value {
  if (typeof type === 'string') return value;
  const [item] = Array.isArray(type) ? (type as readonly [Fields]) : [undefined];
  if (item !== undefined) return value.type === 'list' ? mapValues(value, (one) => spelt(one, item)) : value;
  const fields = type as Fields;
  if (value.type !== 'map' || fields['*'] !== undefined) return value;
  const entries = value.entries.map((written) => {
    const { key } = written;
    const name = fieldName(fields, key.text) ?? key.text;
    const next = spelt(written.value, Object.hasOwn(fields, name) ? (fields[name] ?? 'any') : 'any');
    if (name === key.text) return next === written.value ? written : { key, value: next };
    return { key: { ...key, text: name, value: name }, value: next };
  });
  return entries.every((entry, index) => entry === value.entries[index]) ? value : { ...value, entries };
}
