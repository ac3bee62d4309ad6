/** Both ends of a trace as people write them. */
import type { Address } from '../../cidr';
import { parseAddress, parseCidr } from '../../cidr';
import type { Protocol } from '../../ports';
import { portNumber, protocolOf } from '../../ports';
import type { Resource } from '../../resource';
import { nameOf } from './hop';
import type { Scene } from './scene';
import { homeOf } from './scene';

/** Who connects. */
export type Source =
  | { readonly type: 'pods'; readonly workload: Resource; readonly pod: string | undefined }
  /** Outside of the cluster; without an address anywhere in the internet. */
  | { readonly type: 'outside'; readonly address: Address | undefined };

/** The port as written, a number or a name, and the protocol where one is written. */
export interface WantedPort {
  readonly port: number | string | undefined;
  readonly protocol: Protocol | undefined;
}

/** What is connected to. */
export type Target = WantedPort &
  (
    | { readonly type: 'object'; readonly resource: Resource; readonly pod: string | undefined }
    | {
        readonly type: 'address';
        readonly address: Address;
        readonly scheme: string | undefined;
        readonly path: string;
      }
    | { readonly type: 'host'; readonly host: string; readonly scheme: string | undefined; readonly path: string }
  );

/** Ports that clients take when a URL names none. */
const schemePorts: ReadonlyMap<string, number> = new Map(
  Object.entries({
    amqp: 5672,
    amqps: 5671,
    ftp: 21,
    grpc: 80,
    http: 80,
    https: 443,
    ldap: 389,
    ldaps: 636,
    mongodb: 27017,
    mysql: 3306,
    nats: 4222,
    postgres: 5432,
    postgresql: 5432,
    redis: 6379,
    rediss: 6379,
    smtp: 25,
    ssh: 22,
    ws: 80,
    wss: 443,
  }),
);

/** What is wrong with the form of FROM, whatever the manifests hold; undefined where nothing is. */
export function misreadSource(text: string): string | undefined {
  if (text === 'internet' || parseAddress(bracketless(text))) return undefined;
  if (parseCidr(text)) return `${text} is a range of addresses: name one of them`;
  const parts = text.split('/');
  return parts.length > 3 || parts.includes('')
    ? `${text}: it is NAMESPACE/NAME, KIND/NAMESPACE/NAME, internet or an IP`
    : undefined;
}

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
  return service
    ? `${nameOf(service, scene.namespace)} opens no connections: name the pods that do`
    : missing(scene, parts);
}

const bracketless = (text: string) => text.replace(/^\[(.*)\]$/, '$1');

/** What is wrong with the form of TO, whatever the manifests hold; undefined where nothing is. */
export function misreadTarget(text: string): string | undefined {
  const written = writtenTarget(text);
  return typeof written === 'string' ? written : undefined;
}

/** Reads TO. A text is what is wrong with it. */
export function readTarget(scene: Scene, text: string): Target | string {
  const written = writtenTarget(text);
  if (typeof written === 'string' || written.type !== 'name') return written;
  const { parts, port, protocol } = written;
  const found = findTarget(scene, parts);
  return found ? { type: 'object', ...found, port, protocol } : missing(scene, parts);
}

/** The name of an object by its parts. */
interface WrittenName extends WantedPort {
  readonly type: 'name';
  readonly parts: readonly string[];
}

function writtenTarget(text: string): WrittenName | Exclude<Target, { type: 'object' }> | string {
  const [, scheme, rest = text] = /^([a-z][-+.a-z0-9]*):\/\/(.*)$/i.exec(text) ?? [];
  if (scheme !== undefined) return hostTarget(rest.replace(/^[^/?#]*@/, ''), scheme.toLowerCase(), text);
  const [, object = '', port] = /^([^:[\]]+\/[^:[\]]+?)(?::([-\w]+(?:\/\w+)?))?$/.exec(text) ?? [];
  const parts = object.split('/');
  // A namespace has no dots, and a host has no slash before its path.
  if (parts.length < 2 || parts.length > 3 || parts.slice(0, -1).some((part) => part === '' || part.includes('.')))
    return hostTarget(text, undefined, text);
  const wanted = readPort(port);
  return typeof wanted === 'string' ? wanted : { type: 'name', parts, ...wanted };
}

function hostTarget(
  text: string,
  scheme: string | undefined,
  whole: string,
): Exclude<Target, { type: 'object' }> | string {
  const bare = parseAddress(text);
  const [, v6, host = v6, port, path = ''] = bare
    ? [text, text]
    : (/^(?:\[([^\]]+)\]|([^:/?#[\]]+))(?::(\w[-\w]*(?:\/(?:tcp|udp|sctp))?))?([/?#].*)?$/i.exec(text) ?? []);
  if (host === undefined || host === '')
    return `${whole}: it is a URL, HOST:PORT, a DNS name, NAMESPACE/NAME:PORT or an IP`;
  const written = readPort(port);
  if (typeof written === 'string') return written;
  const wanted = { ...written, port: written.port ?? schemePorts.get(scheme ?? ''), scheme, path: path || '/' };
  const address = parseAddress(host);
  if (address) return { type: 'address', address, ...wanted };
  // What ends in a number is an address or nothing (URL standard, host parsing): no domain does.
  if (v6 !== undefined || /(?:^|\.)\d+\.?$/.test(host)) return `${host} is no address`;
  return { type: 'host', host: host.toLowerCase(), ...wanted };
}

/** `5432`, `http`, `53/udp`. A text is what is wrong with it. */
function readPort(text: string | undefined): WantedPort | string {
  const [port, protocol] = text?.split('/') ?? [];
  const isNumber = port !== undefined && /^\d+$/.test(port);
  if (isNumber && portNumber(Number(port)) === undefined) return `${port} is no port: ports are 1 to 65535`;
  const known = protocol === undefined ? undefined : protocolOf(protocol.toUpperCase());
  if (protocol !== undefined && known === undefined) return `${protocol} is no protocol: TCP, UDP or SCTP`;
  return { port: isNumber ? Number(port) : port, protocol: known };
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
