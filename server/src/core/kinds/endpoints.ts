import { defineKind } from './define';

/** core/v1 Endpoints: belongs to the Service of its own name. */
export const endpoints = defineKind({
  group: '',
  kind: 'Endpoints',
  layer: 'service',
  nameRule: 'dns1123Subdomain',
  manual: 'subsets',
});
