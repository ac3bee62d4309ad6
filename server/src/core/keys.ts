/** The keys under which resources are filed and looked up. One function a question, so that both sides agree. */
import { serviceVariable, serviceWords } from './address/host';
import { gatewayNameOf, isIngressController } from './controllers';
import { allKinds, tableOf } from './kinds/table';
import type { Keys } from './lookup';
import { chosenBy } from './pods-match';
import type { GroupKind, Resource, Selects, SelectorUse } from './resource';
import { groupKindKey } from './resource';
import { isTemplated } from './templated';

/** Objects of a kind and name, in any namespace. */
export const nameKey = (of: GroupKind, name: string) => `name ${groupKindKey(of)} ${name}`;

/** Objects of a kind whose name some tool will still fill in. */
export const openNameKey = (of: GroupKind) => `open name ${groupKindKey(of)}`;

/** Pods whose template carries a label, or objects of a kind that others choose by their own labels. */
export const labelKey = (key: string, value: string, of: Selects = 'pods') => `label of ${of} ${key}=${value}`;

/** Objects of any kind in a namespace as written. */
export const namespaceKey = (namespace: string) => `in ${namespace}`;

/** What is filed under a name or label key, in one namespace as written: `''` where none is. */
export const inNamespaceKey = (key: string, namespace: string) => `${key} in ${namespace}`;

/** Pods that carry a label key with a value that is not in the manifest. */
export const openLabelKey = (key: string) => `open label ${key}`;

/** Workloads whose own metadata (not the template's) carries a label. */
export const ownLabelKey = (key: string, value: string) => `own ${key}=${value}`;

/** Objects that name an object of a kind and name. */
export const referrerKey = (of: GroupKind, name: string) => `ref ${groupKindKey(of)} ${name}`;

/** Objects whose texts hold an address that may mean a Service of this name. */
export const callKey = (service: string) => `call ${service}`;

/** Objects of a kind whose pod selector asks for this pair; each selector is filed under one of its pairs only. */
export const selectorKey = (of: GroupKind, key: string, value: string) => `sel ${groupKindKey(of)} ${key}=${value}`;

/** Objects of a kind and namespace (undefined: unknown, or several) whose selector asks for no pair that a manifest can show. */
export const broadSelectorKey = (of: GroupKind, namespace: string | undefined) =>
  `sel ${groupKindKey(of)} * ${namespace ?? ''}`;

/** Services with a cluster IP. */
export const addressKey = (ip: string) => `ip ${ip.toLowerCase()}`;

/** Policies of network plugins, which open and close connections beside those of Kubernetes. */
export const pluginPolicyKey = 'plugin policy';

/** Pods that carry out Ingresses or Gateways. */
export const controllerKey = 'controller';

/** Objects that say something about the addresses of their cluster. */
export const clusterKey = 'cluster';

/** All objects of a kind whose table says `listed`. */
export const kindKey = (of: GroupKind) => `kind ${groupKindKey(of)}`;

/** Objects that make pods, or that others choose by their own labels, in a namespace as written. */
export const chosenKey = (namespace: string | undefined, of: Selects) => `${of} in ${namespace ?? ''}`;

/** Fields in which near misses are looked for. */
export const nameField = (of: GroupKind) => `name ${groupKindKey(of)}`;
export const labelValueField = (key: string, of: Selects = 'pods') => `value of ${of} ${key}`;
export const labelKeyField = (value: string, of: Selects = 'pods') => `key of ${of} ${value}`;

const runtimeLabels = new Set(
  allKinds.flatMap(({ pods }) =>
    pods
      ? [pods.runtimeLabels, pods.ownNameLabels, pods.numberedNameLabels, pods.numberLabels].flatMap(
          (keys) => keys ?? [],
        )
      : [],
  ),
);

/** Labels that whole systems share: hundreds of selectors may hold the same pair. */
const sharedLabels = new Set([
  'app.kubernetes.io/component',
  'app.kubernetes.io/managed-by',
  'app.kubernetes.io/part-of',
  'app.kubernetes.io/version',
  'chart',
  'component',
  'env',
  'environment',
  'heritage',
  'release',
  'team',
  'tier',
  'version',
]);

