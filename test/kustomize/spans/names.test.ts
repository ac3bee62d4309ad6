/** Names and namespaces of a build point to where they are written, with what changed them on the way. */
import { check } from './check';

check(
  'a namespace points into the kustomization',
  'namespace: shop\nresources: [web.yaml]\n',
  {},
  {
    'Deployment metadata/namespace': { at: 'kustomization.yaml:1 shop', verbatim: true },
  },
);

check(
  'a namespace over another one names both',
  'namespace: shop\nresources: [a.yaml]\n',
  { 'a.yaml': 'apiVersion: v1\nkind: Pod\nmetadata: { name: a, namespace: old }\n' },
  {
    'Pod metadata/namespace': { at: 'kustomization.yaml:1 shop', verbatim: true, via: ['a.yaml:3 old'] },
  },
);

check(
  'a prefixed name stays in its file, with prefix and suffix on the way',
  'namePrefix: pre-\nnameSuffix: -suf\nresources: [web.yaml]\n',
  {},
  {
    'Deployment metadata/name': {
      at: 'web.yaml:4 web',
      verbatim: false,
      via: ['kustomization.yaml:2 -suf', 'kustomization.yaml:1 pre-'],
    },
  },
);

check(
  'a hashed name points to the generator, and what refers to it stays where it is written',
  'resources: [web.yaml]\nconfigMapGenerator:\n  - name: conf\n    literals: [KEY=value]\n',
  {},
  {
    'ConfigMap metadata/name': { at: 'kustomization.yaml:3 conf', verbatim: false, via: ['kustomization.yaml:3 conf'] },
    'Deployment spec/template/spec/containers/0/envFrom/0/configMapRef/name': {
      at: 'web.yaml:19 conf',
      verbatim: false,
      via: ['kustomization.yaml:3 conf'],
    },
    'ConfigMap data/KEY': { at: 'kustomization.yaml:4 value', verbatim: true },
    'ConfigMap data/KEY#': { at: 'kustomization.yaml:4 KEY', verbatim: true },
  },
);

check(
  'a subject that follows its account',
  'namespace: shop\nnamePrefix: p-\nresources: [a.yaml]\n',
  {
    'a.yaml':
      'apiVersion: v1\nkind: ServiceAccount\nmetadata: { name: robot }\n---\napiVersion: rbac.authorization.k8s.io/v1\nkind: RoleBinding\nmetadata: { name: b }\nroleRef: { apiGroup: rbac.authorization.k8s.io, kind: Role, name: r }\nsubjects:\n  - { kind: ServiceAccount, name: robot }\n',
  },
  {
    'RoleBinding subjects/0/name': { at: 'a.yaml:10 robot', verbatim: false, via: ['kustomization.yaml:2 p-'] },
    'RoleBinding subjects/0/namespace': { at: 'kustomization.yaml:1 shop', verbatim: true },
  },
);

check(
  'a name follows the object that a Component renames',
  'resources: [web.yaml, c.yaml]\ncomponents: [part]\n',
  {
    'c.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: conf }\n',
    'part/kustomization.yaml': 'kind: Component\nnameSuffix: -x\n',
  },
  {
    'Deployment spec/template/spec/containers/0/envFrom/0/configMapRef/name': {
      at: 'web.yaml:19 conf',
      verbatim: false,
      via: ['part/kustomization.yaml:2 -x'],
    },
  },
);

check(
  'a field that configurations name points to the prefix',
  'namePrefix: p-\nresources: [web.yaml]\nconfigurations: [table.yaml]\n',
  { 'table.yaml': 'namePrefix:\n  - { path: spec/template/metadata/labels/app }\n' },
  {
    'Deployment spec/template/metadata/labels/app': {
      at: 'web.yaml:12 web',
      verbatim: false,
      via: ['kustomization.yaml:1 p-'],
    },
  },
);

check(
  'a name in a field that crds describe stays where it is written',
  'namePrefix: p-\nresources: [c.yaml, t.yaml]\ncrds: [crd.json]\n',
  {
    'c.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: conf }\n',
    't.yaml': 'apiVersion: example.com/v1\nkind: Thing\nmetadata: { name: t }\nspec:\n  ref:\n    name: conf\n',
    'crd.json':
      '{"v1.Thing":{"Schema":{"properties":{"apiVersion":{"type":"string"},"kind":{"type":"string"},"metadata":{"type":"object"},"spec":{"$ref":"v1.Spec"}}}},"v1.Spec":{"Schema":{"properties":{"ref":{"type":"object","x-kubernetes-object-ref-api-version":"v1","x-kubernetes-object-ref-kind":"ConfigMap","x-kubernetes-object-ref-name-key":"name"}}}}}',
  },
  {
    'Thing spec/ref/name': { at: 't.yaml:6 conf', verbatim: false, via: ['kustomization.yaml:1 p-'] },
  },
);
