/** All settings, once: VS Code's configuration, the command line and the documentation are generated from this table. */

/** What a workspace is judged by. */
export interface Settings {
  /** The Kubernetes minor that manifests are written for, `1.34`. */
  readonly kubernetesVersion: string;
  /** First and last NodePort, `30000-32767`. */
  readonly nodePortRange: string;
  /** The DNS domain of the cluster. */
  readonly clusterDomain: string;
  /** Which findings of files that are not open are shown. */
  readonly closedFiles: ClosedFiles;
}

export type ClosedFiles = 'all' | 'warnings' | 'off';

const closedFiles: readonly ClosedFiles[] = ['all', 'warnings', 'off'];

export interface SettingSpec {
  readonly key: keyof Settings;
  readonly type: 'string';
  readonly default: string;
  readonly values?: readonly string[];
  readonly pattern?: string;
  /** One sentence for people. */
  readonly description: string;
}

/** The newest Kubernetes minor whose removals the tables know. */
export const newestKubernetes = '1.34';

export const settingSpecs: readonly SettingSpec[] = [
  {
    key: 'kubernetesVersion',
    type: 'string',
    default: newestKubernetes,
    pattern: '^1\\.\\d+$',
    description:
      'The Kubernetes minor version the manifests are written for. APIs that it no longer serves are errors.',
  },
  {
    key: 'nodePortRange',
    type: 'string',
    default: '30000-32767',
    pattern: '^\\d+-\\d+$',
    description: "The cluster's NodePort range (kube-apiserver --service-node-port-range).",
  },
  {
    key: 'clusterDomain',
    type: 'string',
    default: 'cluster.local',
    description: 'The DNS domain of the cluster, as in web.shop.svc.cluster.local.',
  },
  {
    key: 'closedFiles',
    type: 'string',
    default: 'warnings',
    values: closedFiles,
    description: 'Which findings are shown for files that are not open: all, only errors and warnings, or none.',
  },
];

/** Settings from anything a person wrote: unknown keys are ignored, values that do not fit fall back to the default. */
export function readSettings(written: unknown): Settings {
  const from = typeof written === 'object' && written !== null ? (written as Readonly<Record<string, unknown>>) : {};
  const texts = new Map(settingSpecs.map((spec) => [spec.key, accepted(spec, from[spec.key])]));
  const text = (key: keyof Settings) => texts.get(key) ?? '';
  return {
    kubernetesVersion: text('kubernetesVersion'),
    nodePortRange: text('nodePortRange'),
    clusterDomain: text('clusterDomain'),
    closedFiles: closedFiles.find((known) => known === text('closedFiles')) ?? 'warnings',
  };
}

function accepted(spec: SettingSpec, value: unknown): string {
  if (typeof value !== 'string') return spec.default;
  const fits =
    (spec.values?.includes(value) ?? true) && (spec.pattern === undefined || new RegExp(spec.pattern).test(value));
  return fits ? value : spec.default;
}

export const defaultSettings: Settings = readSettings({});
