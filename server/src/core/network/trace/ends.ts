/** Both ends of a trace, as they are written, among the resources of a scene. */
import type { Address } from '../../cidr';
import { parseAddress } from '../../cidr';
import type { Resource } from '../../resource';
import { endpointsOf, servingContainers } from '../endpoints';
import { listed, nameOf } from './hop';
import type { Scene } from './scene';
import { homeOf } from './scene';
import type { WantedPort, WrittenHost } from './written-ends';
import { bracketless, misreadSource, writtenTarget } from './written-ends';

/** Who connects. */
export type Source =
  | { readonly type: 'pods'; readonly workload: Resource; readonly pod: string | undefined }
  /** Outside of the cluster; without an address anywhere in the internet. */
  | { readonly type: 'outside'; readonly address: Address | undefined };

/** What is connected to. */
export type Target =
  | WrittenHost
  | (WantedPort & { readonly type: 'object'; readonly resource: Resource; readonly pod: string | undefined });

/** Reads FROM. A text is what is wrong with it. */
export function readSource(scene: Scene, text: string): Source | string {
  const wrong = misreadSource(text);
  if (wrong !== undefined) return wrong;
  if (text === 'internet') return { type: 'outside', address: undefined };
  const address = parseAddress(bracketless(text));
  if (address) {
    const pod = podAt(scene, address);
    return pod ? { type: 'pods', workload: pod, pod: pod.name } : { type: 'outside', address };
  }
  const parts = text.split('/');
  const found = findPods(scene, parts);
  if (found) return { type: 'pods', ...found };
  const service = findTarget(scene, parts)?.resource;
  return service ? serviceAsSource(scene, service) : missing(scene, parts);
}

function serviceAsSource(scene: Scene, service: Resource): string {
  const pods = service.service ? endpointsOf(service, service.service, scene.links).workloads : [];
  const names = pods.map((workload) => nameOf(workload, scene.namespace));
  return `${nameOf(service, scene.namespace)} opens no connections, pods do: name ${names.length > 0 ? `those behind it, ${listed(names)}` : 'them'}`;
}

/** Reads TO. A text is what is wrong with it. */
export function readTarget(scene: Scene, text: string): Target | string {
  const written = writtenTarget(text);
  if (typeof written === 'string') return written;
  if (written.type !== 'name') return unknownPort(scene, written) ?? written;
  const { parts, port, protocol } = written;
  const found = findTarget(scene, parts);
  return found ? { type: 'object', ...found, port, protocol } : missing(scene, parts);
}

/** What is wrong with TO where its port is a name that nothing in the scene has; undefined where nothing is. */
export function unknownPortName(scene: Scene, text: string): string | undefined {
  const written = writtenTarget(text);
  return typeof written === 'string' || written.type === 'name' ? undefined : unknownPort(scene, written);
}

function unknownPort({ resources }: Scene, { port }: WantedPort): string | undefined {
  if (typeof port !== 'string') return undefined;
  const isKnown = resources.some(
    ({ service, pods }) =>
      service?.ports.some(({ name }) => name?.text === port) === true ||
      (pods && servingContainers(pods).some(({ ports }) => ports.some(({ name }) => name?.text === port))),
  );
  return isKnown ? undefined : `${port} is no port: no Service and no container here names one so; write its number`;
}

interface Found {
  readonly resource: Resource;
  readonly pod: string | undefined;
}

/** A Service before pods of the same name, unless a kind is written. */
function findTarget(scene: Scene, parts: readonly string[]): Found | undefined {
  const { kind, namespace, name } = place(scene, parts);
  const service = scene.resources.findLast(
    (item) => item.service && item.name === name && homeOf(scene, item) === namespace && isKind(item, kind),
  );
  if (service) return { resource: service, pod: undefined };
  const found = findPods(scene, parts);
  return found && { resource: found.workload, pod: found.pod };
}

/** The Pod of this name, else another workload, else one that makes pods of such names. */
function findPods(scene: Scene, parts: readonly string[]): { workload: Resource; pod: string | undefined } | undefined {
  const { kind, namespace, name } = place(scene, parts);
  const here = scene.resources.filter((item) => item.pods && homeOf(scene, item) === namespace && isKind(item, kind));
  const own = here.find((item) => item.kind === 'Pod' && item.name === name) ?? here.find((item) => item.name === name);
  if (own) return { workload: own, pod: own.kind === 'Pod' ? name : undefined };
  const numbered = here.find((item) => numberOf(item, name) !== undefined);
  if (numbered) return hasNumber(numbered, name) ? { workload: numbered, pod: name } : undefined;
  const made = here.find((item) => item.name !== undefined && isMadeName(name, item.name));
  return made && { workload: made, pod: name };
}

/** The number in the name of a pod of a workload whose pods have numbers. */
function numberOf({ name, pods }: Resource, pod: string): number | undefined {
  const [, stem, number] = /^(.+)-(\d+)$/.exec(pod) ?? [];
  return pods?.numbered && stem === name ? Number(number) : undefined;
}

function hasNumber(workload: Resource, pod: string): boolean {
  const { start = 0, count = Infinity } = workload.pods?.numbered ?? {};
  const number = numberOf(workload, pod) ?? NaN;
  return number >= start && number < start + count;
}

/** The end that controllers give names of pods: `web-7c5ddbdf54-x2x9k`, `agent-x2x9k`. */
function isMadeName(pod: string, workload: string): boolean {
  return pod.startsWith(`${workload}-`) && /^-(?:[a-z0-9]{6,10}-)?[a-z0-9]{5}$/.test(pod.slice(workload.length));
}

function place({ namespace }: Scene, parts: readonly string[]) {
  const [name = '', home = namespace, kind] = [...parts].reverse();
  return { kind, namespace: home, name };
}

/** As kubectl takes them. */
const shortKinds: Readonly<Record<string, string>> = {
  cj: 'cronjob',
  deploy: 'deployment',
  ds: 'daemonset',
  po: 'pod',
  rc: 'replicationcontroller',
  rs: 'replicaset',
  sts: 'statefulset',
  svc: 'service',
  vm: 'virtualmachine',
};

function isKind(resource: Resource, kind: string | undefined): boolean {
  if (kind === undefined) return true;
  const [lower = ''] = kind.toLowerCase().split('.');
  const own = resource.kind.toLowerCase();
  return [own, `${own}s`].includes(lower) || shortKinds[lower] === own;
}

/** The pod that has an address. */
export function podAt({ resources }: Scene, { text }: Address): Resource | undefined {
  return resources.find(({ pods }) => pods?.addresses.some((item) => parseAddress(item)?.text === text));
}

function missing(scene: Scene, parts: readonly string[]): string {
  const { kind, namespace, name } = place(scene, parts);
  const numbered = scene.resources.find(
    (item) => homeOf(scene, item) === namespace && numberOf(item, name) !== undefined && !hasNumber(item, name),
  );
  const { start = 0, count = 0 } = numbered?.pods?.numbered ?? {};
  if (numbered)
    return `there is no pod ${name}: ${nameOf(numbered, scene.namespace)} has ${count === 0 ? 'none' : `${numbered.name ?? ''}-${start} to ${numbered.name ?? ''}-${start + count - 1}`}`;
  const others = scene.resources.filter((item) => (item.pods ?? item.service) && item.name === name);
  const hint = others.length > 0 ? `; there is ${others.map((item) => nameOf(item, scene.namespace)).join(', ')}` : '';
  return `there is no ${kind ?? 'workload or Service'} ${name} in namespace ${namespace} here${hint}`;
}
