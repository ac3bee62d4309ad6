import assert from 'node:assert/strict';
import { test } from 'node:test';
import { servedFiles } from '../../server/src/files/served';

const root = 'vscode-vfs://github/org/repo';

/** An editor that serves these files, and finds everything that lies at a place. */
function editor(files: Readonly<Record<string, string>>) {
  const path = (uri: string) => decodeURIComponent(uri.slice(root.length + 1));
  const uri = (file: string) => `${root}/${file.split('/').map(encodeURIComponent).join('/')}`;
  const found = Object.keys(files).map(uri);
  const list = async (places: readonly string[], exclude: readonly string[] = []) => {
    const served = servedFiles({
      find: (at) =>
        Promise.resolve(found.filter((file) => at.some((place) => file === place || file.startsWith(`${place}/`)))),
      read: (uris) => Promise.resolve(uris.map((file) => files[path(file)] ?? null)),
    });
    const paths: string[] = [];
    const at = places.map((place) => (place === '' ? root : uri(place)));
    for await (const file of served.list([{ uri: root, exclude }], at)) paths.push(path(file.uri));
    return paths;
  };
  return list;
}

test('what the editor finds is left out as .gitignore files and globs have it, and comes in order', async () => {
  const list = editor({
    '.gitignore': 'build/\n',
    'a b.yaml': '',
    'build/a.yaml': '',
    'deep/.gitignore': '!build/\n*.json\n',
    'deep/build/a.yaml': '',
    'deep/x.json': '',
    'node_modules/a.yaml': '',
    'tmp/a.yaml': '',
    'z/kustomization.yaml': '',
  });
  assert.deepEqual(await list([''], ['tmp']), ['z/kustomization.yaml', 'a b.yaml', 'deep/build/a.yaml']);
});

test('rules of the folders above a single place count too', async () => {
  const list = editor({ '.gitignore': 'build/\n', 'in/a.yaml': '', 'in/build/a.yaml': '', 'gone.yaml': '' });
  assert.deepEqual(await list(['in/build/a.yaml']), []);
  assert.deepEqual(await list(['in']), ['in/a.yaml']);
});
