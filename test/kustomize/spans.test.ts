/** For each transformer: a value of the result points to where a person would edit it, and to what changed it on the way. */
import { deepEqual } from 'node:assert/strict';
import { test } from 'node:test';
import type { Span, Value } from '../../server/src/core/index';
import { buildKustomization } from '../../server/src/core/index';

const base = 'file:///spans';

const web = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  selector:
    matchLabels:
      app: web
  template:
    metadata:
      labels:
        app: web
    spec:
      containers:
        - name: main
          image: nginx:1.0
          envFrom:
            - configMapRef:
                name: conf
`;

interface Place {
  /** `file:line text at the span`. */
  readonly at: string;
  readonly verbatim: boolean;
  readonly via?: readonly string[];
}

/** The places of fields, by `Kind path/to/field`; a trailing `#` asks for the key. */
function places(kustomization: string, files: Readonly<Record<string, string>>, fields: readonly string[]): Place[] {
  const all = new Map(Object.entries({ 'kustomization.yaml': kustomization, ...files }));
  const build = buildKustomization(base, { text: (uri) => all.get(uri.slice(base.length + 1)) });
  deepEqual(build.problems, []);
  const show = ({ uri, start, end }: Span) => {
    const path = uri.slice(base.length + 1);
    const text = all.get(path) ?? '';
    return `${path}:${text.slice(0, start).split('\n').length} ${text.slice(start, end).trimEnd()}`;
  };
  return fields.map((field) => {
    const [kind, path = ''] = field.split(' ');
    const found = build.resources.find(({ tree }) =>
      tree.entries.some(
        (entry) => entry.key.text === 'kind' && entry.value.type === 'scalar' && entry.value.text === kind,
      ),
    );
    const { origin } = at(found?.tree, path);
    return {
      at: show(origin),
      verbatim: origin.verbatim,
      ...(origin.via ? { via: origin.via.map(show) } : {}),
    };
  });
}

function at(value: Value | undefined, path: string): Value {
  const keys = path.replace(/#$/, '').split('/');
  const last = keys.length - 1;
  let now: Value | undefined = value;
  keys.forEach((key, index) => {
    const entry =
      now?.type === 'map' ? now.entries.find((one) => one.key.text === key.replaceAll('~', '/')) : undefined;
    if (now?.type === 'list') now = now.items[Number(key)];
    else now = index === last && path.endsWith('#') ? entry?.key : entry?.value;
  });
  if (now === undefined) throw new Error(`there is no ${path}`);
  return now;
}

function check(
  title: string,
  kustomization: string,
  files: Readonly<Record<string, string>>,
  expected: Readonly<Record<string, Place>>,
): void {
  test(title, () => {
    const fields = Object.keys(expected);
    const found = places(kustomization, { 'web.yaml': web, ...files }, fields);
    deepEqual(Object.fromEntries(fields.map((field, index) => [field, found[index]])), expected);
  });
}

check(
  'a value that nothing changes stays in its file',
  'resources: [web.yaml]\n',
  {},
  {
    'Deployment spec/template/spec/containers/0/image': { at: 'web.yaml:16 nginx:1.0', verbatim: true },
  },
);

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
  'generated data points into the files',
  'configMapGenerator:\n  - name: conf\n    files: [x=app.txt]\n    envs: [vars.env]\n',
  { 'app.txt': 'hello\n', 'vars.env': '# some\nA=one\n' },
  {
    'ConfigMap data/x': { at: 'app.txt:1 hello', verbatim: true },
    'ConfigMap data/A': { at: 'vars.env:2 one', verbatim: true },
    'ConfigMap data/A#': { at: 'vars.env:2 A', verbatim: true },
  },
);

check(
  'a secret is not written as it is',
  'secretGenerator:\n  - name: conf\n    literals: [A=one]\n',
  {},
  {
    'Secret data/A': { at: 'kustomization.yaml:3 one', verbatim: false },
  },
);

check(
  'labels point into the kustomization, keys and values',
  'commonLabels:\n  team: shop\n  app: other\nresources: [web.yaml]\n',
  {},
  {
    'Deployment metadata/labels/team': { at: 'kustomization.yaml:2 shop', verbatim: true },
    'Deployment metadata/labels/team#': { at: 'kustomization.yaml:2 team', verbatim: true },
    'Deployment spec/template/metadata/labels/team': { at: 'kustomization.yaml:2 shop', verbatim: true },
    'Deployment spec/selector/matchLabels/app': {
      at: 'kustomization.yaml:3 other',
      verbatim: true,
      via: ['web.yaml:8 web'],
    },
  },
);

check(
  'labels with pairs',
  'labels:\n  - pairs: { team: shop }\n    includeTemplates: true\nresources: [web.yaml]\n',
  {},
  {
    'Deployment spec/template/metadata/labels/team': { at: 'kustomization.yaml:2 shop', verbatim: true },
  },
);

check(
  'annotations',
  'commonAnnotations:\n  note: "yes"\nresources: [web.yaml]\n',
  {},
  {
    'Deployment metadata/annotations/note': { at: 'kustomization.yaml:2 "yes"', verbatim: true },
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
  'a transformer file',
  'resources: [web.yaml]\ntransformers: [t.yaml]\n',
  {
    't.yaml':
      'apiVersion: builtin\nkind: LabelTransformer\nmetadata: { name: t }\nlabels:\n  team: shop\nfieldSpecs: [{ path: metadata/labels, create: true }]\n',
  },
  {
    'Deployment metadata/labels/team': { at: 't.yaml:5 shop', verbatim: true },
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
  'build metadata',
  'buildMetadata: [originAnnotations]\nresources: [web.yaml]\n',
  {},
  {
    'Deployment metadata/annotations/config.kubernetes.io~origin': {
      at: 'kustomization.yaml:1 originAnnotations',
      verbatim: false,
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

test('everything that was looked at is known, also what is not there', () => {
  const files = new Map([['kustomization.yaml', 'resources: [a.yaml]\npatches: [{ path: p.yaml }]\n']]);
  const { read, problems } = buildKustomization(base, { text: (uri) => files.get(uri.slice(base.length + 1)) });
  deepEqual([...read].map((uri) => uri.slice(base.length + 1)).sort(), [
    'Kustomization',
    'a.yaml',
    'a.yaml/Kustomization',
    'a.yaml/kustomization.yaml',
    'a.yaml/kustomization.yml',
    'kustomization.yaml',
    'kustomization.yml',
    'p.yaml',
  ]);
  deepEqual(
    problems.map(({ code }) => code),
    ['file-not-found', 'file-not-found'],
  );
});
