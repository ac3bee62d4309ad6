/** Arguments to a call of a command. */
import { parseArgs } from 'node:util';
import type { Call, Command, Options } from './command';
import type { Io } from './io';
import { UsageError } from './usage-error';

/** Reads the arguments behind the command's name; `help` when the help is asked for. Throws UsageError. */
export function parseCall(command: Command, args: readonly string[], io: Io): Call | 'help' {
  const { values, positionals } = parse(command, args);
  if (values['help'] === true) return 'help';
  const options: Options = {
    text: (name) => (typeof values[name] === 'string' ? values[name] : undefined),
    list: (name) => lists(values[name]),
    has: (name) => values[name] === true,
  };
  if (command.arguments === undefined && positionals.length > 0)
    throw new UsageError(`${command.name} takes no arguments, and got ${positionals[0] ?? ''}`);
  const format = options.text('format') ?? command.formats[0] ?? '';
  if (command.formats.length > 0 && !command.formats.includes(format))
    throw new UsageError(`--format ${format}: ${command.name} has the formats ${command.formats.join(', ')}`);
  return { paths: positionals.length > 0 ? positionals : ['.'], format, options, io };
}

function lists(value: Values[string]): readonly string[] {
  return typeof value === 'object' ? value.filter((item) => typeof item === 'string') : [];
}

type Values = Readonly<Record<string, string | boolean | readonly (string | boolean)[] | undefined>>;

function parse(
  command: Command,
  args: readonly string[],
): { readonly values: Values; readonly positionals: readonly string[] } {
  try {
    const { tokens, ...parsed } = parseArgs({
      args: [...args],
      tokens: true,
      allowPositionals: true,
      options: {
        ...Object.fromEntries(
          Object.entries(command.options).map(([key, { value, short, multiple }]) => [
            key,
            {
              type: value === undefined ? ('boolean' as const) : ('string' as const),
              ...(short === undefined ? {} : { short }),
              ...(multiple ? { multiple: true } : {}),
            },
          ]),
        ),
        ...(command.formats.length > 0 ? { format: { type: 'string' as const } } : {}),
        help: { type: 'boolean' as const, short: 'h' },
      },
    });
    const given = tokens.flatMap((token) => (token.kind === 'option' && token.value !== undefined ? [token.name] : []));
    const twice = given.find((name, index) => given.indexOf(name) < index && command.options[name]?.multiple !== true);
    if (twice !== undefined) throw new UsageError(`--${twice} is given twice, and ${command.name} takes one`);
    return parsed;
  } catch (error) {
    if (error instanceof UsageError) throw error;
    const message = error instanceof Error ? (error.message.split('. ')[0] ?? '') : String(error);
    throw new UsageError(`${message.charAt(0).toLowerCase()}${message.slice(1)}`);
  }
}
