/** Images, counts, replacements and vars point to where the new value is edited. */
import { check } from './check';

check(
  'an image points to its new tag',
  'resources: [web.yaml]\nimages:\n  - name: nginx\n    newName: example.com/nginx\n    newTag: "2"\n',
  {},
  {
    'Deployment spec/template/spec/containers/0/image': {
      at: 'kustomization.yaml:5 "2"',
      verbatim: false,
      via: ['kustomization.yaml:4 example.com/nginx', 'web.yaml:16 nginx:1.0'],
    },
  },
);

check(
  'replicas',
  'resources: [web.yaml]\nreplicas:\n  - name: web\n    count: 5\n',
  {},
  {
    'Deployment spec/replicas': { at: 'kustomization.yaml:4 5', verbatim: true },
  },
);

check(
  'a replacement points to its source',
  'resources: [web.yaml, c.yaml]\nreplacements:\n  - source: { kind: ConfigMap, fieldPath: data.image }\n    targets:\n      - select: { kind: Deployment }\n        fieldPaths: [spec.template.spec.containers.0.image]\n',
  { 'c.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: c }\ndata: { image: redis }\n' },
  {
    'Deployment spec/template/spec/containers/0/image': {
      at: 'c.yaml:4 redis',
      verbatim: true,
      via: ['kustomization.yaml:6 spec.template.spec.containers.0.image', 'web.yaml:16 nginx:1.0'],
    },
  },
);

check(
  'a replacement from a field that means something where it stands is not edited there',
  'resources: [web.yaml, s.yaml]\nreplacements:\n  - source: { kind: Service, fieldPath: spec.ports.0.port }\n    targets:\n      - select: { kind: Deployment }\n        fieldPaths: [metadata.labels.port]\n        options: { create: true }\n',
  { 's.yaml': 'apiVersion: v1\nkind: Service\nmetadata: { name: s }\nspec: { ports: [{ port: 80 }] }\n' },
  {
    'Deployment metadata/labels/port': {
      at: 's.yaml:4 80',
      verbatim: false,
      via: ['kustomization.yaml:6 metadata.labels.port'],
    },
  },
);

check(
  'a var stays where it is written',
  'resources: [p.yaml]\nvars:\n  - { name: NAME, objref: { apiVersion: v1, kind: Pod, name: p } }\n',
  {
    'p.yaml':
      'apiVersion: v1\nkind: Pod\nmetadata: { name: p }\nspec: { containers: [{ name: a, args: [--name=$(NAME)] }] }\n',
  },
  {
    'Pod spec/containers/0/args/0': {
      at: 'p.yaml:4 --name=$(NAME)',
      verbatim: false,
      via: ['p.yaml:3 p', 'kustomization.yaml:3 NAME'],
    },
  },
);

check(
  'an image points to its digest, or to what is put behind its tag',
  'resources: [web.yaml, pod.yaml]\nimages:\n  - name: nginx\n    digest: sha256:0f\n  - name: redis\n    tagSuffix: -slim\n',
  {
    'pod.yaml':
      'apiVersion: v1\nkind: Pod\nmetadata: { name: p }\nspec: { containers: [{ name: a, image: redis:7 }] }\n',
  },
  {
    'Deployment spec/template/spec/containers/0/image': {
      at: 'kustomization.yaml:4 sha256:0f',
      verbatim: false,
      via: ['web.yaml:16 nginx:1.0'],
    },
    'Pod spec/containers/0/image': {
      at: 'kustomization.yaml:6 -slim',
      verbatim: false,
      // The real tool changes the images of known kinds twice.
      via: ['kustomization.yaml:6 -slim', 'pod.yaml:4 redis:7'],
    },
  },
);

check(
  'a piece of a replacement points to its source, and is not written as it is',
  'resources: [web.yaml, c.yaml]\nreplacements:\n  - source: { kind: ConfigMap, fieldPath: data.tag }\n    targets:\n      - select: { kind: Deployment }\n        fieldPaths: [spec.template.spec.containers.0.image]\n        options: { delimiter: ":", index: 1 }\n',
  { 'c.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: c }\ndata: { tag: "2" }\n' },
  {
    'Deployment spec/template/spec/containers/0/image': {
      at: 'c.yaml:4 "2"',
      verbatim: false,
      via: ['kustomization.yaml:6 spec.template.spec.containers.0.image', 'web.yaml:16 nginx:1.0'],
    },
  },
);

check(
  'a value of a ValueAddTransformer',
  'resources: [web.yaml]\ntransformers: [t.yaml]\n',
  {
    't.yaml':
      'apiVersion: builtin\nkind: ValueAddTransformer\nmetadata: { name: t }\nvalue: shop\ntargets: [{ fieldPath: metadata/namespace }]\n',
  },
  {
    'Deployment metadata/namespace': { at: 't.yaml:4 shop', verbatim: true },
  },
);
