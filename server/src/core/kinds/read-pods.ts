import { protocolOf } from '../ports';
import type { Field } from '../path';
import { each, eachEntry, field, scalarAt, select, textAt } from '../path';
import type {
  Container,
  ContainerPort,
  ContainerRole,
  NumberedPods,
  OpenLabel,
  Owner,
  PodDns,
  Pods,
} from '../pod-facts';
import type { Label, Reference } from '../resource';
import { isTemplated } from '../templated';
import { boolean, entries, isUnset, number } from '../value';
import type { PodsSpec } from './define';
import { readConfigMaps } from './read-addresses';

/** The pods a workload makes, read from its template; undefined when it has no template (a workloadRef, a patch). */
export function readPods(tree: Field, spec: PodsSpec): Pods | undefined {
  const template = spec.template === '' ? tree : field(tree, ...spec.template.split('.'));
  if (template.value?.type !== 'map') return undefined;
  const podSpec = field(template, 'spec');
  const labelMap = field(template, 'metadata', 'labels');
  const labels = readLabels(labelMap);
  return {
    labels,
    owner: spec.template === '' ? readOwner(tree) : undefined,
    labelsAt: labelMap.value?.origin,
    openLabels: openLabels(tree, spec, labels),
    containers: [...readContainers(podSpec, 'initContainers'), ...readContainers(podSpec, 'containers')],
    replicas: readReplicas(tree, spec),
    hostNetwork: boolean(field(podSpec, 'hostNetwork').value) === true,
    hostname: scalarAt(field(podSpec, 'hostname')),
    subdomain: scalarAt(field(podSpec, 'subdomain')),
    dns: readDns(podSpec),
    serviceLinks: boolean(field(podSpec, 'enableServiceLinks').value) !== false,
    hostAliases: select(podSpec, 'hostAliases.*.hostnames.*').flatMap((at) => textAt(at) ?? []),
    configMaps: readConfigMaps(podSpec),
    numbered: readNumbered(tree, spec),
    nodeSelector: readLabels(field(podSpec, 'nodeSelector')),
    nodeName: scalarAt(field(podSpec, 'nodeName')),
    spread: spreads(podSpec),
    nodeAffinity: hasNodeAffinity(podSpec),
    ends:
      !spec.serves ||
      textAt(field(podSpec, 'restartPolicy')) === 'Never' ||
      field(tree, 'metadata', 'annotations', 'helm.sh/hook').key !== undefined,
    ...readStatus(tree, spec),
  };
}

/** The owner that is its controller; undefined where somebody made it by hand. */
function readOwner(tree: Field): Owner | undefined {
  const owner = each(field(tree, 'metadata', 'ownerReferences')).find(
    (at) => textAt(field(at, 'controller')) !== 'false',
  );
  const [kind, name] = owner ? [textAt(field(owner, 'kind')), textAt(field(owner, 'name'))] : [];
  return name ? { kind: kind ?? '', name } : undefined;
}

function openLabels(tree: Field, spec: PodsSpec, labels: readonly Label[]): OpenLabel[] {
  const name = textAt(field(tree, 'metadata', 'name'));
  const stem = name === undefined || isTemplated(name) ? undefined : name;
  const open = (key: string): OpenLabel => ({ key, stem: undefined, numbered: false });
  const numbers = readNumbered(tree, spec) ? (spec.numberLabels ?? []) : [];
  return [
    ...spec.runtimeLabels.map(open),
    ...(spec.ownNameLabels ?? []).map((key) => ({ key, stem, numbered: false })),
    ...(spec.numberedNameLabels ?? []).map((key) => ({ key, stem: stem && `${stem}-`, numbered: true })),
    ...numbers.map((key) => ({ key, stem: '', numbered: true })),
    ...labels.filter(({ value }) => isTemplated(value.text)).map(({ key }) => open(key.text)),
  ];
}

/** The entries of a label or annotation map whose values are scalars; null reads as the empty string. */
export function readLabels(map: Field): Label[] {
  return entries(map.value).flatMap(({ key, value }) => (value.type === 'scalar' ? [{ key, value }] : []));
}

function readReplicas(tree: Field, spec: PodsSpec): number | undefined {
  if (spec.replicas === undefined) return spec.defaultReplicas;
  const written = field(tree, ...spec.replicas.split('.'));
  return isUnset(written.value) ? spec.defaultReplicas : number(written.value);
}

