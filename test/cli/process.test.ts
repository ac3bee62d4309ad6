/** The program as a process; all else about commands is tested in a thread. */
import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { bundle, folderOf, podpath, podpathProcess, service } from './podpath';

describe('the process', () => {
  before(() => bundle());

  test('says and ends with what the commands give', () => {
    const folder = folderOf({ 'web.yaml': service('web', 'app: web') });
    try {
      for (const args of [['check', '.'], ['check', '--format', 'json'], ['resolve', 'web'], ['--version'], ['chekc']])
        assert.deepEqual(podpathProcess(folder.path, args), podpath(folder.path, args), args.join(' '));
    } finally {
      folder.remove();
    }
  });

  test('writes long results to the end', () => {
    const services = Array.from({ length: 2_000 }, (_, index) =>
      service(`web-${index}`, 'app: web').replace('port: 80', 'port: 99999'),
    ).join('---\n');
    const folder = folderOf({ 'web.yaml': services });
    try {
      const { out } = podpathProcess(folder.path, ['check', '--format', 'json', '.']);
      assert.ok(out.length > 200_000, out.slice(0, 500));
      assert.ok(JSON.parse(out));
    } finally {
      folder.remove();
    }
  });
});
