import { defineKind } from './define';

/** core/v1 Namespace: its labels are what namespaceSelectors see. */
export const namespace = defineKind({
  group: '',
  kind: 'Namespace',
  clusterScoped: true,
  layer: 'config',
  listed: true,
  nameRule: 'dns1123Label',
});
