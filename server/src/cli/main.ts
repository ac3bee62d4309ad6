/** From arguments to an exit code: 0 done, 1 findings, 2 wrong usage, 3 a fault of Podpath itself. */
import type { Io } from './io';
import { commands } from './commands';
import { helpOf, overview } from './help';
import { parseCall } from './parse';
import { UsageError } from './usage-error';
import { version } from './version';

export async function main(args: readonly string[], io: Io): Promise<number> {
  const [name, ...rest] = args;
  if (name === '--version') {
    io.out(`${version()}\n`);
    return 0;
  }
  if (name === '--help' || name === '-h' || name === 'help' || name === undefined) {
    const asked = commands.find((item) => item.name === rest[0]);
    io.out(asked ? helpOf(asked) : overview(commands));
    return name === undefined ? 2 : 0;
  }
  const command = commands.find((item) => item.name === name);
  try {
    if (!command)
      throw new UsageError(
        `no command ${name}; there are ${commands.map((item) => item.name).join(', ')} (podpath --help)`,
      );
    if (rest.includes('--version')) return await main(['--version'], io);
    const call = parseCall(command, rest, io);
    if (call !== 'help') return await command.run(call);
    io.out(helpOf(command));
    return 0;
  } catch (error) {
    if (error instanceof UsageError) {
      io.message(error.message + (command ? ` (podpath ${command.name} --help)` : ''));
      return 2;
    }
    io.message(
      `this is a fault of Podpath: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
    );
    return 3;
  }
}
