/** `--baseline` and `--write-baseline` as processes. */
import assert from 'node:assert/strict';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { bundle, deployment, folderOf, podpath, service } from './podpath';

describe('a baseline', () => {
  let folder: ReturnType<typeof folderOf>;
  const run = (...args: string[]) => podpath(folder.path, ['check', ...args]);
  const write = (name: string, text: string) => writeFileSync(join(folder.path, name), text);
  before(async () => {
    await bundle();
    folder = folderOf({ 'a.yaml': service('web', 'app: wbe'), 'web.yaml': deployment('web', 'app: web') });
  });
  after(() => folder.remove());

  test('is written, read, and survives lines that move', () => {
    assert.deepEqual(run('--write-baseline', 'known.json'), {
      code: 0,
      out: '',
      messages: 'podpath: known.json: 1 finding is known from now on\n',
    });
    const expected = {
      code: 0,
      out: 'All clear: 2 resources in 2 files, nothing new to report (1 known).\n',
      messages: '',
    };
    assert.deepEqual(run('--baseline', 'known.json'), expected);
    write('a.yaml', `# one more line\n${service('web', 'app: wbe')}`);
    assert.deepEqual(run('--baseline', 'known.json'), expected);
    assert.equal(run().code, 1);
  });

  test('is found through podpath.yaml, relative to it', () => {
    write('podpath.yaml', 'baseline: known.json\n');
    assert.equal(run().code, 0);
    assert.equal(podpath('/', ['check', folder.path]).code, 0);
    rmSync(join(folder.path, 'podpath.yaml'));
  });

  test('says once which entries are gone', () => {
    write('a.yaml', service('web', 'app: web'));
    const { code, messages } = run('--baseline', 'known.json');
    assert.deepEqual(
      [code, messages],
      [0, 'podpath: known.json: 1 known finding is gone; --write-baseline known.json takes it out\n'],
    );
    assert.equal(run('--baseline', 'known.json', '--quiet').messages, '');
    assert.equal(run('--baseline', 'known.json', 'web.yaml').messages, '');
    write('a.yaml', service('web', 'app: wbe'));
  });

  test('written for one file keeps what it knows of others', () => {
    write('b.yaml', service('Other', 'app: web'));
    run('--write-baseline', 'known.json', 'b.yaml');
    const entries = readFileSync(join(folder.path, 'known.json'), 'utf8');
    assert.match(entries, /"file":"a.yaml"/);
    assert.match(entries, /"file":"b.yaml"/);
    assert.equal(run('--baseline', 'known.json').code, 0);
    rmSync(join(folder.path, 'b.yaml'));
    run('--write-baseline', 'known.json');
    assert.doesNotMatch(readFileSync(join(folder.path, 'known.json'), 'utf8'), /b\.yaml/);
  });

  test('that is missing or something else is named', () => {
    write('other.json', '{}');
    const missing = run('--baseline', 'none.json');
    assert.equal(missing.code, 2);
    assert.match(missing.messages, /none\.json does not exist/);
    assert.match(run('--baseline', 'other.json').messages, /other\.json is no baseline/);
    const refused = run('--write-baseline', 'other.json');
    assert.equal(refused.code, 2);
    assert.equal(readFileSync(join(folder.path, 'other.json'), 'utf8'), '{}');
    write('podpath.yaml', 'baseline: none.json\n');
    const { code, messages } = run();
    assert.equal(code, 1);
    assert.match(messages, /none\.json does not exist/);
    rmSync(join(folder.path, 'podpath.yaml'));
  });
});
