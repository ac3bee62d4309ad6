import { defineKind } from './define';

/** core/v1 Secret; values are never kept. */
export const secret = defineKind({
  group: '',
  kind: 'Secret',
  layer: 'config',
  nameRule: 'dns1123Subdomain',
  keepsData: true,
});
