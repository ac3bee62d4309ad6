/** The fixes of deprecated fields, for everything that the real tool was asked to build: the result stays the same. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applyEdits, buildKustomization, createWorkspace } from '../../server/src/core/index';
import type { Plain } from './build';
import { plain, plainDocuments } from './build';
import { buildCase, casesOf, pages } from './cases';

const root = 'file:///case';

/** Which transformers were used is noted where `buildMetadata` asks for it, and the fix asks for others. */
function withoutNotes(value: Plain): Plain {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return value;
  const entries = Object.entries(value).filter(([key]) => key !== 'alpha.config.kubernetes.io/transformations');
  return Object.fromEntries(entries.map(([key, inner]) => [key, withoutNotes(inner)]));
}

for (const { name, text } of pages())
  for (const item of casesOf(name, text).filter(({ expected }) => expected.type === 'built')) {
    const workspace = createWorkspace(() => undefined);
    workspace.setRoots([root]);
    for (const [path, content] of item.files) workspace.set(`${root}/${path}`, content);
    const snapshot = workspace.snapshot();
    for (const [path, content] of item.files)
      for (const { rule, fixes, at } of snapshot.findings(`${root}/${path}`)) {
        const [fix] = rule === 'kustomization-deprecated' ? fixes : [];
        if (!fix) continue;
        const field = content.slice(at.start, at.end);
        test(`${name}: ${item.section.title}: ${field} in ${path}`, () => {
          const files = new Map([...item.files, [path, applyEdits(content, fix.edits)]]);
          const build = buildCase({ ...item, files });
          assert.deepEqual(build.problems, []);
          assert.deepEqual(
            build.resources.map(({ tree }) => withoutNotes(plain(tree))),
            plainDocuments(item.expected.text).map(withoutNotes),
          );
        });
      }
  }

const web = `apiVersion: apps/v1
kind: Deployment
metadata: { name: web, labels: { app: web } }
spec: { replicas: 1 }
`;
const replicas = (count: number) =>
  `apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: web }\nspec: { replicas: ${count} }\n`;

/** The fixes of a kustomization of its own, applied one after the other, and what was built before and after. */
function afterFixes(text: string) {
  const files = new Map([
    ['main/kustomization.yaml', text],
    ['main/web.yaml', web],
    ['main/two.yaml', replicas(2)],
    ['base/kustomization.yaml', 'resources: [other.yaml]\n'],
    ['base/other.yaml', web.replace('name: web', 'name: other')],
  ]);
  const build = (changed: string) => {
    const texts = new Map(files).set('main/kustomization.yaml', changed);
    const built = buildKustomization(`${root}/main`, { text: (uri) => texts.get(uri.slice(root.length + 1)) });
    return [built.problems, built.resources.map(({ tree }) => plain(tree))];
  };
  let now = text;
  for (let round = 0; ; round++) {
    assert.ok(round < 5, 'a fix changes nothing');
    const workspace = createWorkspace(() => undefined);
    workspace.setRoots([root]);
    for (const [path, content] of files)
      workspace.set(`${root}/${path}`, path === 'main/kustomization.yaml' ? now : content);
    const findings = workspace.snapshot().findings(`${root}/main/kustomization.yaml`);
    const fix = findings.filter(({ rule }) => rule === 'kustomization-deprecated').flatMap(({ fixes }) => fixes)[0];
    if (!fix) return { now, before: build(text), after: build(now) };
    now = applyEdits(now, fix.edits);
  }
}

test('bases come behind resources', () => {
  const { now, before, after } = afterFixes('bases:\n  - ../base\nresources:\n  - web.yaml\n');
  assert.equal(now, 'resources:\n  - web.yaml\n  - ../base\n');
  assert.deepEqual(after, before);
});

test('strategic merge patches stay before other patches', () => {
  const { now, before, after } = afterFixes(
    `resources: [web.yaml]\npatches:\n  - patch: |-\n      ${replicas(3).trimEnd().replaceAll('\n', '\n      ')}\npatchesStrategicMerge:\n  - two.yaml\n`,
  );
  assert.doesNotMatch(now, /patchesStrategicMerge/);
  assert.deepEqual(after, before);
});

const operation = (path: string) =>
  `patchesJson6902:\n  - target: { kind: Deployment, name: web }\n    patch: '[{"op": "replace", "path": "${path}", "value": 5}]'\n`;

test('operations stay where they would meet other values', () => {
  for (const [field, path, isMoved] of [
    ['namespace: shop', '/spec/replicas', true],
    ['namespace: shop', '/metadata/namespace', false],
    ['namePrefix: a-', '/spec/replicas', false],
    ['commonAnnotations: { a: b }', '/metadata/annotations/a', false],
    ['images: []', '/metadata/labels/app', true],
  ] as const) {
    const { now, before, after } = afterFixes(`resources: [web.yaml]\n${field}\n${operation(path)}`);
    assert.equal(!now.includes('patchesJson6902'), isMoved, `${field} ${path}`);
    assert.deepEqual(after, before);
  }
});
