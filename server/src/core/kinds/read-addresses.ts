/** What pods are told to call: where texts with addresses stand in pods and ConfigMaps. */
import type { Address } from '../address/facts';
import type { Held } from '../address/read';
import { readAddresses, readVariables } from '../address/read';
import type { Field } from '../path';
import { each, eachEntry, field, scalarAt, select, textAt } from '../path';
import type { ConfigMapUse, GroupKind } from '../resource';

/** The addresses in the variables, commands and arguments of the containers of a pod. */
export function readPodAddresses(podSpec: Field): Address[] {
  return containersOf(podSpec).flatMap((container) => {
    const env = each(field(container, 'env'));
    const variables = env.flatMap((item) => held(field(item, 'value'), textAt(field(item, 'name')) ?? ''));
    const words = [...each(field(container, 'command')), ...each(field(container, 'args'))].flatMap((item) =>
      held(item, undefined),
    );
    const defined = new Set(env.flatMap((item) => textAt(field(item, 'name')) ?? []));
    const texts = [...variables, ...words];
    // What the container takes from elsewhere may be called like a variable of a Service.
    const isOpen = each(field(container, 'envFrom')).length > 0;
    return [...readAddresses(variables), ...readAddresses(words), ...(isOpen ? [] : readVariables(texts, defined))];
  });
}

/** The addresses in the data of a ConfigMap. */
export function readDataAddresses(tree: Field): Address[] {
  return readAddresses(eachEntry(field(tree, 'data')).flatMap((item) => held(item, item.key?.text ?? '')));
}

function held(at: Field, key: string | undefined): Held[] {
  const text = scalarAt(at);
  return text ? [{ text, key, path: at.path }] : [];
}

function containersOf(podSpec: Field): Field[] {
  return [...each(field(podSpec, 'initContainers')), ...each(field(podSpec, 'containers'))];
}

const configMap: GroupKind = { group: '', kind: 'ConfigMap' };

/** The ConfigMaps whose data the containers of a pod get, as variables or files. */
export function readConfigMaps(podSpec: Field): ConfigMapUse[] {
  const uses = (from: Field, pattern: string, keysOf: (at: Field) => readonly string[] | undefined) =>
    select(from, pattern).flatMap((at) => use(at, keysOf(at)));
  const allKeys = () => undefined;
  const listed = (at: Field) => {
    const keys = select(at, 'items.*.key').flatMap((key) => textAt(key) ?? []);
    return keys.length > 0 ? keys : undefined;
  };
  return [
    ...containersOf(podSpec).flatMap((container) => [
      ...uses(container, 'env.*.valueFrom.configMapKeyRef', (at) => [textAt(field(at, 'key')) ?? '']),
      ...uses(container, 'envFrom.*.configMapRef', allKeys),
    ]),
    ...uses(podSpec, 'volumes.*.configMap', listed),
    ...uses(podSpec, 'volumes.*.projected.sources.*.configMap', listed),
  ];
}

function use(at: Field, keys: readonly string[] | undefined): ConfigMapUse[] {
  const written = field(at, 'name');
  const name = scalarAt(written);
  if (!name || name.text === '') return [];
  const reference = {
    role: 'reads',
    target: configMap,
    name,
    namespace: undefined,
    port: undefined,
    route: undefined,
    optional: textAt(field(at, 'optional')) === 'true',
    path: written.path,
    at: at.at,
  } as const;
  return [{ reference, keys }];
}
