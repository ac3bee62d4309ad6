/** Settings, ignores and baselines that come and go in any order give what a fresh read gives. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { entryOf, writeBaseline } from '../../server/src/core/index';
import { random } from './random';
import { fresh, root, seen } from './seen';
import { world } from './world';

const baseline = `${root}/known.json`;

const configs = [
  '',
  'rules: { service-selector-matches-nothing: hint, invalid-name: off }\n',
  'closedWorld: always\n',
  'closedWorld: never\nnamespace: shop\n',
  'namespace: store\n',
  'exclude: [a]\n',
  'exclude: ["1.yaml", "c/**"]\nclosedWorld: always\n',
  'ignore: { "a/**": [all], "2.yaml": [service-selector-matches-nothing] }\n',
  'baseline: known.json\n',
  'baseline: ../known.json\nrules: { unused-ignore: off }\n',
  'kubernetesVersion: "1.21"\nnodePortRange: 30000-30001\n',
  'rules: [',
  'nonsense: true\n',
];

const comments = [
  '# podpath-ignore all\n',
  '# podpath-ignore service-selector-matches-nothing, invalid-name why\n',
  '',
];

for (const seed of [1, 2, 3])
  test(`configuration, step by step, gives what a fresh read gives (seed ${seed})`, () => {
    const choose = random(seed);
    const commented = () =>
      world(choose)
        .split('\n')
        .map((line) => (choose.below(12) === 0 ? choose.of(comments) : '') + line)
        .join('\n');
    const files = new Map(
      Array.from({ length: 8 }, (_, index) => [
        `${root}/${choose.of(['', 'a/', 'a/b/', 'c/'])}${index}.yaml`,
        commented(),
      ]),
    );
    const manifests = [...files.keys()];
    const all = fresh(files).snapshot();
    const known = writeBaseline(
      manifests.flatMap((uri) =>
        all
          .findings(uri)
          .filter(() => choose.below(2) === 0)
          .map((finding) => entryOf(finding, files.get(uri) ?? '', baseline)),
      ),
    );
    const workspace = fresh(files);
    for (let step = 0; step < 60; step++) {
      const uri = choose.of([
        ...manifests,
        `${root}/podpath.yaml`,
        `${root}/podpath.yaml`,
        `${root}/a/podpath.yaml`,
        baseline,
      ]);
      const text =
        uri === baseline ? choose.of([known, '{}']) : uri.endsWith('podpath.yaml') ? choose.of(configs) : commented();
      if (!manifests.includes(uri) && choose.below(4) === 0) {
        files.delete(uri);
        workspace.delete(uri);
      } else {
        files.set(uri, text);
        workspace.set(uri, text);
      }
      assert.deepEqual(
        seen(workspace, files.keys()),
        seen(fresh(files), files.keys()),
        `seed ${seed}, step ${step}, ${uri}`,
      );
    }
  });

test('files whose findings change are stale, whatever changed', () => {
  const choose = random(7);
  const files = new Map(Array.from({ length: 6 }, (_, index) => [`${root}/a/${index}.yaml`, world(choose)]));
  const workspace = fresh(files);
  for (let step = 0; step < 40; step++) {
    const before = new Map([...files.keys()].map((uri) => [uri, seen(workspace, [uri]).join('\n')]));
    workspace.takeStale();
    const uri = choose.of([`${root}/podpath.yaml`, `${root}/a/podpath.yaml`]);
    workspace.set(uri, choose.of(configs));
    const stale = new Set(workspace.takeStale());
    for (const [file, text] of before)
      if (seen(workspace, [file]).join('\n') !== text) assert.ok(stale.has(file), `${file} after step ${step}`);
  }
});
