/** podpath.yaml: settings for its folder and all below it. */
import type { Draft, Fix } from '../finding';
import { say } from '../finding';
import type { Settings, SettingSpec } from '../settings';
import { acceptSettings, choice, nearestSetting, ruleLevels, settingSpecs, whyNot } from '../settings';
import type { Entry, Scalar, Span, Value } from '../value';
import { entries, items } from '../value';
import { readDocument } from '../yaml';

export interface ReadConfig {
  readonly uri: string;
  readonly written: Partial<Settings>;
  /** What is wrong with it. */
  readonly problems: readonly Draft[];
  /** The ids of rules that it mentions, to be checked by who knows the rules. */
  readonly ruleIds: readonly Scalar[];
}

/** True for the configuration file itself, by its name. */
export function isConfig(uri: string): boolean {
  return uri.endsWith('/podpath.yaml');
}

/** Reads a configuration. Whatever does not fit is told as a problem, and does not count. */
export function readConfig(uri: string, text: string): ReadConfig {
  const { value, problems } = readDocument(uri, text, { start: 0, end: text.length }, 'kustomize');
  const [problem] = problems;
  if (problem) return unusable(uri, problem.span, say`this is not valid YAML: ${problem.message.split('\n')[0]}`);
  if (value === undefined || isNull(value)) return { uri, written: {}, problems: [], ruleIds: [] };
  if (value.type !== 'map') return unusable(uri, value.origin, say`this is a map of settings: ${known()}`);
  const written: Record<string, unknown> = {};
  const found: Draft[] = [];
  const ruleIds: Scalar[] = [];
  for (const item of value.entries) {
    const spec = settingSpecs.find(({ key }) => key === item.key.text);
    const wrong = spec ? wrongValue(spec, item) : unknownKey(item.key);
    if (wrong) found.push(wrong);
    else if (spec && !isNull(item.value)) {
      written[spec.key] = plain(item.value);
      if (spec.type === 'levels') ruleIds.push(...entries(item.value).map(({ key }) => key));
      if (spec.type === 'ignores') ruleIds.push(...entries(item.value).flatMap((glob) => scalars(glob.value)));
    }
  }
  return {
    uri,
    written: acceptSettings(written),
    problems: found,
    ruleIds: ruleIds.filter(({ text }) => text !== 'all'),
  };
}

function unusable(uri: string, at: Span, message: Draft['message']): ReadConfig {
  return { uri, written: {}, problems: [{ level: 'error', at, message }], ruleIds: [] };
}

function unknownKey(key: Scalar): Draft {
  const near = nearestSetting(key.text);
  return {
    level: 'error',
    at: key.origin,
    path: key.text,
    message: say`there is no setting ${key.text}${near === undefined ? `; there are ${known()}` : `; the nearest is ${near}`}`,
    fixes: near === undefined ? [] : [change(near, key)],
  };
}

function wrongValue(spec: SettingSpec, { key, value }: Entry): Draft | undefined {
  if (spec.editorOnly === true)
    return {
      level: 'error',
      at: key.origin,
      path: spec.key,
      message: say`${spec.key} is about showing in an editor, so it belongs into the editor's settings as podpath.${spec.key}`,
    };
  if (isNull(value)) return undefined;
  const why = whyNot(spec, plain(value));
  if (why === undefined) return undefined;
  const wrong = spec.type === 'levels' ? wrongLevel(value) : undefined;
  const at = wrong ?? (value.type === 'scalar' ? value : undefined);
  const near = at && nearest(spec.values ?? (wrong ? ruleLevels : []), at.text);
  return {
    level: 'error',
    at: at?.origin ?? key.origin,
    path: spec.key,
    message: say`${spec.key} ${why}`,
    fixes: at && near !== undefined ? [change(near, at)] : [],
  };
}

function wrongLevel(value: Value): Scalar | undefined {
  return entries(value).flatMap((item) =>
    item.value.type === 'scalar' && !ruleLevels.some((level) => level === plain(item.value)) ? [item.value] : [],
  )[0];
}

function nearest(values: readonly string[], text: string): string | undefined {
  const same = values.filter((value) => value.startsWith(text.toLowerCase()) || text.toLowerCase().startsWith(value));
  return text === '' || same.length !== 1 ? undefined : same[0];
}

function change(to: string, old: Scalar): Fix {
  return { title: `Change to ${to}`, edits: [{ at: old.origin, newText: to }] };
}

function known(): string {
  return choice(
    settingSpecs.filter(({ editorOnly }) => editorOnly !== true).map(({ key }) => key),
    'and',
  );
}

/** What is written, as plain data. Scalars are texts: `1.30` is meant as it is written, and `off` is no boolean here. */
function plain(value: Value): unknown {
  if (value.type === 'list') return value.items.map(plain);
  if (value.type === 'map') return Object.fromEntries(value.entries.map((item) => [item.key.text, plain(item.value)]));
  return value.text;
}

function scalars(value: Value): Scalar[] {
  return items(value).flatMap((item) => (item.type === 'scalar' ? [item] : []));
}

function isNull(value: Value): boolean {
  return value.type === 'scalar' && value.value === null;
}
