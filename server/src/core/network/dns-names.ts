/**
 * What a host name says by its form alone, to a resolver inside a cluster (kubernetes/dns specification 1.1.0, and the
 * search list that the kubelet writes). Nothing is looked up: whether the Service or pod exists is for dns-zone.ts.
 */
import { parseAddress } from '../cidr';
import { dns1123Label } from '../names';

/** How much of `service.namespace.svc.cluster.local` is written. */
export type NameTail = 'name' | 'namespace' | 'svc' | 'domain';

/** A name that a Service, an endpoint of one or a port of one can have. All parts are in lower case. */
export interface ServiceHost {
  readonly form: 'service';
  readonly service: string;
  /** As written in the name; undefined means the namespace of the pod that asks. */
  readonly namespace: string | undefined;
  /** The label before the Service: the hostname of an endpoint, or its address with dashes. */
  readonly endpoint: string | undefined;
  /** Of `_port._protocol.service`, without underscores. */
  readonly port: string | undefined;
  readonly protocol: string | undefined;
  /** `svc` and `domain` are certain; `name` and `namespace` may as well be hosts outside of the cluster. */
  readonly tail: NameTail;
  /** The second reading of `a.b`: not Service a in namespace b, but endpoint a of the Service b in the own namespace. */
  readonly or?: ServiceHost;
}

/** `service.namespace.svc.` before a domain that is not the cluster's: another cluster, a slip, or a host elsewhere. */
export interface ForeignHost {
  readonly form: 'foreign';
  readonly service: string;
  readonly namespace: string;
  readonly domain: string;
}

export type PodProblem =
  /** `10-0-0-1.pod.cluster.local` */
  | 'no-namespace'
  /** `10.0.0.1.shop.pod.cluster.local` */
  | 'dots'
  /** `web-0.shop.pod.cluster.local`: pods have no record by their name */
  | 'no-address'
  /** `10-0-0-1.shop.pod.another.domain` */
  | 'domain';

/** A name of the `pod` tree. */
export interface PodHost {
  readonly form: 'pod';
  /** The address that it spells, as Go prints it. */
  readonly ip: string | undefined;
  readonly namespace: string | undefined;
  /** The domain behind `.pod`; undefined where the name ends there. */
  readonly domain: string | undefined;
  /** Why it does not resolve; the first of several. */
  readonly problem: PodProblem | undefined;
}

/** A host that cannot be a name of the cluster. */
export interface ExternalHost {
  readonly form: 'external';
}

export type HostClass = ServiceHost | ForeignHost | PodHost | ExternalHost;

const external: ExternalHost = { form: 'external' };

/**
 * Classifies a host name as written (without scheme and port; upper case and a final dot are fine). A name with a final
 * dot is absolute, so it must hold the cluster domain to be a cluster name. Addresses, `localhost` and texts that are
 * no host name are external.
 */
export function classifyName(host: string, clusterDomain: string): HostClass {
  const isAbsolute = host.endsWith('.');
  const name = (isAbsolute ? host.slice(0, -1) : host).toLowerCase();
  const labels = name.split('.');
  if (parseAddress(name) || name === 'localhost' || !labels.every(isLabel)) return external;
  const domain = clusterDomain.toLowerCase().replace(/\.$/, '');
  return podHost(labels, domain, isAbsolute) ?? serviceHost(labels, domain, isAbsolute);
}

/** The address that a label such as `10-0-0-1` or `fd00--7` spells in names of pods and endpoints; undefined where it spells none. */
export function dashedAddress(label: string): string | undefined {
  const isIPv4 = label.split('-').length === 4 && !label.includes('--');
  return parseAddress(label.replaceAll('-', isIPv4 ? '.' : ':'))?.text;
}

/** The label of an address: dots and colons become dashes. */
export function addressLabel(ip: string): string {
  return ip.replace(/[.:]/g, '-');
}

function isLabel(label: string): boolean {
  return dns1123Label(label.startsWith('_') ? label.slice(1) : label) === undefined;
}

