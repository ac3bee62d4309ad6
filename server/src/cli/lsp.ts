/** `podpath lsp`: the language server, for any editor. It is a program of its own, so that no other command loads it. */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Command } from './command';
import { UsageError } from './usage-error';

export const lsp: Command = {
  name: 'lsp',
  summary: 'Starts the language server, for any editor',
  arguments: undefined,
  options: { stdio: { help: 'speak over standard input and output (the default)' } },
  formats: [],
  async run() {
    const server = new URL('./server/node.js', import.meta.url);
    if (!existsSync(fileURLToPath(server)))
      throw new UsageError(`the language server is not built: ${fileURLToPath(server)} is missing`);
    // The server reads its transport from the arguments of the process.
    process.argv.splice(2, process.argv.length - 2, '--stdio');
    await import(server.href);
    await new Promise(() => undefined);
    return 0;
  },
};
