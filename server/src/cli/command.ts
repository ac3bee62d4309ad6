/** What a command is: its options, its formats and what it does. */
import type { Io } from './io';

/** An option of the command line. Without `value` it is a switch. */
export interface OptionSpec {
  /** How its value is called in the help. */
  readonly value?: string;
  readonly short?: string;
  readonly multiple?: boolean;
  readonly help: string;
}

/** Options as they were given; switches are true, options that may be repeated are lists. */
export interface Options {
  readonly text: (name: string) => string | undefined;
  readonly list: (name: string) => readonly string[];
  readonly has: (name: string) => boolean;
}

export interface Call {
  readonly paths: readonly string[];
  /** One of the command's formats. */
  readonly format: string;
  readonly options: Options;
  readonly io: Io;
}

export interface Command {
  readonly name: string;
  /** One sentence without a full stop. */
  readonly summary: string;
  /** What the positional arguments are; undefined where there are none. */
  readonly arguments: string | undefined;
  readonly options: Readonly<Record<string, OptionSpec>>;
  /** The first is used when none is asked for; none where there is no output to choose. */
  readonly formats: readonly string[];
  /** Does it, and answers the exit code. */
  readonly run: (call: Call) => number | Promise<number>;
}

/** Options of every command that reads manifests. */
export const commonOptions: Readonly<Record<string, OptionSpec>> = {
  config: { value: 'FILE', help: 'settings and levels of rules (default: the nearest podpath.yaml upward)' },
  namespace: { value: 'NS', short: 'n', help: 'namespace of resources that name none' },
  bundle: {
    value: 'DIR',
    help: 'only what is applied from this kustomization or folder; or a bundle by its printed name',
  },
  'no-color': { help: 'no colours; they are used on terminals only, and NO_COLOR turns them off too' },
  quiet: { help: 'the result only: no messages, no summary' },
};
