/** The help texts, made from the table of commands. */
import type { Command, OptionSpec } from './command';

export function overview(commands: readonly Command[]): string {
  return [
    'Tells whether traffic will reach the pods of Kubernetes manifests, before anything is applied.',
    '',
    'Usage: podpath COMMAND [PATH...] [options]',
    '',
    'Commands:',
    ...table(commands.map(({ name, summary }) => [name, summary])),
    '',
    'PATH are files or folders, the current folder when none is given.',
    'podpath COMMAND --help explains a command, podpath --version prints the version.',
    '',
  ].join('\n');
}

export function helpOf(command: Command): string {
  const { name, summary, formats, options } = command;
  const usage = ['podpath', name, command.arguments, '[options]'].filter((word) => word !== undefined).join(' ');
  const rows = [
    ...(formats.length > 0 ? [['--format FORMAT', `${formats.join(', ')} (default ${formats[0] ?? ''})`]] : []),
    ...Object.entries(options).map(([key, spec]) => [flags(key, spec), spec.help]),
    ['-h, --help', 'this help'],
  ];
  return [`${summary}.`, '', `Usage: ${usage}`, '', 'Options:', ...table(rows), ''].join('\n');
}

function flags(key: string, { short, value, multiple }: OptionSpec): string {
  const long = `--${key}${value === undefined ? '' : ` ${value}`}${multiple ? ' ...' : ''}`;
  return short === undefined ? long : `-${short}, ${long}`;
}

function table(rows: readonly (readonly string[])[]): string[] {
  const width = Math.max(...rows.map(([left = '']) => left.length));
  return rows.map(([left = '', right = '']) => `  ${left.padEnd(width)}  ${right}`);
}
