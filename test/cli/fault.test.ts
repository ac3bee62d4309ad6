import assert from 'node:assert/strict';
import { tmpdir } from 'node:os';
import { test } from 'node:test';
import { main } from '../../server/src/cli/main';

test('a fault of Podpath itself is no finding: it is reported with its stack, and the exit code is 3', async () => {
  const messages: string[] = [];
  const code = await main(['check', '--help'], {
    cwd: tmpdir(),
    env: {},
    terminal: false,
    columns: undefined,
    progress: undefined,
    out: () => {
      throw new TypeError('boom');
    },
    message: (line) => messages.push(line),
  });
  assert.equal(code, 3);
  assert.match(messages.join('\n'), /^this is a fault of Podpath: TypeError: boom\n +at /);
});
