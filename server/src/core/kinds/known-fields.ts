/**
 * The fields of the maps in which the network is written, in all versions of the API together, so that a name that is none
 * of them but nearly one is known for a slip. Only for kinds of Kubernetes itself: custom resources say theirs elsewhere.
 */
import type { KindTable } from './define';

export interface KnownFields {
  /** Dotted path of the map, `*` for list items. */
  readonly under: string;
  readonly fields: ReadonlySet<string>;
}

const words = (text: string): readonly string[] => text.trim().split(/\s+/);

const metadata = words(`
  annotations clusterName creationTimestamp deletionGracePeriodSeconds deletionTimestamp finalizers generateName
  generation initializers labels managedFields name namespace ownerReferences resourceVersion selfLink uid`);

/** core/v1 PodSpec. */
const podSpec = words(`
  activeDeadlineSeconds affinity automountServiceAccountToken containers dnsConfig dnsPolicy enableServiceLinks
  ephemeralContainers hostAliases hostIPC hostNetwork hostPID hostUsers hostname hostnameOverride imagePullSecrets
  initContainers nodeName nodeSelector os overhead preemptionPolicy priority priorityClassName readinessGates
  resourceClaims resources restartPolicy runtimeClassName schedulerName schedulingGates securityContext serviceAccount
  serviceAccountName setHostnameAsFQDN shareProcessNamespace subdomain terminationGracePeriodSeconds tolerations
  topologySpreadConstraints volumes`);

const container = words(`
  args command env envFrom image imagePullPolicy lifecycle livenessProbe name ports readinessProbe resizePolicy
  resources restartPolicy restartPolicyRules securityContext startupProbe stdin stdinOnce terminationMessagePath
  terminationMessagePolicy tty volumeDevices volumeMounts workingDir`);

/** What stands beside the template in all workloads of apps and batch. */
const workloadSpec = words(`
  activeDeadlineSeconds backoffLimit backoffLimitPerIndex completionMode completions managedBy manualSelector
  maxFailedIndexes minReadySeconds ordinals parallelism paused persistentVolumeClaimRetentionPolicy podFailurePolicy
  podManagementPolicy podReplacementPolicy progressDeadlineSeconds replicas revisionHistoryLimit rollbackTo selector
  serviceName strategy successPolicy suspend template templateGeneration ttlSecondsAfterFinished updateStrategy
  volumeClaimTemplates`);

const byKind: ReadonlyMap<string, readonly (readonly [under: string, fields: readonly string[]])[]> = new Map([
  [
    'Service',
    [
      [
        'spec',
        words(`
          allocateLoadBalancerNodePorts clusterIP clusterIPs deprecatedPublicIPs externalIPs externalName
          externalTrafficPolicy healthCheckNodePort internalTrafficPolicy ipFamilies ipFamily ipFamilyPolicy
          loadBalancerClass loadBalancerIP loadBalancerSourceRanges portalIP ports publishNotReadyAddresses selector
          sessionAffinity sessionAffinityConfig topologyKeys trafficDistribution type`),
      ],
      ['spec.ports.*', words('appProtocol name nodePort port protocol targetPort')],
    ],
  ],
  [
    'Ingress',
    [
      ['spec', words('backend defaultBackend ingressClassName rules tls')],
      ['spec.rules.*', words('host http')],
      ['spec.rules.*.http', words('paths')],
      ['spec.rules.*.http.paths.*', words('backend path pathType')],
      ['spec.rules.*.http.paths.*.backend', words('resource service serviceName servicePort')],
      ['spec.rules.*.http.paths.*.backend.service', words('name port')],
      ['spec.rules.*.http.paths.*.backend.service.port', words('name number')],
      ['spec.defaultBackend', words('resource service serviceName servicePort')],
      ['spec.defaultBackend.service', words('name port')],
      ['spec.defaultBackend.service.port', words('name number')],
      ['spec.tls.*', words('hosts secretName')],
    ],
  ],
  [
    'NetworkPolicy',
    [
      ['spec', words('egress ingress podSelector policyTypes')],
      ['spec.ingress.*', words('from ports')],
      ['spec.egress.*', words('ports to')],
      ...['spec.ingress.*.from.*', 'spec.egress.*.to.*'].flatMap((peer) => [
        [peer, words('ipBlock namespaceSelector podSelector')] as const,
        [`${peer}.ipBlock`, words('cidr except')] as const,
      ]),
      ['spec.ingress.*.ports.*', words('endPort port protocol')],
      ['spec.egress.*.ports.*', words('endPort port protocol')],
    ],
  ],
  ['PodDisruptionBudget', [['spec', words('maxUnavailable minAvailable selector unhealthyPodEvictionPolicy')]]],
  ['HorizontalPodAutoscaler', [['spec.scaleTargetRef', words('apiVersion kind name')]]],
]);

const groups = new Set(['', 'apps', 'autoscaling', 'batch', 'networking.k8s.io', 'policy']);

/** The maps of a kind whose fields are known; none for custom resources. */
export function knownFields(table: KindTable): readonly KnownFields[] {
  if (!groups.has(table.group)) return [];
  const known = fieldsOf.get(table) ?? gather(table);
  fieldsOf.set(table, known);
  return known;
}

const fieldsOf = new Map<KindTable, readonly KnownFields[]>();

function gather({ kind, pods, selectors = [] }: KindTable): readonly KnownFields[] {
  const chosen = [...selectors, ...(pods?.selector ? [pods.selector] : [])];
  const all: (readonly [string, readonly string[]])[] = [
    ['metadata', metadata],
    ...(byKind.get(kind) ?? []),
    ...chosen.flatMap(({ path, form }) => (form === 'labelSelector' ? labelSelector(path) : [])),
    ...(pods ? template(pods.template) : []),
  ];
  return all.map(([under, fields]) => ({ under, fields: new Set(fields) }));
}

/** metav1 LabelSelector. */
function labelSelector(path: string): (readonly [string, readonly string[]])[] {
  return [
    [path, words('matchExpressions matchLabels')],
    [`${path}.matchExpressions.*`, words('key operator values')],
  ];
}

/** A pod template with what stands beside it. */
function template(path: string): (readonly [string, readonly string[]])[] {
  const below = (field: string) => (path === '' ? field : `${path}.${field}`);
  const containers = ['containers', 'initContainers'].map((list) => below(`spec.${list}.*`));
  return [
    ...(path === ''
      ? []
      : [[path.slice(0, path.lastIndexOf('.')), workloadSpec] as const, [below('metadata'), metadata] as const]),
    [below('spec'), podSpec],
    ...containers.flatMap((at) => [
      [at, container] as const,
      [`${at}.ports.*`, words('containerPort hostIP hostPort name protocol')] as const,
    ]),
  ];
}
