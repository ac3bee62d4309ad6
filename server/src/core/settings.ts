/**
 * All settings, once: VS Code's configuration, podpath.yaml with its schema, the command line and the documentation are
 * generated from this table or read by it.
 */
import { isNear } from './near';

/** What a workspace is judged by. */
export interface Settings {
  /** The Kubernetes minor that manifests are written for, `1.34`. */
  readonly kubernetesVersion: string;
  /** The minor release of the Gateway API's CRDs, `1.4`. */
  readonly gatewayApiVersion: string;
  /** First and last NodePort, `30000-32767`. */
  readonly nodePortRange: string;
  /** The DNS domain of the cluster. */
  readonly clusterDomain: string;
  /** The namespace of resources that name none; empty: unknown. */
  readonly namespace: string;
  /** Whether what is not found here is taken to be nowhere. */
  readonly closedWorld: ClosedWorld;
  /** Levels that are given to rules in place of their own. */
  readonly rules: Readonly<Record<string, RuleLevel>>;
  /** Globs of files that are left out: neither judged nor seen by others. */
  readonly exclude: readonly string[];
  /** Globs of files, and the rules whose findings are ignored there (`all`: every rule). */
  readonly ignore: Readonly<Record<string, readonly string[]>>;
  /** A file of findings that are known and not shown; empty: none. */
  readonly baseline: string;
  /** Which findings of files that are not open are shown. */
  readonly closedFiles: ClosedFiles;
}

export type ClosedFiles = 'all' | 'warnings' | 'off';

export type ClosedWorld = 'auto' | 'always' | 'never';

/** `off` drops the findings of a rule. */
export type RuleLevel = 'error' | 'warning' | 'information' | 'hint' | 'off';

export const ruleLevels: readonly RuleLevel[] = ['error', 'warning', 'information', 'hint', 'off'];

const closedFiles: readonly ClosedFiles[] = ['all', 'warnings', 'off'];
const closedWorlds: readonly ClosedWorld[] = ['auto', 'always', 'never'];

/** `levels`: a map from rules to levels. `ignores`: a map from globs to lists of rules. */
export type SettingType = 'string' | 'list' | 'levels' | 'ignores';

export interface SettingSpec {
  readonly key: keyof Settings;
  readonly type: SettingType;
  /** As it is written: a text, or an empty list or map. */
  readonly default: unknown;
  readonly values?: readonly string[];
  readonly pattern?: string;
  /** A value that makes sense, in YAML. */
  readonly example: string;
  /** One sentence for people. */
  readonly description: string;
  /** About showing in an editor only, so not for podpath.yaml. */
  readonly editorOnly?: boolean;
}

/** The newest Kubernetes minor whose removals the tables know. */
const newestKubernetes = '1.34';

/** Rules that are silent unless somebody asks for them. */
const defaultLevels: Readonly<Record<string, RuleLevel>> = { 'workload-not-isolated': 'off' };

