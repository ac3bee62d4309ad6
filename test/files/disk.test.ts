import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, test } from 'node:test';
import { diskFiles } from '../../server/src/files/disk';
import { fileUri } from '../../server/src/files/paths';

const made: string[] = [];
afterEach(() => {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** A folder with these files; texts that end in `/` are links to that folder. */
function folderOf(files: Readonly<Record<string, string | Uint8Array>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'podpath files '));
  made.push(folder);
  for (const [path, content] of Object.entries(files)) {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
  }
  return folder;
}

interface Listed {
  readonly paths: readonly string[];
  readonly texts: Readonly<Record<string, string>>;
  readonly problems: readonly string[];
}

async function list(folder: string, exclude: readonly string[] = [], places = ['']): Promise<Listed> {
  const problems: string[] = [];
  const root = fileUri(folder);
  const path = (uri: string) => decodeURIComponent(uri.slice(root.length + 1));
  const texts: Record<string, string> = {};
  const at = places.map((place) => (place === '' ? root : fileUri(join(folder, place))));
  for await (const { uri, text } of diskFiles((uri, message) => problems.push(`${path(uri)} ${message}`)).list(
    [{ uri: root, exclude }],
    at,
  ))
    texts[path(uri)] = text;
  return { paths: Object.keys(texts), texts, problems };
}

test('manifests are listed in order, charts and kustomizations first', async () => {
  const folder = folderOf({
    'a/web app.yaml': '',
    'a/kustomization.yaml': '',
    'b.yml': '',
    'b.json': '',
    'chart/Chart.yaml': '',
    'notes.md': '',
    'z/Kustomization': '',
  });
  assert.deepEqual((await list(folder)).paths, [
    'a/kustomization.yaml',
    'chart/Chart.yaml',
    'z/Kustomization',
    'a/web app.yaml',
    'b.json',
    'b.yml',
  ]);
});

test('.gitignore files count as git counts them: nested, anchored, negated', async () => {
  const folder = folderOf({
    '.gitignore': 'build/\n*.gen.yaml\n/top.yaml\n!keep.gen.yaml\n',
    'build/a.yaml': '',
    'deep/build/a.yaml': '',
    'top.yaml': '',
    'deep/top.yaml': '',
    'x.gen.yaml': '',
    'keep.gen.yaml': '',
    'deep/.gitignore': 'own.yaml\n!x.gen.yaml\n',
    'deep/own.yaml': '',
    'deep/x.gen.yaml': '',
    'own.yaml': '',
  });
  assert.deepEqual((await list(folder)).paths, ['deep/top.yaml', 'deep/x.gen.yaml', 'keep.gen.yaml', 'own.yaml']);
});

test('rules of the repository around a folder count, unless they ignore the folder itself', async () => {
  const repository = folderOf({
    '.git/HEAD': '',
    '.gitignore': '*.gen.yaml\nvendor/\n',
    'k8s/a.yaml': '',
    'k8s/b.gen.yaml': '',
    'vendor/c.yaml': '',
  });
  assert.deepEqual((await list(join(repository, 'k8s'))).paths, ['a.yaml']);
  assert.deepEqual((await list(join(repository, 'vendor'))).paths, ['c.yaml']);
});

test('files.exclude leaves out files and folders; .git and node_modules are never read', async () => {
  const folder = folderOf({
    'a.yaml': '',
    'dist/a.yaml': '',
    'x/tmp/a.yaml': '',
    'node_modules/p/a.yaml': '',
    '.git/a.yaml': '',
    '.github/a.yaml': '',
  });
  assert.deepEqual((await list(folder, ['dist', '**/tmp'])).paths, ['.github/a.yaml', 'a.yaml']);
});

test('single places are left out like the rest, and what is gone gives nothing', async () => {
  const folder = folderOf({ '.gitignore': 'out/\n', 'out/a.yaml': '', 'in/a.yaml': '', 'in/b.txt': '' });
  assert.deepEqual((await list(folder, [], ['out/a.yaml', 'out', 'in/b.txt', 'gone.yaml'])).paths, []);
  assert.deepEqual((await list(folder, [], ['in/a.yaml'])).paths, ['in/a.yaml']);
  assert.deepEqual((await list(folder, [], ['in'])).paths, ['in/a.yaml']);
});

test('links to files are read, links in a circle are not followed', async () => {
  const folder = folderOf({ 'a/real.yaml': 'a: 1' });
  symlinkSync(folder, join(folder, 'a/around'));
  symlinkSync(join(folder, 'a/real.yaml'), join(folder, 'link.yaml'));
  symlinkSync(join(folder, 'nowhere'), join(folder, 'dangling.yaml'));
  assert.deepEqual((await list(folder)).paths, ['a/real.yaml', 'link.yaml']);
});

test('byte order marks are honoured, bytes that are no UTF-8 do not hide a file', async () => {
  const utf16 = Buffer.from('\ufeffkind: ö', 'utf16le');
  const folder = folderOf({
    'a.yaml': new Uint8Array([0xef, 0xbb, 0xbf, 0x61]),
    'b.yaml': utf16,
    'c.yaml': new Uint8Array([0x61, 0xe4, 0x62]),
  });
  const { texts } = await list(folder);
  assert.deepEqual(texts, { 'a.yaml': 'a', 'b.yaml': 'kind: ö', 'c.yaml': 'a\ufffdb' });
});

test('binary and huge files are not read, and it is said why', async () => {
  const folder = folderOf({
    'a.yaml': '',
    'binary.yaml': new Uint8Array([0x61, 0, 0x62]),
    'huge.yaml': new Uint8Array(50_000_000),
  });
  const { paths, problems } = await list(folder);
  assert.deepEqual(paths, ['a.yaml']);
  assert.deepEqual(problems, [
    'binary.yaml is not read: it is a binary file',
    'huge.yaml is not read: 50 MB are more than the 10 MB that are read',
  ]);
});

test('what is named is read whatever it is, and not on paths that lead round without end', async () => {
  const folder = folderOf({ 'a/logo.png': new Uint8Array([0x89, 0x50, 0]), 'a/kustomization.yaml': '' });
  symlinkSync(join(folder, 'a'), join(folder, 'a/self'));
  symlinkSync(join(folder, 'a'), join(folder, 'b'));
  const problems: string[] = [];
  const files = diskFiles((uri, message) => problems.push(`${uri} ${message}`));
  const named = ['a/logo.png', 'b/kustomization.yaml', 'a/self/kustomization.yaml', 'b/self/kustomization.yaml'];
  const texts = new Map<string, string>();
  for await (const { uri, text } of files.read(named.map((path) => fileUri(join(folder, path)))))
    texts.set(uri.slice(fileUri(folder).length + 1), text);
  assert.deepEqual(
    [...texts],
    [
      ['a/logo.png', '\ufffdP\0'],
      ['b/kustomization.yaml', ''],
    ],
  );
  assert.deepEqual(problems, []);
});
