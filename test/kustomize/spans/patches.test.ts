/** Patched values point into the patch, all others stay where they were. */
import { deepEqual } from 'node:assert/strict';
import { test } from 'node:test';
import { check, places, web } from './check';

check(
  'a value that nothing changes stays in its file',
  'resources: [web.yaml]\n',
  {},
  {
    'Deployment spec/template/spec/containers/0/image': { at: 'web.yaml:16 nginx:1.0', verbatim: true },
  },
);

check(
  'a merge patch in a file',
  'resources: [web.yaml]\npatches: [{ path: patch.yaml }]\n',
  {
    'patch.yaml':
      'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: web }\nspec:\n  replicas: 3\n  template:\n    spec:\n      containers:\n        - name: main\n          image: nginx:2\n',
  },
  {
    'Deployment spec/replicas': { at: 'patch.yaml:5 3', verbatim: true },
    'Deployment spec/template/spec/containers/0/image': {
      at: 'patch.yaml:10 nginx:2',
      verbatim: true,
      via: ['web.yaml:16 nginx:1.0'],
    },
    'Deployment spec/template/spec/containers/0/envFrom/0/configMapRef/name': {
      at: 'web.yaml:19 conf',
      verbatim: true,
    },
    'Deployment metadata/name': { at: 'web.yaml:4 web', verbatim: true },
  },
);

check(
  'a patch written in place',
  'resources: [web.yaml]\npatches:\n  - patch: |-\n      apiVersion: apps/v1\n      kind: Deployment\n      metadata: { name: web }\n      spec:\n        replicas: 3\n  - target: { kind: Deployment }\n    patch: |\n      - op: add\n        path: /spec/paused\n        value: true\n',
  {},
  {
    'Deployment spec/replicas': { at: 'kustomization.yaml:8 3', verbatim: true },
    'Deployment spec/replicas#': { at: 'kustomization.yaml:8 replicas', verbatim: true },
    'Deployment spec/paused': { at: 'kustomization.yaml:13 true', verbatim: true },
  },
);

check(
  'a JSON patch in quotes',
  `resources: [web.yaml]\npatches:\n  - target: { kind: Deployment }\n    patch: '[{"op": "replace", "path": "/spec/template/spec/containers/0/image", "value": "nginx:3"}]'\n`,
  {},
  {
    'Deployment spec/template/spec/containers/0/image': {
      at: 'kustomization.yaml:4 "nginx:3"',
      verbatim: true,
      via: ['web.yaml:16 nginx:1.0'],
    },
  },
);

test('an inline patch of Windows lines keeps its places', () => {
  const kustomization =
    'resources: [web.yaml]\r\npatches:\r\n  - patch: |-\r\n      apiVersion: apps/v1\r\n      kind: Deployment\r\n      metadata: { name: web }\r\n      spec: { replicas: 3 }\r\n';
  deepEqual(places(kustomization, { 'web.yaml': web }, ['Deployment spec/replicas']), [
    { at: 'kustomization.yaml:7 3', verbatim: true },
  ]);
});

check(
  'patchesStrategicMerge, in a file and written in place',
  'resources: [web.yaml]\npatchesStrategicMerge:\n  - patch.yaml\n  - |-\n    apiVersion: apps/v1\n    kind: Deployment\n    metadata: { name: web }\n    spec: { paused: true }\n',
  { 'patch.yaml': 'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: web }\nspec: { replicas: 3 }\n' },
  {
    'Deployment spec/replicas': { at: 'patch.yaml:4 3', verbatim: true },
    'Deployment spec/paused': { at: 'kustomization.yaml:8 true', verbatim: true },
  },
);

check(
  'patchesJson6902, and a value that is copied',
  'resources: [web.yaml]\npatchesJson6902:\n  - target: { version: v1, group: apps, kind: Deployment, name: web }\n    path: patch.yaml\n',
  {
    'patch.yaml':
      '- { op: replace, path: /spec/selector/matchLabels/app, value: api }\n- { op: copy, from: /metadata/name, path: /metadata/generateName }\n',
  },
  {
    'Deployment spec/selector/matchLabels/app': { at: 'patch.yaml:1 api', verbatim: true, via: ['web.yaml:8 web'] },
    'Deployment metadata/generateName': { at: 'web.yaml:4 web', verbatim: true },
  },
);

check(
  'what replaces a list points into the patch',
  'resources: [web.yaml]\npatches: [{ path: patch.yaml }]\n',
  {
    'patch.yaml':
      'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: web }\nspec:\n  template:\n    spec:\n      containers:\n        - $patch: replace\n        - name: other\n          image: redis\n',
  },
  {
    'Deployment spec/template/spec/containers/0/image': { at: 'patch.yaml:10 redis', verbatim: true },
  },
);

check(
  'an item merged by a key of an openapi schema',
  'resources: [t.yaml]\nopenapi: { path: schema.json }\npatches: [{ path: patch.yaml }]\n',
  {
    't.yaml':
      'apiVersion: example.com/v1\nkind: Thing\nmetadata: { name: t }\nspec:\n  items:\n    - { key: a, v: 1 }\n    - { key: b, v: 1, w: 1 }\n',
    'patch.yaml':
      'apiVersion: example.com/v1\nkind: Thing\nmetadata: { name: t }\nspec:\n  items:\n    - { key: b, v: 2 }\n',
    'schema.json':
      '{"definitions":{"v1.Thing":{"properties":{"spec":{"type":"object","properties":{"items":{"type":"array","items":{"type":"object"},"x-kubernetes-patch-merge-key":"key","x-kubernetes-patch-strategy":"merge"}}}},"type":"object","x-kubernetes-group-version-kind":[{"group":"example.com","kind":"Thing","version":"v1"}]}}}',
  },
  {
    'Thing spec/items/0/v': { at: 'patch.yaml:6 2', verbatim: true, via: ['t.yaml:7 1'] },
    'Thing spec/items/0/w': { at: 't.yaml:7 1', verbatim: true },
    'Thing spec/items/1/v': { at: 't.yaml:6 1', verbatim: true },
  },
);