export const settingSpecs: readonly SettingSpec[] = [
  {
    key: 'kubernetesVersion',
    type: 'string',
    default: newestKubernetes,
    pattern: '^1\\.\\d+$',
    example: "'1.31'",
    description:
      'The Kubernetes minor version the manifests are written for. APIs that it no longer serves are errors.',
  },
  {
    key: 'gatewayApiVersion',
    type: 'string',
    default: '1.4',
    pattern: '^\\d+\\.\\d+$',
    example: "'1.4'",
    description:
      'The minor release of the Gateway API that is installed. Versions that it no longer serves are errors.',
  },
  {
    key: 'nodePortRange',
    type: 'string',
    default: '30000-32767',
    pattern: '^\\d+-\\d+$',
    example: '30000-32767',
    description: "The cluster's NodePort range (kube-apiserver --service-node-port-range).",
  },
  {
    key: 'clusterDomain',
    type: 'string',
    default: 'cluster.local',
    pattern: '^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$',
    example: 'cluster.local',
    description: 'The DNS domain of the cluster, as in web.shop.svc.cluster.local.',
  },
  {
    key: 'namespace',
    type: 'string',
    default: '',
    pattern: '^([a-z0-9]([-a-z0-9]*[a-z0-9])?)?$',
    example: 'shop',
    description: 'The namespace of resources that name none. When it is empty their namespace is unknown.',
  },
  {
    key: 'closedWorld',
    type: 'string',
    default: 'auto',
    values: closedWorlds,
    example: 'auto',
    description:
      'Whether what is not found is a warning: always, never, or only where something here shows that it was meant to be here.',
  },
  {
    key: 'rules',
    type: 'levels',
    default: defaultLevels,
    example: '{ service-port-undeclared: off }',
    description: 'Levels of rules in place of their own: error, warning, information, hint or off.',
  },
  {
    key: 'exclude',
    type: 'list',
    default: [],
    example: '[vendor, "**/*.generated.yaml"]',
    description: 'Globs of files and folders that are left out: they are not judged, and others do not see them.',
  },
  {
    key: 'ignore',
    type: 'ignores',
    default: {},
    example: '{ "legacy/**": [invalid-name, invalid-label], "demo/**": [all] }',
    description:
      'Globs of files and folders, each with the rules whose findings are not shown there (all: every rule).',
  },
  {
    key: 'baseline',
    type: 'string',
    default: '',
    example: 'podpath-baseline.json',
    description: 'A file with findings that are known and not shown, written by podpath check --write-baseline.',
  },
  {
    key: 'closedFiles',
    type: 'string',
    default: 'warnings',
    values: closedFiles,
    example: 'warnings',
    description: 'Which findings are shown for files that are not open: all, only errors and warnings, or none.',
    editorOnly: true,
  },
];

/** Settings from anything a person wrote: unknown keys are ignored, values that do not fit fall back to the default. */
export function readSettings(written: unknown): Settings {
  return { ...defaultSettings, ...acceptSettings(written) };
}

/** Those of the written settings that exist and fit. */
export function acceptSettings(written: unknown): Partial<Settings> {
  if (!isMap(written)) return {};
  const fitting = settingSpecs.filter(
    (spec) => written[spec.key] !== undefined && whyNot(spec, written[spec.key]) === undefined,
  );
  return Object.fromEntries(fitting.map(({ key }) => [key, written[key]]));
}

/** Why a value does not fit a setting, as the rest of a sentence that begins with its key; undefined when it does. */
export function whyNot({ type, values, pattern, example }: SettingSpec, value: unknown): string | undefined {
  if (type === 'string') {
    if (typeof value !== 'string') return `is a text, for example ${example}`;
    if (values && !values.includes(value)) return `is ${choice(values)}, not ${value}`;
    return pattern === undefined || new RegExp(pattern).test(value)
      ? undefined
      : `cannot be ${value}; an example is ${example}`;
  }
  if (type === 'list') return isTexts(value) ? undefined : `is a list, for example ${example}`;
  if (!isMap(value)) return `is a map, for example ${example}`;
  const inner = Object.values(value);
  if (type === 'ignores')
    return inner.every(isTexts) ? undefined : `has a list of rules for each glob, for example ${example}`;
  const wrong = inner.find((level) => !ruleLevels.some((known) => known === level));
  return wrong === undefined
    ? undefined
    : `has the levels ${choice(ruleLevels)}, not ${typeof wrong === 'string' ? wrong : JSON.stringify(wrong)}`;
}

/** The known key that was probably meant by one that does not exist. */
export function nearestSetting(key: string): string | undefined {
  return settingSpecs.find((spec) => spec.editorOnly !== true && isNear(key, spec.key))?.key;
}

/** `a, b or c`. */
export function choice(values: readonly string[], last = 'or'): string {
  return values.length < 2 ? values.join('') : `${values.slice(0, -1).join(', ')} ${last} ${values.at(-1) ?? ''}`;
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}

export const defaultSettings: Settings = {
  kubernetesVersion: newestKubernetes,
  gatewayApiVersion: '1.4',
  nodePortRange: '30000-32767',
  clusterDomain: 'cluster.local',
  namespace: '',
  closedWorld: 'auto',
  rules: defaultLevels,
  exclude: [],
  ignore: {},
  baseline: '',
  closedFiles: 'warnings',
};
