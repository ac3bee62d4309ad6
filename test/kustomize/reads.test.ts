/** What a build depends on. */
import { deepEqual } from 'node:assert/strict';
import { test } from 'node:test';
import { buildKustomization } from '../../server/src/core/index';

const base = 'file:///reads';

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
