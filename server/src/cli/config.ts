/** What the command line says about settings, and what is wrong with the configuration files that hold. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { RuleLevel, Settings } from '../core/index';
import { allRules, choice, levels, lineOf, plainText, ruleLevels } from '../core/index';
import { fileUri } from '../files/paths';
import { reason } from '../files/reason';
import type { Call } from './command';
import type { Loaded } from './load';
import { UsageError } from './usage-error';

/** Settings of the options, which stand above podpath.yaml. Throws UsageError. */
export function settingsAbove({ options, io }: Pick<Call, 'options' | 'io'>): Partial<Settings> {
  const namespace = options.text('namespace');
  const baseline = options.text('baseline');
  return {
    ...(namespace === undefined ? {} : { namespace }),
    ...(baseline === undefined ? {} : { baseline: fileUri(resolve(io.cwd, baseline)) }),
    // What is known already belongs into a baseline that is written anew.
    ...(options.text('write-baseline') === undefined ? {} : { baseline: '' }),
    rules: Object.fromEntries(options.list('severity').map(severity)),
  };
}

/** `RULE=LEVEL`. */
function severity(text: string): [string, RuleLevel] {
  const [id = '', level = ''] = text.split('=');
  if (!allRules.some((rule) => rule.id === id)) throw new UsageError(`--severity ${text}: there is no rule ${id}`);
  const known = ruleLevels.find((item) => item === level);
  if (known === undefined)
    throw new UsageError(`--severity ${text}: ${id} can be ${choice([...levels, 'off'])}, not ${level}`);
  return [id, known];
}

/** The file of `--config` and its text; undefined where the nearest podpath.yaml holds. Throws UsageError. */
export function namedConfig({
  options,
  io,
}: Pick<Call, 'options' | 'io'>): { readonly uri: string; readonly text: string } | undefined {
  const file = options.text('config');
  if (file === undefined) return undefined;
  return { uri: fileUri(resolve(io.cwd, file)), text: readText(resolve(io.cwd, file), file) };
}

/** Throws UsageError for a configuration that holds, is wrong, and is named by an option or not among what is reported. */
export function checkConfigs({ snapshot, reported, show }: Loaded, { options }: Pick<Call, 'options'>): void {
  const configs = new Set(reported.map((uri) => snapshot.configOf(uri) ?? ''));
  const isNamed = options.text('config') !== undefined;
  for (const uri of configs) {
    const wrong = reported.includes(uri) && !isNamed ? undefined : snapshot.local(uri)[0];
    if (wrong)
      throw new UsageError(`${show(uri)}:${lineOf(snapshot, wrong.at)}: ${plainText(wrong.message, snapshot, show)}`);
  }
}

/** The text of a file that was named. Throws UsageError. */
export function readText(path: string, named: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new UsageError(`${named} cannot be read: ${reason(error)}`);
  }
}
