/** Colours of a terminal, by what the text is. */
import type { Level } from '../core/index';
import type { Call } from './command';

export type Tone = Level | 'file' | 'quiet' | 'strong' | 'good';
export type Paint = (tone: Tone, text: string) => string;

const codes: Readonly<Record<Tone, string>> = {
  error: '1;31',
  warning: '1;33',
  information: '36',
  hint: '2',
  file: '1;4',
  quiet: '2',
  strong: '1',
  good: '32',
};

/** Paints on terminals unless NO_COLOR (no-color.org) or --no-color says no; FORCE_COLOR paints elsewhere too. */
export function colours({ options, io }: Call): Paint {
  const { NO_COLOR, FORCE_COLOR, TERM } = io.env;
  const isForced = FORCE_COLOR !== undefined && FORCE_COLOR !== '' && FORCE_COLOR !== '0';
  const isOff = options.has('no-color') || (NO_COLOR !== undefined && NO_COLOR !== '') || FORCE_COLOR === '0';
  if (isOff || !(isForced || (io.terminal && TERM !== 'dumb'))) return (_, text) => text;
  return (tone, text) => `\u001b[${codes[tone]}m${text}\u001b[0m`;
}
