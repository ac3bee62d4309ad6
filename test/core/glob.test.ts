import assert from 'node:assert/strict';
import { test } from 'node:test';
import { matchesGlob, matchesSegments, matchesText } from '../../server/src/core/glob';

const table: readonly (readonly [glob: string, path: string, matches: boolean])[] = [
  ['vendor', 'vendor/a.yaml', true],
  ['vendor', 'k8s/vendor/a.yaml', true],
  ['vendor/', 'k8s/vendor/a.yaml', true],
  ['/vendor', 'k8s/vendor/a.yaml', false],
  ['/vendor', 'vendor/a.yaml', true],
  ['./vendor', 'vendor/a.yaml', true],
  ['vendor', 'vendored/a.yaml', false],
  ['*.gen.yaml', 'k8s/a.gen.yaml', true],
  ['*.gen.yaml', 'k8s/a.yaml', false],
  ['k8s/*.yaml', 'k8s/a.yaml', true],
  ['k8s/*.yaml', 'k8s/b/a.yaml', false],
  ['k8s/*.yaml', 'x/k8s/a.yaml', false],
  ['k8s/**', 'k8s/b/a.yaml', true],
  ['k8s/**', 'k8s', false],
  ['k8s/**/a.yaml', 'k8s/a.yaml', true],
  ['k8s/**/a.yaml', 'k8s/b/c/a.yaml', true],
  ['k8s/**/a.yaml', 'k8s/b/c/b.yaml', false],
  ['**/test', 'a/b/test/c.yaml', true],
  ['**', 'a.yaml', true],
  ['**/*.yaml', 'a.yaml', true],
  ['a?c.yaml', 'abc.yaml', true],
  ['a?c.yaml', 'ac.yaml', false],
  ['*.{yaml,yml}', 'a.yml', true],
  ['{a,b}/*.{yaml,yml}', 'b/x.yaml', true],
  ['{a,b}/*.{yaml,yml}', 'c/x.yaml', false],
  ['a.b', 'axb', false],
  ['[a]', 'a', false],
  ['', 'a.yaml', false],
  ['/', 'a.yaml', false],
];

test('globs match as .gitignore has them', () => {
  for (const [glob, path, expected] of table) assert.equal(matchesGlob(glob, path), expected, `${glob} on ${path}`);
});

test('no glob takes long', () => {
  const start = Date.now();
  assert.equal(matchesGlob('*a'.repeat(2000), 'a'.repeat(4000) + 'b'), false);
  assert.equal(matchesGlob('**/a/'.repeat(200) + 'b', 'a/'.repeat(400) + 'c'), false);
  matchesGlob('{a,b}'.repeat(40), 'ab'.repeat(20));
  assert.ok(Date.now() - start < 2000, `${Date.now() - start} ms`);
});

test('Argo CD takes slashes for any character in names of files, and for an end in names of folders', () => {
  const files: readonly (readonly [string, string, boolean])[] = [
    ['*.yaml', 'in/web.yaml', true],
    ['{in/*,old.yaml}', 'in/web.yaml', true],
    ['{in/*,old.yaml}', 'old.yaml', true],
    ['{in/*,old.yaml}', 'new.yaml', false],
    ['we?.yaml', 'web.yaml', true],
    ['web', 'web.yaml', false],
  ];
  for (const [glob, path, matches] of files) assert.equal(matchesText(glob, path), matches, `${glob} ${path}`);
  const folders: readonly (readonly [string, string, boolean])[] = [
    ['apps/*', 'apps/web', true],
    ['apps/*', 'apps/web/in', false],
    ['*/w*', 'apps/web', true],
    ['apps', 'apps/web', false],
  ];
  for (const [glob, path, matches] of folders) assert.equal(matchesSegments(glob, path), matches, `${glob} ${path}`);
});
