/**
 * Which lists merge item by item, and by which keys: `x-kubernetes-patch-merge-key` and `x-kubernetes-list-map-keys`
 * of the Kubernetes 1.21 API, which kustomize has built in. Lists of other kinds are replaced whole.
 */
import type { Value } from '../../value';
import { scalar } from '../../value';

/** A type as far as merging needs it. */
export interface Shape {
  readonly fields?: Readonly<Record<string, Shape>>;
  readonly items?: Shape;
  /** The keys that tell items apart; empty for lists of texts that merge as sets, undefined for lists replaced whole. */
  readonly merge?: readonly string[];
}

const merged = (...merge: readonly string[]): Shape => ({ merge });
const listOf = (items: Shape, ...merge: readonly string[]): Shape => ({ items, merge });
const fields = (record: Readonly<Record<string, Shape>>): Shape => ({ fields: record });
const each = (items: Shape): Shape => ({ items });

const metadata = fields({ finalizers: merged(), ownerReferences: merged('uid') });

const container = fields({
  env: merged('name'),
  ports: merged('containerPort', 'protocol'),
  volumeDevices: merged('devicePath'),
  volumeMounts: merged('mountPath'),
});

const podSpec = fields({
  containers: listOf(container, 'name'),
  ephemeralContainers: listOf(container, 'name'),
  hostAliases: merged('ip'),
  imagePullSecrets: merged('name'),
  initContainers: listOf(container, 'name'),
  topologySpreadConstraints: merged('topologyKey', 'whenUnsatisfiable'),
  volumes: merged('name'),
});

const conditions = fields({ conditions: merged('type') });
const template = fields({ metadata, spec: podSpec });
const workload = fields({ metadata, spec: fields({ template }), status: conditions });
const jobSpec = fields({ template });
const webhooks = fields({ metadata, webhooks: merged('name') });

/** Types by `apiVersion/kind`. */
const table: Readonly<Record<string, Shape>> = {
  'v1/Pod': fields({
    metadata,
    spec: podSpec,
    status: fields({ conditions: merged('type'), podIPs: merged('ip') }),
  }),
  'v1/PodTemplate': fields({ metadata, template }),
  'v1/ReplicationController': workload,
  'apps/v1/Deployment': workload,
  'apps/v1/ReplicaSet': workload,
  'apps/v1/DaemonSet': workload,
  'apps/v1/StatefulSet': workload,
  'batch/v1/Job': fields({ metadata, spec: jobSpec, status: conditions }),
  'batch/v1/CronJob': fields({ metadata, spec: fields({ jobTemplate: fields({ metadata, spec: jobSpec }) }) }),
  'batch/v1beta1/CronJob': fields({ metadata, spec: fields({ jobTemplate: fields({ metadata, spec: jobSpec }) }) }),
  'v1/Service': fields({
    metadata,
    spec: fields({ ports: merged('port', 'protocol') }),
    status: conditions,
  }),
  'v1/ServiceAccount': fields({ metadata, secrets: merged('name') }),
  'v1/Node': fields({
    metadata,
    spec: fields({ podCIDRs: merged() }),
    status: fields({ addresses: merged('type'), conditions: merged('type') }),
  }),
  'v1/Namespace': fields({ metadata, status: conditions }),
  'v1/PersistentVolumeClaim': fields({ metadata, status: conditions }),
  'admissionregistration.k8s.io/v1/MutatingWebhookConfiguration': webhooks,
  'admissionregistration.k8s.io/v1/ValidatingWebhookConfiguration': webhooks,
  'admissionregistration.k8s.io/v1beta1/MutatingWebhookConfiguration': webhooks,
  'admissionregistration.k8s.io/v1beta1/ValidatingWebhookConfiguration': webhooks,
};

/** Built-in kinds without lists of their own that merge: their metadata still does. */
const plain: ReadonlyMap<string, readonly string[]> = new Map([
  ['v1', ['ConfigMap', 'Secret', 'Endpoints', 'Event', 'LimitRange', 'PersistentVolume', 'ResourceQuota', 'Binding']],
  ['apps/v1', ['ControllerRevision']],
  ['autoscaling/v1', ['HorizontalPodAutoscaler']],
  ['autoscaling/v2beta1', ['HorizontalPodAutoscaler']],
  ['autoscaling/v2beta2', ['HorizontalPodAutoscaler']],
  ['networking.k8s.io/v1', ['Ingress', 'IngressClass', 'NetworkPolicy']],
  ['networking.k8s.io/v1beta1', ['Ingress', 'IngressClass']],
  ['extensions/v1beta1', ['Ingress']],
  ['policy/v1', ['PodDisruptionBudget']],
  ['policy/v1beta1', ['PodDisruptionBudget', 'PodSecurityPolicy']],
  ['rbac.authorization.k8s.io/v1', ['Role', 'RoleBinding', 'ClusterRole', 'ClusterRoleBinding']],
  ['rbac.authorization.k8s.io/v1beta1', ['Role', 'RoleBinding', 'ClusterRole', 'ClusterRoleBinding']],
  ['scheduling.k8s.io/v1', ['PriorityClass']],
  ['storage.k8s.io/v1', ['StorageClass', 'CSIDriver', 'CSINode', 'VolumeAttachment']],
  ['apiextensions.k8s.io/v1', ['CustomResourceDefinition']],
  ['apiregistration.k8s.io/v1', ['APIService']],
  ['coordination.k8s.io/v1', ['Lease']],
  ['discovery.k8s.io/v1', ['EndpointSlice']],
  ['discovery.k8s.io/v1beta1', ['EndpointSlice']],
]);

const plainShape = fields({ metadata });

/** The type of an object: from `openapi` of the kustomization where it gives one, else built in. */
export function shapeOf(tree: Value, custom?: ReadonlyMap<string, Shape>): Shape | undefined {
  const apiVersion = scalar(tree, 'apiVersion')?.text ?? '';
  const kind = scalar(tree, 'kind')?.text ?? '';
  if (custom) return custom.get(`${apiVersion}/${kind}`);
  return table[`${apiVersion}/${kind}`] ?? (plain.get(apiVersion)?.includes(kind) ? plainShape : undefined);
}

export { each, fields, listOf, merged };
