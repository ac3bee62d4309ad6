/** What the policies of policy.networking.k8s.io share: they choose pods by their namespaces, or by namespace and pod labels. */
import type { EdgeType } from '../resource';
import type { SelectorSpec } from './define';

/** The selectors of a map that holds `namespaces` or `pods` (NamespacedPod); an empty one means all, an absent one none. */
function selectorsAt(path: string, role: EdgeType): SelectorSpec[] {
  const common = { role, form: 'labelSelector', empty: 'everything', absent: 'nothing' } as const;
  return [
    { ...common, selects: 'namespaces', path: `${path}.namespaces` },
    { ...common, selects: 'namespaces', path: `${path}.pods.namespaceSelector` },
    { ...common, selects: 'pods', path: `${path}.pods.podSelector` },
  ];
}

export const clusterPolicySelectors: readonly SelectorSpec[] = [
  ...selectorsAt('spec.subject', 'applies'),
  ...selectorsAt('spec.ingress.*.from.*', 'allows'),
  ...selectorsAt('spec.egress.*.to.*', 'allows'),
];
