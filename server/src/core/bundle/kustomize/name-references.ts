/**
 * The fields that kustomize follows after it has renamed an object (nameReference of
 * api/internal/konfig/builtinpluginconsts). A reference that is not here keeps the old name.
 */
import type { NameReference } from './configuration';
import type { FieldSpec } from './field-spec';

const found = (path: string, kind: string, group?: string, version?: string): FieldSpec => ({
  path,
  kind,
  ...(group === undefined ? {} : { group }),
  ...(version === undefined ? {} : { version }),
});

/** Where each kind keeps its pods. */
const pods: readonly (readonly [kind: string, path: string])[] = [
  ['Pod', 'spec'],
  ['PodTemplate', 'template/spec'],
  ['Deployment', 'spec/template/spec'],
  ['ReplicaSet', 'spec/template/spec'],
  ['DaemonSet', 'spec/template/spec'],
  ['StatefulSet', 'spec/template/spec'],
  ['Job', 'spec/template/spec'],
  ['CronJob', 'spec/jobTemplate/spec/template/spec'],
];

const inPods = (...paths: readonly string[]): readonly FieldSpec[] =>
  pods.flatMap(([kind, pod]) =>
    paths.map((path) => found(`${pod}/${path}`, kind, undefined, kind === 'Pod' ? 'v1' : undefined)),
  );

/** The kinds of the younger part of the table: ReplicationController is in it, ReplicaSet and PodTemplate are not. */
const morePods: readonly (readonly [kind: string, path: string])[] = [
  ['Pod', 'spec'],
  ['StatefulSet', 'spec/template/spec'],
  ['Deployment', 'spec/template/spec'],
  ['ReplicationController', 'spec/template/spec'],
  ['CronJob', 'spec/jobTemplate/spec/template/spec'],
  ['Job', 'spec/template/spec'],
  ['DaemonSet', 'spec/template/spec'],
];

const inMorePods = (path: string): readonly FieldSpec[] => morePods.map(([kind, pod]) => found(`${pod}/${path}`, kind));

const envOf = (reference: string, source: string): readonly string[] => [
  `containers/env/valueFrom/${reference}/name`,
  `initContainers/env/valueFrom/${reference}/name`,
  `containers/envFrom/${source}/name`,
  `initContainers/envFrom/${source}/name`,
];

const rbac = 'rbac.authorization.k8s.io';
const admission = 'admissionregistration.k8s.io';
const nginx = 'metadata/annotations/nginx.ingress.kubernetes.io\\/';

const scaled = ['Deployment', 'ReplicationController', 'ReplicaSet', 'StatefulSet'].map((kind): NameReference => ({
  kind,
  fieldSpecs: [found('spec/scaleTargetRef/name', 'HorizontalPodAutoscaler')],
}));