function serviceHost(labels: readonly string[], domain: string, isAbsolute: boolean): HostClass {
  const name = labels.join('.');
  if (name.endsWith(`.svc.${domain}`)) return under(labels.slice(0, -1 - domain.split('.').length), 'domain');
  if (isAbsolute) return foreign(labels);
  // `web.svc` is Service web in a namespace that is called svc.
  if (labels.length >= 3 && labels.at(-1) === 'svc') return under(labels.slice(0, -1), 'svc');
  const other = foreign(labels);
  if (other.form === 'foreign') return other;
  const [first = '', second = ''] = labels;
  if (labels.length === 1) return isPlain(first) ? serviceOf(first, undefined, [], 'name') : external;
  if (labels.length === 2 && isPlain(first) && isPlain(second))
    return { ...serviceOf(first, second, [], 'namespace'), or: serviceOf(second, undefined, [first], 'name') };
  if (labels.length === 3 && first.startsWith('_'))
    return serviceOf(labels[2] ?? '', undefined, [first, second], 'name');
  return under(labels, 'namespace');
}

/** `[endpoint.|_port._protocol.]service.namespace`; anything longer or shorter is no name of a Service. */
function under(labels: readonly string[], tail: NameTail): HostClass {
  const [namespace, service, ...before] = [...labels].reverse();
  if (namespace === undefined || service === undefined || before.length > 2) return external;
  if (!isPlain(namespace) || !isPlain(service)) return external;
  const front = before.reverse();
  const isPort = front.length === 2 && front.every((label) => label.startsWith('_'));
  return isPort || (front.length < 2 && front.every(isPlain)) ? serviceOf(service, namespace, front, tail) : external;
}

function serviceOf(
  service: string,
  namespace: string | undefined,
  front: readonly string[],
  tail: NameTail,
): ServiceHost {
  const [first, second] = front;
  return {
    form: 'service',
    service,
    namespace,
    endpoint: second === undefined ? first : undefined,
    port: second === undefined ? undefined : first?.slice(1),
    protocol: second?.slice(1),
    tail,
  };
}

function foreign(labels: readonly string[]): ForeignHost | ExternalHost {
  const at = labels.indexOf('svc');
  const [service, namespace] = labels.slice(Math.max(at - 2, 0), at);
  const domain = labels.slice(at + 1).join('.');
  if (at < 2 || at > 4 || service === undefined || namespace === undefined || domain === '') return external;
  return { form: 'foreign', service, namespace, domain };
}

function isPlain(label: string): boolean {
  return !label.startsWith('_');
}

/**
 * Only `.pod` before the cluster domain, or an address before `.pod`, makes a name one of the pod tree: `api.pod` alone
 * is a Service in a namespace that is called pod, `cdn.pod.example.com` a host elsewhere.
 */
function podHost(labels: readonly string[], domain: string, isAbsolute: boolean): PodHost | undefined {
  const at = labels.lastIndexOf('pod');
  const rest = labels.slice(at + 1).join('.');
  if (at < 1 || rest === `svc.${domain}`) return undefined;
  const front = labels.slice(0, at);
  const dotted = parseAddress(front.slice(0, 4).join('.'))?.text;
  const isDotted = dotted !== undefined && front.length <= 5;
  const ip = isDotted ? dotted : dashedAddress(front[0] ?? '');
  const namespace = isDotted ? front[4] : front[1];
  if (rest !== domain && (ip === undefined || (rest === '' ? isAbsolute : !isSlipOf(rest, domain)))) return undefined;
  if (!isDotted && front.length > 2) return undefined;
  return { form: 'pod', ip, namespace, domain: rest === '' ? undefined : rest, problem: problemOf() };

  function problemOf(): PodProblem | undefined {
    if (isDotted) return 'dots';
    if (ip === undefined) return 'no-address';
    if (namespace === undefined) return 'no-namespace';
    return rest !== '' && rest !== domain ? 'domain' : undefined;
  }
}

/** The usual domain where the cluster has another one, or a domain that shares its first or last label. */
function isSlipOf(written: string, domain: string): boolean {
  const [first] = domain.split('.');
  return (
    written === 'cluster.local' ||
    written === first ||
    written.startsWith(`${first ?? ''}.`) ||
    (domain.includes('.') && written.endsWith(domain.slice(domain.lastIndexOf('.'))))
  );
}
