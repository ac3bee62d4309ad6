import { defineKind } from './define';

/** networking.k8s.io NetworkPolicy. An absent podSelector is the empty one and selects all pods (types.go). */
export const networkPolicy = defineKind({
  group: 'networking.k8s.io',
  kind: 'NetworkPolicy',
  olderGroups: ['extensions'],
  layer: 'policy',
  policy: 'namespaced',
  listed: true,
  nameRule: 'dns1123Subdomain',
  oldApis: [
    { apiVersion: 'extensions/v1beta1', deprecatedIn: '1.9', removedIn: '1.16', replacement: 'networking.k8s.io/v1' },
  ],
  selectors: [
    {
      role: 'applies',
      selects: 'pods',
      path: 'spec.podSelector',
      form: 'labelSelector',
      empty: 'everything',
      absent: 'everything',
    },
    ...['spec.ingress.*.from.*', 'spec.egress.*.to.*'].flatMap((peer) => [
      {
        role: 'allows' as const,
        selects: 'pods' as const,
        path: `${peer}.podSelector`,
        form: 'labelSelector' as const,
        empty: 'everything' as const,
        absent: 'nothing' as const,
      },
      {
        role: 'allows' as const,
        selects: 'namespaces' as const,
        path: `${peer}.namespaceSelector`,
        form: 'labelSelector' as const,
        empty: 'everything' as const,
        absent: 'nothing' as const,
      },
    ]),
  ],
});
