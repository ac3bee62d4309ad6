/** Which words of a text are worth being looked up as a name of the cluster. */

/** Ends of names that the internet owns; a namespace may be called anything else. */
const publicEnds = new Set(['com', 'edu', 'example', 'gov', 'internal', 'invalid', 'io', 'lan', 'local', 'net', 'org']);

/**
 * True for a host that may be a Service, a pod behind one, or a name of the `svc` and `pod` trees: one word, two (a
 * namespace), or three that begin with a pod of a StatefulSet. Hosts with more parts are outside of the cluster.
 */
export function mayBeInCluster(host: string): boolean {
  const labels = host.split('.');
  if (!labels.every(isLabel) || !/[a-z]/.test(host) || host === 'localhost') return false;
  if (labels.length > 1 && (labels.includes('svc', 1) || labels.includes('pod', 1))) return labels.length <= 9;
  if (labels.length > 1 && publicEnds.has(labels.at(-1) ?? '')) return false;
  return labels.length < 3 || (labels.length === 3 && /-\d+$/.test(labels[0] ?? ''));
}

function isLabel(label: string): boolean {
  return label !== '' && label.length <= 63 && !label.startsWith('-') && !label.endsWith('-');
}

/** What an environment variable of the kubelet says about a Service (envvars.FromServices), `_` for the dashes of its name. */
export interface ServiceVariable {
  /** The name of the Service. */
  readonly service: string;
  readonly says: 'host' | 'port';
  /** The name of a port, as the variable spells it; undefined means the first. */
  readonly portName: string | undefined;
  /** The number of a port, in the variables of Docker links. */
  readonly portNumber: number | undefined;
}

/** Reads `WEB_SERVICE_HOST`, `WEB_SERVICE_PORT`, `WEB_SERVICE_PORT_HTTP`, `WEB_PORT_80_TCP_ADDR`; undefined for other names. */
export function serviceVariable(name: string): ServiceVariable | undefined {
  const service = /^([A-Z][A-Z0-9_]*)_SERVICE_(HOST|PORT)(?:_([A-Z0-9_]+))?$/.exec(name);
  const link = service ? undefined : /^([A-Z][A-Z0-9_]*)_PORT_(\d{1,5})_(?:TCP|UDP|SCTP)_(ADDR|PORT)$/.exec(name);
  const [, word, says, detail] = service ?? [undefined, link?.[1], link?.[3] === 'ADDR' ? 'HOST' : 'PORT', undefined];
  if (word === undefined || (says === 'HOST' && detail !== undefined)) return undefined;
  return {
    service: word.toLowerCase().replaceAll('_', '-'),
    says: says === 'HOST' ? 'host' : 'port',
    portName: detail,
    portNumber: link ? Number(link[2]) : undefined,
  };
}

/** The words of a host of which one is the Service, whichever domain the cluster has. */
export function serviceWords(host: string): readonly string[] {
  const labels = host.split('.');
  const tree = labels.indexOf('svc', 1);
  if (tree > 1) return [labels[tree - 2] ?? ''];
  return labels.length === 3 ? [labels[1] ?? ''] : labels.slice(0, 2);
}
