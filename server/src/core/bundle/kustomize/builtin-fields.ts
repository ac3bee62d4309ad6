/** Kustomize's built-in fields (api/konfig/builtinpluginconsts): what each transformer changes in which kinds. */
import type { Span } from '../../value';
import type { Configuration } from './configuration';
import { emptyConfiguration, mergeConfigurations } from './configuration';
import type { FieldSpec } from './field-spec';
import { nameReferences } from './name-references';

const made = (path: string, kind?: string, group?: string): FieldSpec => ({
  ...found(path, kind, group),
  create: true,
});
const found = (path: string, kind?: string, group?: string): FieldSpec => ({
  path,
  ...(kind === undefined ? {} : { kind }),
  ...(group === undefined ? {} : { group }),
});

const v1 = (spec: FieldSpec): FieldSpec => ({ ...spec, version: 'v1' });

const name: readonly FieldSpec[] = [found('metadata/name')];

const namespace: readonly FieldSpec[] = [
  made('metadata/namespace'),
  made('metadata/name', 'Namespace'),
  found('subjects', 'RoleBinding'),
  found('subjects', 'ClusterRoleBinding'),
  made('spec/service/namespace', 'APIService', 'apiregistration.k8s.io'),
  found('spec/conversion/webhook/clientConfig/service/namespace', 'CustomResourceDefinition', 'apiextensions.k8s.io'),
];

/** Labels of pod templates, and of what controllers make. */
const templateLabels: readonly FieldSpec[] = [
  v1(made('spec/template/metadata/labels', 'ReplicationController')),
  made('spec/template/metadata/labels', 'Deployment'),
  made('spec/template/metadata/labels', 'ReplicaSet'),
  made('spec/template/metadata/labels', 'DaemonSet'),
  made('spec/template/metadata/labels', 'StatefulSet', 'apps'),
  made('spec/volumeClaimTemplates[]/metadata/labels', 'StatefulSet', 'apps'),
  made('spec/template/metadata/labels', 'Job', 'batch'),
  made('spec/jobTemplate/metadata/labels', 'CronJob', 'batch'),
  made('spec/jobTemplate/spec/template/metadata/labels', 'CronJob', 'batch'),
];

const affinities = ['podAffinity', 'podAntiAffinity'].flatMap((affinity) => [
  `affinity/${affinity}/preferredDuringSchedulingIgnoredDuringExecution/podAffinityTerm/labelSelector/matchLabels`,
  `affinity/${affinity}/requiredDuringSchedulingIgnoredDuringExecution/labelSelector/matchLabels`,
]);

const podSelectors = (kind: string): readonly FieldSpec[] =>
  [...affinities, 'topologySpreadConstraints/labelSelector/matchLabels'].map((path) =>
    found(`spec/template/spec/${path}`, kind, 'apps'),
  );

const selectors: readonly FieldSpec[] = [
  v1(made('spec/selector', 'Service')),
  v1(made('spec/selector', 'ReplicationController')),
  made('spec/selector/matchLabels', 'Deployment'),
  ...podSelectors('Deployment'),
  made('spec/selector/matchLabels', 'ReplicaSet'),
  made('spec/selector/matchLabels', 'DaemonSet'),
  made('spec/selector/matchLabels', 'StatefulSet', 'apps'),
  ...podSelectors('StatefulSet'),
  found('spec/selector/matchLabels', 'Job', 'batch'),
  found('spec/jobTemplate/spec/selector/matchLabels', 'CronJob', 'batch'),
  found('spec/selector/matchLabels', 'PodDisruptionBudget', 'policy'),
  found('spec/podSelector/matchLabels', 'NetworkPolicy', 'networking.k8s.io'),
  found('spec/ingress/from/podSelector/matchLabels', 'NetworkPolicy', 'networking.k8s.io'),
  found('spec/egress/to/podSelector/matchLabels', 'NetworkPolicy', 'networking.k8s.io'),
];

export const ownLabels: readonly FieldSpec[] = [made('metadata/labels')];

const commonAnnotations: readonly FieldSpec[] = [
  made('metadata/annotations'),
  v1(made('spec/template/metadata/annotations', 'ReplicationController')),
  made('spec/template/metadata/annotations', 'Deployment'),
  made('spec/template/metadata/annotations', 'ReplicaSet'),
  made('spec/template/metadata/annotations', 'DaemonSet'),
  made('spec/template/metadata/annotations', 'StatefulSet'),
  made('spec/template/metadata/annotations', 'Job', 'batch'),
  made('spec/jobTemplate/metadata/annotations', 'CronJob', 'batch'),
  made('spec/jobTemplate/spec/template/metadata/annotations', 'CronJob', 'batch'),
];

const images: readonly FieldSpec[] = ['spec', 'spec/template/spec'].flatMap((path) => [
  made(`${path}/containers[]/image`),
  made(`${path}/initContainers[]/image`),
]);

const replicas: readonly FieldSpec[] = ['Deployment', 'ReplicationController', 'ReplicaSet', 'StatefulSet'].map(
  (kind) => made('spec/replicas', kind),
);

const containerPaths = ['args', 'command', 'env/value', 'volumeMounts/mountPath'];

const varsInPods = (kind: string, pod: string, volumes = `${pod}/volumes`): readonly FieldSpec[] => [
  ...['containers', 'initContainers'].flatMap((list) =>
    containerPaths.map((path) => found(`${pod}/${list}/${path}`, kind)),
  ),
  found(`${volumes}/nfs/server`, kind),
];

const varReference: readonly FieldSpec[] = [
  // The volumes of a CronJob are looked for where no pod has them: so does the real tool.
  ...varsInPods('CronJob', 'spec/jobTemplate/spec/template/spec', 'spec/jobTemplate/spec/template/volumes'),
  ...['DaemonSet', 'Deployment', 'Job', 'ReplicaSet'].flatMap((kind) => varsInPods(kind, 'spec/template/spec')),
  ...varsInPods('Pod', 'spec'),
  ...varsInPods('StatefulSet', 'spec/template/spec', 'spec/volumeClaimTemplates/spec'),
  found('spec/rules/host', 'Ingress'),
  found('spec/tls/hosts', 'Ingress'),
  found('spec/tls/secretName', 'Ingress'),
  found('spec/ports/port', 'Service'),
  found('spec/ports/targetPort', 'Service'),
  found('spec/nfs/server', 'PersistentVolume'),
  found('metadata/labels'),
  found('metadata/annotations'),
];

export const builtinConfiguration: Configuration = {
  namePrefix: name,
  nameSuffix: name,
  namespace,
  labels: [],
  commonLabels: [...selectors, ...ownLabels, ...templateLabels],
  templateLabels: [...ownLabels, ...templateLabels],
  commonAnnotations,
  nameReference: nameReferences,
  varReference,
  images,
  replicas,
};

/** Adds a table to that of an accumulator. The built-in one alone stays the same object: steps are remembered by it. */
export function withConfiguration(to: Configuration, added: Configuration, at: Span): Configuration {
  return to === emptyConfiguration && added === builtinConfiguration ? added : mergeConfigurations(to, added, at);
}
