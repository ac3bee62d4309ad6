/** podpath.yaml: settings and levels of rules, for a folder and all below it. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { Level, Settings, Value } from '../core/index';
import { allRules, levels, readDocument, readSettings, settingSpecs } from '../core/index';
import { UsageError } from './usage-error';

/** Levels that are given to rules in place of their own; `off` drops their findings. */
export type RuleLevels = ReadonlyMap<string, Level | 'off'>;

export interface Config {
  readonly settings: Settings;
  readonly rules: RuleLevels;
}

/** The configuration in `file`, else in the nearest podpath.yaml from `cwd` upward, else the defaults. Throws UsageError. */
export function readConfig(file: string | undefined, cwd: string): Config {
  const path = file === undefined ? nearest(cwd) : resolve(cwd, file);
  if (path === undefined) return { settings: readSettings({}), rules: new Map() };
  const written = readMap(path);
  const { rules, ...settings } = written;
  for (const [key, value] of Object.entries(settings)) checkSetting(path, key, value);
  if (rules !== undefined && rules !== null && (typeof rules !== 'object' || Array.isArray(rules)))
    throw new UsageError(`${path}: rules is a map from rule ids to levels`);
  return {
    settings: readSettings(settings),
    rules: new Map(
      Object.entries(rules ?? {}).map(([id, level]) => ruleLevel(id, level === false ? 'off' : String(level), path)),
    ),
  };
}

/** A rule and the level it shall have. `from` says who wrote it. Throws UsageError when there is no such rule or level. */
export function ruleLevel(id: string, level: string, from: string): [string, Level | 'off'] {
  if (!allRules.some((rule) => rule.id === id)) throw new UsageError(`${from}: there is no rule ${id}`);
  const known = [...levels, 'off' as const].find((item) => item === level);
  if (known === undefined) throw new UsageError(`${from}: ${id} can be ${levels.join(', ')} or off, not ${level}`);
  return [id, known];
}

function nearest(folder: string): string | undefined {
  const path = join(folder, 'podpath.yaml');
  if (existsSync(path)) return path;
  return dirname(folder) === folder ? undefined : nearest(dirname(folder));
}

function readMap(path: string): Readonly<Record<string, unknown>> {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw new UsageError(`${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
  const { value, problems } = readDocument(path, text, { start: 0, end: text.length }, 'kustomize');
  const [problem] = problems;
  if (problem) throw new UsageError(`${path} is not valid YAML: ${problem.message}`);
  if (value === undefined || (value.type === 'scalar' && value.value === null)) return {};
  if (value.type !== 'map') throw new UsageError(`${path} is not a map of settings`);
  return plain(value) as Readonly<Record<string, unknown>>;
}

function plain(value: Value): unknown {
  if (value.type === 'list') return value.items.map(plain);
  if (value.type === 'map') return Object.fromEntries(value.entries.map((item) => [item.key.text, plain(item.value)]));
  // `kubernetesVersion: 1.30` is meant as it is written, not as the number 1.3.
  return typeof value.value === 'number' ? value.text : value.value;
}

function checkSetting(path: string, key: string, value: unknown): void {
  const spec = settingSpecs.find((item) => item.key === key);
  if (!spec)
    throw new UsageError(
      `${path}: there is no setting ${key}; there are ${[...settingSpecs.map((item) => item.key), 'rules'].join(', ')}`,
    );
  if (value !== null && readSettings({ [key]: value })[spec.key] !== value)
    throw new UsageError(
      `${path}: ${key} cannot be ${JSON.stringify(value)}; ${spec.values ? `it is one of ${spec.values.join(', ')}` : `an example is ${spec.default}`}`,
    );
}
