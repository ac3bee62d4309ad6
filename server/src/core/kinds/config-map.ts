import { defineKind } from './define';

/** core/v1 ConfigMap. */
export const configMap = defineKind({
  group: '',
  kind: 'ConfigMap',
  layer: 'config',
  nameRule: 'dns1123Subdomain',
  keepsData: true,
  keepsTexts: true,
});
