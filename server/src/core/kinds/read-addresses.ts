/**
 * What pods are told to call: where texts with addresses stand in pods and ConfigMaps. Values are walked as they are,
 * without fields, since every variable of every container is passed on the way.
 */
import type { Address } from '../address/facts';
import type { Held } from '../address/pairs';
import { mayHold, readAddresses, readArguments, readVariables } from '../address/read';
import type { Field } from '../path';
import { eachEntry, field, scalarAt } from '../path';
import type { ConfigMapUse } from '../pod-facts';
import type { GroupKind } from '../resource';
import { boolean, entry, get, items, scalar } from '../value';
import type { Value } from '../value';

interface ContainerValue {
  readonly value: Value;
  readonly path: string;
}

function containersOf({ value, path }: Field): ContainerValue[] {
  return ['initContainers', 'containers'].flatMap((list) =>
    items(get(value, list)).map((item, index) => ({ value: item, path: `${path}.${list}[${index}]` })),
  );
}

/** The addresses in the variables, commands and arguments of the containers of a pod. */
export function readPodAddresses(podSpec: Field): Address[] {
  return containersOf(podSpec).flatMap(({ value, path }) => {
    const env = items(get(value, 'env'));
    if (!isTold(value, env)) return [];
    const variables = env.flatMap((item, index) =>
      held(get(item, 'value'), scalar(item, 'name')?.text ?? '', `${path}.env[${index}].value`),
    );
    const words = ['command', 'args'].flatMap((list) =>
      items(get(value, list)).flatMap((item, index) => held(item, undefined, `${path}.${list}[${index}]`)),
    );
    const found = [...readAddresses(variables), ...readArguments(words)];
    // What the container takes from elsewhere may be called like a variable of a Service.
    if (items(get(value, 'envFrom')).length > 0) return found;
    const defined = new Set(env.flatMap((item) => scalar(item, 'name')?.text ?? []));
    return [...found, ...readVariables([...variables, ...words], defined)];
  });
}

/** Whether any text of a container may hold an address: most are passed over without a second look. */
function isTold(container: Value, env: readonly Value[]): boolean {
  const may = (text: Value | undefined, key: string | undefined) =>
    text?.type === 'scalar' && (text.text.includes('$') || mayHold(text.text, key));
  return (
    env.some((item) => may(get(item, 'value'), scalar(item, 'name')?.text)) ||
    items(get(container, 'command')).some((item) => may(item, undefined)) ||
    items(get(container, 'args')).some((item) => may(item, undefined))
  );
}

/** The addresses in the data of a ConfigMap. */
export function readDataAddresses(tree: Field): Address[] {
  return readAddresses(
    eachEntry(field(tree, 'data')).flatMap((item) => held(scalarAt(item), item.key?.text ?? '', item.path)),
  );
}

function held(text: Value | undefined, key: string | undefined, path: string): Held[] {
  return text?.type === 'scalar' && text.text !== '' ? [{ text, key, path }] : [];
}

/** The ConfigMaps whose data the containers of a pod get, as variables or files. */
export function readConfigMaps(podSpec: Field): ConfigMapUse[] {
  return [
    ...containersOf(podSpec).flatMap(({ value, path }) => [
      ...items(get(value, 'env')).flatMap((item, index) => {
        const from = get(item, 'valueFrom', 'configMapKeyRef');
        return from ? use(from, `${path}.env[${index}].valueFrom.configMapKeyRef`, keyOf(from)) : [];
      }),
      ...items(get(value, 'envFrom')).flatMap((item, index) =>
        use(get(item, 'configMapRef'), `${path}.envFrom[${index}].configMapRef`, undefined),
      ),
    ]),
    ...items(get(podSpec.value, 'volumes')).flatMap((volume, index) =>
      volumeUses(volume, `${podSpec.path}.volumes[${index}]`),
    ),
  ];
}

function volumeUses(volume: Value, path: string): ConfigMapUse[] {
  const own = get(volume, 'configMap');
  return [
    ...use(own, `${path}.configMap`, listedKeys(own)),
    ...items(get(volume, 'projected', 'sources')).flatMap((source, index) => {
      const from = get(source, 'configMap');
      return use(from, `${path}.projected.sources[${index}].configMap`, listedKeys(from));
    }),
  ];
}

function keyOf(from: Value): readonly string[] {
  return [scalar(from, 'key')?.text ?? ''];
}

/** The keys that `items` chooses; without it a volume holds all. */
function listedKeys(from: Value | undefined): readonly string[] | undefined {
  const keys = items(get(from, 'items')).flatMap((item) => scalar(item, 'key')?.text ?? []);
  return keys.length > 0 ? keys : undefined;
}

const target: GroupKind = { group: '', kind: 'ConfigMap' };

function use(from: Value | undefined, path: string, keys: readonly string[] | undefined): ConfigMapUse[] {
  const name = scalar(from, 'name');
  if (!from || !name || name.text === '') return [];
  const reference = {
    role: 'reads',
    target,
    name,
    namespace: undefined,
    port: undefined,
    route: undefined,
    optional: boolean(entry(from, 'optional')?.value) === true,
    path: `${path}.name`,
    at: from.origin,
  } as const;
  return [{ reference, keys }];
}