/**
 * The key that a selector is filed under: its last pair that a manifest can show and few others hold. Again with the
 * namespace that it chooses from, where `''` stands for all and for one that is not written.
 */
function filingKeys(resource: Resource, use: SelectorUse): readonly string[] {
  const spans = use.anyNamespace || use.namespaces !== undefined;
  const shown = use.pairs.filter(({ key }) => !runtimeLabels.has(key.text));
  const pair = shown.findLast(({ key }) => !sharedLabels.has(key.text)) ?? shown.at(-1);
  if (!pair) return [broadSelectorKey(resource, spans ? undefined : resource.namespace)];
  const key = selectorKey(resource, pair.key.text, pair.value.text);
  return [key, inNamespaceKey(key, spans ? '' : (resource.namespace ?? ''))];
}

/** Selectors of namespaces and nodes, and those of peers, are not looked up from the other end. */
export function isFiled({ selects, role }: Pick<SelectorUse, 'selects' | 'role'>): boolean {
  if (role === 'allows') return false;
  return selects === 'pods' || selects === 'services' || selects === 'ingresses';
}

const plugins = new Set(['cilium.io', 'crd.antrea.io', 'crd.projectcalico.org', 'projectcalico.org']);

/** CiliumNetworkPolicy, GlobalNetworkPolicy and their like. */
function isPluginPolicy({ group, kind }: GroupKind): boolean {
  return plugins.has(group) && kind.endsWith('NetworkPolicy');
}

/** What a resource is filed under. */
export function keysOf(resource: Resource): Keys {
  const { name, namespace, pods } = resource;
  const exact = new Set<string>();
  const home = resource.clusterScoped ? '' : (namespace ?? '');
  const fileByNamespace = (key: string) => exact.add(key).add(inNamespaceKey(key, home));
  if (namespace !== undefined) exact.add(namespaceKey(namespace));
  const strings: (readonly [string, string])[] = [];
  if (name !== undefined) {
    fileByNamespace(nameKey(resource, name));
    strings.push([nameField(resource), name]);
  } else if (isTemplated(resource.names.name?.text ?? '')) exact.add(openNameKey(resource));
  const chosenAs = tableOf(resource)?.chosenAs;
  for (const of of pods ? (['pods', chosenAs] as const) : [chosenAs]) {
    if (of === undefined) continue;
    exact.add(chosenKey(namespace, of));
    for (const { key, value } of chosenBy(of, resource)?.labels ?? []) {
      fileByNamespace(labelKey(key.text, value.text, of));
      strings.push([labelValueField(key.text, of), value.text], [labelKeyField(value.text, of), key.text]);
    }
  }
  if (pods) {
    for (const { key } of pods.openLabels) fileByNamespace(openLabelKey(key));
    for (const { key, value } of resource.labels) exact.add(ownLabelKey(key.text, value.text));
    if (isIngressController(resource) || gatewayNameOf(resource) !== undefined) exact.add(controllerKey);
  }
  for (const reference of resource.references) {
    const key = referrerKey(reference.target, reference.name.text);
    exact.add(key).add(inNamespaceKey(key, reference.namespace?.text ?? namespace ?? ''));
  }
  for (const { form, host } of resource.addresses)
    for (const word of form === 'variable' ? [serviceVariable(host.text)?.service ?? ''] : serviceWords(host.text))
      exact.add(callKey(word));
  for (const use of resource.selectors) if (isFiled(use)) for (const key of filingKeys(resource, use)) exact.add(key);
  for (const ip of resource.service?.clusterIPs ?? []) exact.add(addressKey(ip.text));
  if (resource.cluster) exact.add(clusterKey);
  if (isPluginPolicy(resource)) exact.add(pluginPolicyKey);
  if (tableOf(resource)?.listed) exact.add(kindKey(resource));
  return { exact: [...exact], strings };
}