function readDns(podSpec: Field): PodDns {
  const config = field(podSpec, 'dnsConfig');
  const scalars = (list: string) => each(field(config, list)).flatMap((at) => scalarAt(at) ?? []);
  const ndots = each(field(config, 'options')).findLast((at) => textAt(field(at, 'name')) === 'ndots');
  const text = ndots && textAt(field(ndots, 'value'));
  return {
    policy: scalarAt(field(podSpec, 'dnsPolicy')),
    nameservers: scalars('nameservers'),
    searches: scalars('searches'),
    ndots: text !== undefined && /^\d{1,3}$/.test(text) ? Number(text) : undefined,
    specAt: podSpec.value?.origin,
    hostNetworkAt: field(podSpec, 'hostNetwork').value?.origin,
  };
}

/** The Service that a subdomain means; the controller of a StatefulSet writes its own in place of it. */
export function subdomainReference(podSpec: Field): Reference[] {
  const at = field(podSpec, 'subdomain');
  const name = scalarAt(at);
  if (!name || name.text === '') return [];
  return [
    {
      role: 'attaches',
      target: { group: '', kind: 'Service' },
      name,
      namespace: undefined,
      port: undefined,
      route: undefined,
      optional: false,
      path: at.path,
      at: at.at,
    },
  ];
}

function readNumbered(tree: Field, { numbered, defaultReplicas }: PodsSpec): NumberedPods | undefined {
  const [only, wanted] = numbered?.only ?? [];
  if (!numbered || (only !== undefined && textAt(field(tree, ...only.split('.'))) !== wanted)) return undefined;
  const count = field(tree, ...numbered.count.split('.'));
  const start = numbered.start === undefined ? undefined : number(field(tree, ...numbered.start.split('.')).value);
  return { start: start ?? 0, count: isUnset(count.value) ? defaultReplicas : number(count.value) };
}

function readContainers(podSpec: Field, list: 'initContainers' | 'containers'): Container[] {
  return each(field(podSpec, list)).map((at) => {
    const ports = field(at, 'ports');
    return {
      name: scalarAt(field(at, 'name')),
      role: role(at, list),
      image: scalarAt(field(at, 'image')),
      ports: each(ports).map(readContainerPort),
      path: at.path,
      at: at.at,
      portsAt: ports.value?.origin,
    };
  });
}

/** Native sidecars are init containers that keep running (core/v1 Container.restartPolicy). */
function role(at: Field, list: 'initContainers' | 'containers'): ContainerRole {
  if (list === 'containers') return 'main';
  return textAt(field(at, 'restartPolicy')) === 'Always' ? 'sidecar' : 'init';
}

function readContainerPort(at: Field): ContainerPort {
  return {
    name: scalarAt(field(at, 'name')),
    number: scalarAt(field(at, 'containerPort')),
    protocol: protocolOf(textAt(field(at, 'protocol'))) ?? 'TCP',
    hostPort: scalarAt(field(at, 'hostPort')),
    hostIP: scalarAt(field(at, 'hostIP')),
    path: at.path,
    at: at.at,
  };
}

function hasNodeAffinity(podSpec: Field): boolean {
  const required = field(podSpec, 'affinity', 'nodeAffinity', 'requiredDuringSchedulingIgnoredDuringExecution');
  return each(field(required, 'nodeSelectorTerms')).length > 0;
}

function spreads(podSpec: Field): boolean {
  const required = field(podSpec, 'affinity', 'podAntiAffinity', 'requiredDuringSchedulingIgnoredDuringExecution');
  return each(required).some((term) => textAt(field(term, 'topologyKey')) === 'kubernetes.io/hostname');
}

/** The status of a Pod; that of other workloads says nothing of single pods. An empty status is none. */
function readStatus(tree: Field, spec: PodsSpec): Pick<Pods, 'finished' | 'addresses' | 'live'> {
  const status = field(tree, 'status');
  const terminating = field(tree, 'metadata', 'deletionTimestamp').value !== undefined;
  if (spec.template !== '' || (!hasEntries(status) && !terminating))
    return { finished: false, addresses: [], live: undefined };
  const listed = select(status, 'podIPs.*.ip').flatMap((at) => textAt(at) ?? []);
  const single = textAt(field(status, 'podIP'));
  const ready = each(field(status, 'conditions')).find((at) => textAt(field(at, 'type')) === 'Ready');
  return {
    finished: ['Succeeded', 'Failed'].includes(textAt(field(status, 'phase')) ?? ''),
    addresses: listed.length > 0 ? listed : single ? [single] : [],
    live: { ready: ready !== undefined && textAt(field(ready, 'status')) === 'True', terminating },
  };
}

/** Whether a map has entries at all: `labels: {}` says less than an absent map, but both carry none. */
function hasEntries(map: Field): boolean {
  return eachEntry(map).length > 0;
}
