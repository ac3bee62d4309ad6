/** Everything of the process that commands use. */
import { printable } from './printable';

export interface Io {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** A person reads standard output. */
  readonly terminal: boolean;
  readonly columns: number | undefined;
  /** Results, and nothing else. */
  readonly out: (text: string) => void;
  /** Messages, each a line. */
  readonly message: (line: string) => void;
  /** Replaces the last line of a person's terminal; undefined where nobody watches. */
  readonly progress: ((line: string) => void) | undefined;
}

/** The real process. A reader that stops early (`| head`) ends it quietly. */
export function processIo(): Io {
  for (const stream of [process.stdout, process.stderr])
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EPIPE') process.exit();
      throw error;
    });
  return {
    cwd: process.cwd(),
    env: process.env,
    terminal: process.stdout.isTTY,
    columns: process.stdout.columns,
    out: (text) => void process.stdout.write(text),
    message: (line) => void process.stderr.write(asMessage(line)),
    progress: process.stderr.isTTY
      ? (line) => void process.stderr.write(`\r\u001b[2K${line === '' ? '' : `podpath: ${line}`}`)
      : undefined,
  };
}

/** A message as it is written to standard error. */
export function asMessage(line: string): string {
  return `podpath: ${line.split('\n').map(printable).join('\n')}\n`;
}
