/** Values of generated objects point to literals, files and options. */
import { check } from './check';

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
  'labels of generated objects point to the options',
  'generatorOptions:\n  labels: { team: shop }\nconfigMapGenerator:\n  - name: conf\n    literals: [A=one]\n    options:\n      annotations: { note: here }\n',
  {},
  {
    'ConfigMap metadata/labels/team': { at: 'kustomization.yaml:2 shop', verbatim: true },
    'ConfigMap metadata/annotations/note': { at: 'kustomization.yaml:7 here', verbatim: true },
  },
);

check(
  'a merged literal names both',
  'resources: [base]\nconfigMapGenerator:\n  - name: conf\n    behavior: merge\n    literals: [A=two]\n',
  { 'base/kustomization.yaml': 'configMapGenerator:\n  - name: conf\n    literals: [A=one, B=one]\n' },
  {
    'ConfigMap data/A': { at: 'kustomization.yaml:5 two', verbatim: true, via: ['base/kustomization.yaml:3 one'] },
    'ConfigMap data/B': { at: 'base/kustomization.yaml:3 one', verbatim: true },
  },
);

check(
  'a generator file',
  'generators: [g.yaml]\n',
  { 'g.yaml': 'apiVersion: builtin\nkind: ConfigMapGenerator\nmetadata: { name: conf }\nliterals: [A=one]\n' },
  {
    'ConfigMap data/A': { at: 'g.yaml:4 one', verbatim: true },
    'ConfigMap metadata/name': { at: 'g.yaml:3 conf', verbatim: false, via: ['g.yaml:3 conf'] },
  },
);
