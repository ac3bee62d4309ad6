/** Random edits of kustomizations and what they build on: nothing throws, and every state equals a fresh read. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { definition, hover, lenses } from '../../server/src/core/index';
import { edited } from './edited';
import type { Random } from './random';
import { random } from './random';
import { fresh, root, seen } from './seen';
import { world } from './world';

const fields: readonly ((choose: Random) => string)[] = [
  (choose) => `namespace: ${choose.of(['shop', 'store', 'x y'])}`,
  (choose) => `namePrefix: ${choose.of(['dev-', 'a'])}`,
  () => 'nameSuffix: -v1',
  (choose) => `commonLabels: { app: ${choose.of(['web', 'api'])} }`,
  (choose) => `labels: [{ pairs: { tier: front }, includeSelectors: ${choose.of(['true', 'false'])} }]`,
  (choose) => `replicas: [{ name: ${choose.of(['web', 'api', 'none'])}, count: 3 }]`,
  (choose) =>
    `configMapGenerator: [{ name: ${choose.of(['web', 'api'])}, literals: [C=http://${choose.of(['web', 'wbe'])}:80] }]`,
  () => 'configMapGenerator: [{ name: files, files: [a.conf] }]',
  (choose) =>
    `patches: [{ target: { kind: Service }, patch: '[{ op: replace, path: /spec/ports/0/port, value: ${choose.of(['80', '81'])} }]' }]`,
  () => 'patches: [{ path: patch.yaml }]',
  (choose) =>
    `patches: [{ target: { kind: ${choose.of(['Deployment', 'Service'])} }, patch: '{ kind: X, metadata: { name: x, labels: { app: ${choose.of(['web', 'api'])} } } }', options: { allowNameChange: ${choose.of(['true', 'false'])} } }]`,
  (choose) => `commonAnnotations: { note: ${choose.of(['one', 'two'])} }`,
  (choose) => `images: [{ name: ${choose.of(['web', 'nginx'])}, newTag: "${choose.of(['1', '2'])}" }]`,
  () => 'components: [../part]',
];

function kustomization(resources: readonly string[], choose: Random): string {
  const some = Array.from({ length: choose.below(4) }, () => choose.of(fields)(choose));
  return `resources:\n${resources.map((item) => `  - ${item}\n`).join('')}${[...new Set(some)].join('\n')}\n`;
}

function deployment(choose: Random): string {
  const from = choose.of(['[]', '[{ kind: ConfigMap, name: vars }]', '[{ kind: Secret, name: vars, optional: true }]']);
  const substitute = `postBuild: { substitute: { ${choose.of(['APP: web', 'A: api', ''])} }, substituteFrom: ${from} }`;
  const some = ['targetNamespace: shop', 'namePrefix: flux-', 'components: [../part]', substitute].filter(
    () => choose.below(2) === 0,
  );
  const spec = [`path: ./${choose.of(['dev', 'prod', 'base', 'gone', 'plain'])}`, ...some]
    .map((line) => `  ${line}\n`)
    .join('');
  return `apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: { name: ${choose.of(['a', 'b'])} }\nspec:\n${spec}`;
}

function application(choose: Random): string {
  const path = choose.of(['dev', 'plain', 'prod', 'new']);
  const source = choose.of(['', ', kustomize: { namePrefix: argo- }', ', directory: { recurse: true }']);
  const single = `kind: Application\nmetadata: { name: a }\nspec: { source: { path: ${path}${source} }, destination: { namespace: shop } }`;
  const set = `kind: ApplicationSet
metadata: { name: a }
spec:
  generators: [{ git: { directories: [{ path: ${choose.of(['*', 'plain/*', 'new'])} }] } }]
  template:
    metadata: { name: a }
    spec: { source: { path: '{{path}}' }, destination: { namespace: ${choose.of(['shop', "'{{path.basename}}'"])} } }`;
  return `apiVersion: argoproj.io/v1alpha1\n${choose.of([single, set])}\n`;
}

function variables(choose: Random): string {
  const data = choose.of(['data: { APP: web }', 'data: { APP: api, A: web }', 'stringData: { APP: api }']);
  return `apiVersion: v1\nkind: ${choose.of(['ConfigMap', 'Secret'])}\nmetadata: { name: ${choose.of(['vars', 'vars', 'other'])} }\n${data}\n`;
}

const texts: Readonly<Record<string, (choose: Random) => string>> = {
  'base/kustomization.yaml': (choose) => kustomization(['one.yaml', choose.of(['two.yaml', 'owt.yaml'])], choose),
  'base/one.yaml': world,
  'base/two.yaml': world,
  'base/patch.yaml': world,
  'part/kustomization.yaml': (choose) => `kind: Component\n${kustomization(['three.yaml'], choose)}`,
  'part/three.yaml': world,
  'dev/kustomization.yaml': (choose) => kustomization(['../base'], choose),
  'dev/patch.yaml': world,
  'dev/a.conf': (choose) => `to = http://${choose.of(['web', 'api'])}:80\n`,
  'prod/kustomization.yaml': (choose) =>
    kustomization(['../base', choose.of(['../part', 'own.yaml', '../dev', '../flux.yaml', '../vars.yaml'])], choose),
  'prod/own.yaml': world,
  'plain.yaml': world,
  'plain/one.yaml': world,
  'plain/in/two.yaml': world,
  'new/three.yaml': world,
  'vars.yaml': variables,
  'dev/vars.yaml': variables,
  'argo.yaml': (choose) => choose.of([application, () => '# nothing is applied\n'])(choose),
  'flux.yaml': (choose) =>
    Array.from({ length: choose.below(3) }, () => deployment(choose)).join('---\n') || '# nothing is applied\n',
};

for (const seed of [1, 2, 3]) {
  test(`edits of kustomizations give what a fresh read gives (seed ${seed})`, () => {
    const choose = random(seed);
    const files = new Map(Object.entries(texts).map(([path, make]) => [`${root}/${path}`, make(choose)]));
    const workspace = fresh(files);
    for (let step = 0; step < 60; step++) {
      const [path, make] = choose.of(Object.entries(texts));
      const uri = `${root}/${path}`;
      if (choose.below(10) === 0) {
        files.delete(uri);
        workspace.delete(uri);
      } else {
        const text = choose.below(3) === 0 ? make(choose) : edited(files.get(uri) ?? make(choose), choose);
        files.set(uri, text);
        workspace.set(uri, text);
      }
      const snapshot = workspace.snapshot();
      const probed = choose.of([...files.keys()]);
      const offset = choose.below((files.get(probed)?.length ?? 0) + 1);
      hover(snapshot, probed, offset);
      definition(snapshot, probed, offset);
      lenses(snapshot, probed);
      if (step % 4 === 0)
        assert.deepEqual(seen(workspace, files.keys()), seen(fresh(files), files.keys()), `seed ${seed}, step ${step}`);
      else for (const other of files.keys()) snapshot.findings(other);
    }
  });
}