export const nameReferences: readonly NameReference[] = [
  ...scaled,
  {
    version: 'v1',
    kind: 'ConfigMap',
    fieldSpecs: [
      ...inPods(
        'volumes/configMap/name',
        ...envOf('configMapKeyRef', 'configMapRef'),
        'volumes/projected/sources/configMap/name',
      ),
      found('spec/configSource/configMap', 'Node'),
      found('rules/resourceNames', 'Role'),
      found('rules/resourceNames', 'ClusterRole'),
      found(`${nginx}fastcgi-params-configmap`, 'Ingress'),
    ],
  },
  {
    version: 'v1',
    kind: 'Secret',
    fieldSpecs: [
      ...inPods(
        'volumes/secret/secretName',
        ...envOf('secretKeyRef', 'secretRef'),
        'imagePullSecrets/name',
        'volumes/projected/sources/secret/name',
      ),
      found('spec/tls/secretName', 'Ingress'),
      found('metadata/annotations/ingress.kubernetes.io\\/auth-secret', 'Ingress'),
      found(`${nginx}auth-secret`, 'Ingress'),
      found(`${nginx}auth-tls-secret`, 'Ingress'),
      // Twice in the real table too, so that a name is followed twice: from `web` to `dev-web`, and from there to what was
      // `dev-web` once.
      found('spec/tls/secretName', 'Ingress'),
      found('imagePullSecrets/name', 'ServiceAccount'),
      found('parameters/secretName', 'StorageClass'),
      found('parameters/adminSecretName', 'StorageClass'),
      found('parameters/userSecretName', 'StorageClass'),
      found('parameters/secretRef', 'StorageClass'),
      found('rules/resourceNames', 'Role'),
      found('rules/resourceNames', 'ClusterRole'),
      found('spec/template/spec/containers/env/valueFrom/secretKeyRef/name', 'Service', 'serving.knative.dev', 'v1'),
      found('spec/azureFile/secretName', 'PersistentVolume'),
    ],
  },
  {
    version: 'v1',
    kind: 'Service',
    fieldSpecs: [
      found('spec/serviceName', 'StatefulSet', 'apps'),
      found('spec/rules/http/paths/backend/serviceName', 'Ingress'),
      found('spec/backend/serviceName', 'Ingress'),
      found('spec/rules/http/paths/backend/service/name', 'Ingress'),
      found('spec/defaultBackend/service/name', 'Ingress'),
      found('spec/service/name', 'APIService', 'apiregistration.k8s.io'),
      found('webhooks/clientConfig/service', 'ValidatingWebhookConfiguration', admission),
      found('webhooks/clientConfig/service', 'MutatingWebhookConfiguration', admission),
    ],
  },
  {
    group: admission,
    kind: 'ValidatingAdmissionPolicy',
    fieldSpecs: [found('spec/policyName', 'ValidatingAdmissionPolicyBinding', admission)],
  },
  { group: rbac, kind: 'Role', fieldSpecs: [found('roleRef/name', 'RoleBinding', rbac)] },
  {
    group: rbac,
    kind: 'ClusterRole',
    fieldSpecs: [found('roleRef/name', 'RoleBinding', rbac), found('roleRef/name', 'ClusterRoleBinding', rbac)],
  },
  {
    version: 'v1',
    kind: 'ServiceAccount',
    fieldSpecs: [
      found('subjects', 'RoleBinding', rbac),
      found('subjects', 'ClusterRoleBinding', rbac),
      ...inMorePods('serviceAccountName'),
    ],
  },
  { version: 'v1', kind: 'PersistentVolumeClaim', fieldSpecs: inMorePods('volumes/persistentVolumeClaim/claimName') },
  {
    version: 'v1',
    kind: 'PersistentVolume',
    fieldSpecs: [found('spec/volumeName', 'PersistentVolumeClaim'), found('rules/resourceNames', 'ClusterRole')],
  },
  {
    group: 'storage.k8s.io',
    version: 'v1',
    kind: 'StorageClass',
    fieldSpecs: [
      found('spec/storageClassName', 'PersistentVolume'),
      found('spec/storageClassName', 'PersistentVolumeClaim'),
      found('spec/volumeClaimTemplates/spec/storageClassName', 'StatefulSet'),
    ],
  },
  {
    group: 'scheduling.k8s.io',
    version: 'v1',
    kind: 'PriorityClass',
    fieldSpecs: inMorePods('priorityClassName'),
  },
  {
    group: 'networking.k8s.io/v1',
    version: 'v1',
    kind: 'IngressClass',
    fieldSpecs: [found('spec/ingressClassName', 'Ingress')],
  },
];

/** The build changes the name in this field when it renames an object of kind `target`. `path` is as the API server prints it. */
export function isNameFollowed(
  { group, kind }: { readonly group: string; readonly kind: string },
  path: string,
  target: { readonly kind: string },
): boolean {
  const field = path.replace(/\[[^\]]*\]/g, '').replaceAll('.', '/');
  return nameReferences.some(
    (reference) =>
      reference.kind === target.kind &&
      reference.fieldSpecs.some(
        (spec) => spec.path === field && spec.kind === kind && (spec.group === undefined || spec.group === group),
      ),
  );
}
