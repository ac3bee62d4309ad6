/** How far reading has come, on a terminal only. */
import type { Call } from './command';

export interface Progress {
  /** So many files have been read. */
  readonly read: (files: number) => void;
  /** Takes the line away. */
  readonly end: () => void;
}

/** Fewer milliseconds than this are not worth a line. */
const PATIENCE = 300;

export function createProgress({ io, options }: Pick<Call, 'io' | 'options'>): Progress {
  const { progress } = io;
  if (!progress || options.has('quiet')) return { read: () => undefined, end: () => undefined };
  let last = Date.now();
  let shown = false;
  return {
    read(files) {
      if (Date.now() - last < PATIENCE) return;
      last = Date.now();
      shown = true;
      progress(`reading: ${files} files`);
    },
    end() {
      if (shown) progress('');
    },
  };
}
