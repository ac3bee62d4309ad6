/** Which settings hold for a file: those of the command line, else of the nearest podpath.yaml, else of the editor. */
import { folderOf } from '../bundle/directory';
import type { RuleLevel, Settings } from '../settings';
import { defaultSettings, settingSpecs } from '../settings';
import { pathBelow, resolvePath } from '../uri';
import { matchesGlob } from '../glob';
import type { ReadConfig } from './read';
import { isConfig, readConfig } from './read';

/** What one source has written. Its paths and globs are relative to `folder`. */
interface Layer {
  readonly folder: string;
  readonly written: Partial<Settings>;
}

/** The settings of a file. Files with the same sources have the same object. */
export interface FileSettings {
  /** Equal for equal settings of equal sources. */
  readonly id: string;
  readonly settings: Settings;
  /** The URI of the baseline, if there is one. */
  readonly baseline: string | undefined;
  /** True for files that are left out. */
  readonly excludes: (uri: string) => boolean;
  /** True where the findings of a rule are not shown. */
  readonly ignores: (uri: string, rule: string) => boolean;
  readonly level: (rule: string) => RuleLevel | undefined;
}

export interface Configuration {
  /** Takes the text of a podpath.yaml; undefined when it is gone. */
  set(uri: string, text: string | undefined): void;
  /** Settings of the editor, and those of the command line, which stand above podpath.yaml. Paths of the latter are URIs. */
  setBase(base: Partial<Settings>, above: Partial<Settings>): void;
  /** The only configuration file that counts, in place of the nearest; undefined: the nearest. */
  use(uri: string | undefined): void;
  read(uri: string): ReadConfig | undefined;
  /** The configuration file that holds for a file. */
  nearest(uri: string): string | undefined;
  /** The settings of a file in the workspace folder `root`. */
  of(uri: string, root: string): FileSettings;
}

export function createConfiguration(): Configuration {
  const files = new Map<string, ReadConfig>();
  let base: Partial<Settings> = {};
  let above: Partial<Settings> = {};
  let only: string | undefined;
  /** By the configuration file and the workspace folder: they are the same for all files of most folders. */
  const known = new Map<string, FileSettings>();

  function nearest(uri: string): string | undefined {
    if (only !== undefined) return only;
    if (files.size === 0) return undefined;
    for (let folder = folderOf(uri); folder !== ''; folder = folderOf(folder))
      if (files.has(`${folder}/podpath.yaml`)) return `${folder}/podpath.yaml`;
    return undefined;
  }

  return {
    set(uri, text) {
      known.clear();
      if (text === undefined) files.delete(uri);
      else files.set(uri, readConfig(uri, text));
    },
    setBase(newBase, newAbove) {
      known.clear();
      base = newBase;
      above = newAbove;
    },
    use(uri) {
      known.clear();
      only = uri;
    },
    read: (uri) => files.get(uri),
    nearest,
    of(uri, root) {
      const config = nearest(uri);
      const key = `${config ?? ''} ${root}`;
      const settings =
        known.get(key) ??
        combine(key, [
          { folder: root, written: base },
          ...(config === undefined ? [] : [{ folder: folderOf(config), written: files.get(config)?.written ?? {} }]),
          { folder: root, written: above },
        ]);
      known.set(key, settings);
      return settings;
    },
  };
}

/** The last layer wins; levels, globs and what they ignore add up. */
function combine(key: string, layers: readonly Layer[]): FileSettings {
  const settings = layers.reduce<Settings>(
    (below, { written }) => ({
      ...below,
      ...written,
      rules: { ...below.rules, ...written.rules },
      exclude: [...below.exclude, ...(written.exclude ?? [])],
      ignore: { ...below.ignore, ...written.ignore },
    }),
    defaultSettings,
  );
  const excludes = layers.flatMap(({ folder, written: { exclude } }) =>
    (exclude ?? []).map((glob) => ({ folder, glob })),
  );
  const ignores = layers.flatMap(({ folder, written: { ignore } }) =>
    Object.entries(ignore ?? {}).map(([glob, rules]) => ({ folder, glob, rules })),
  );
  const baselines = layers.flatMap(({ folder, written: { baseline } }) =>
    baseline === undefined ? [] : [baseline === '' ? undefined : resolved(folder, baseline)],
  );
  return {
    id: JSON.stringify([key, settings, baselines.at(-1)]),
    settings,
    baseline: baselines.at(-1),
    excludes: (uri) => !isConfig(uri) && excludes.some(({ folder, glob }) => covers(folder, glob, uri)),
    ignores: (uri, rule) =>
      ignores.some(
        ({ folder, glob, rules }) => (rules.includes(rule) || rules.includes('all')) && covers(folder, glob, uri),
      ),
    level: (rule) => settings.rules[rule],
  };
}

function resolved(folder: string, path: string): string {
  return path.includes('://') ? path : resolvePath(folder, path);
}

function covers(folder: string, glob: string, uri: string): boolean {
  return uri.startsWith(`${folder}/`) && matchesGlob(glob, pathBelow(folder, uri));
}

/** The rules that do not run. */
function offIn({ rules }: Settings): string {
  const off = Object.keys(rules).filter((id) => rules[id] === 'off');
  return off.sort().join(' ');
}

/** Settings that no rule reads. */
const onlyShown: readonly (keyof Settings)[] = ['rules', 'exclude', 'ignore', 'baseline', 'closedFiles'];

/** What a change from one to the other asks for: nothing, to show anew, to judge anew, or to read anew. */
export function difference(uri: string, from: FileSettings, to: FileSettings): 'none' | 'shown' | 'judged' | 'read' {
  if (from.id === to.id) return 'none';
  const [a, b] = [from.settings, to.settings];
  if (a.namespace !== b.namespace || from.excludes(uri) !== to.excludes(uri)) return 'read';
  const judged = settingSpecs.some(({ key }) => !onlyShown.includes(key) && a[key] !== b[key]);
  return judged || offIn(a) !== offIn(b) ? 'judged' : 'shown';
}
