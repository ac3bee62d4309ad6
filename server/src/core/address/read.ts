/** Addresses in the values of variables, arguments and configuration: texts that belong together are read together. */
import type { Scalar } from '../value';
import type { Address } from './facts';
import { mayBeInCluster, serviceVariable } from './host';
import { partsOf } from './part';
import { findAddresses } from './scan';
import type { Found } from './scan';

/** A text that may hold addresses: the value of a variable, an argument, an entry of a ConfigMap. */
export interface Held {
  readonly text: Scalar;
  /** The variable or key; undefined for arguments. */
  readonly key: string | undefined;
  readonly path: string;
}

/** More addresses than this are a list of something, not what pods call. */
const MAX_ADDRESSES = 500;

/** The addresses of texts that one reader gets together: a host may have its port in a text of a kindred name. */
export function readAddresses(held: readonly Held[]): Address[] {
  const some = held.filter(({ text, key }) => mayHold(text.text, key));
  if (some.length === 0) return [];
  const ports = portsByPrefix(held);
  const hasPort = held.some(({ key, text }) => /port/i.test(key ?? text.text.slice(0, 80)));
  return some.flatMap((item) => addressesIn(item, ports, hasPort)).slice(0, MAX_ADDRESSES);
}

/** Most texts hold no address, which is seen at once; `key` is the variable or key that holds the text. */
export function mayHold(text: string, key: string | undefined): boolean {
  return text.includes(':') || text.includes('.svc') || (key !== undefined && hostPrefix(key) !== undefined);
}

function addressesIn(held: Held, ports: ReadonlyMap<string, Scalar>, hasPort: boolean): Address[] {
  const { text, key } = held;
  const host = key === undefined ? undefined : hostPrefix(key);
  const found = findAddresses(text.text);
  const port = host === undefined ? undefined : ports.get(host);
  if (found.length === 0)
    return host !== undefined && typeof text.value === 'string' && mayBeInCluster(text.text)
      ? [{ ...base(held), form: 'pair', host: partsOf(text)(0, text.text.length), port, openPort: port === undefined }]
      : [];
  const parts = partsOf(text);
  const upstreams = upstreamsOf(text.text);
  return found.flatMap((item): Address[] => {
    if (item.form === 'hostPort' && /image|tag|version/i.test(key ?? '')) return [];
    const one = address(held, item, parts);
    if (item.form === 'name' && port) return [{ ...one, port }];
    if (item.form !== 'url' || item.port) return [one];
    if (upstreams.has(one.host.text)) return [];
    // A port that is written beside may be put behind the URL; nginx takes it as it is.
    const isWhole = one.inFile ? /proxy_pass\s+\w+:\/\/$/.test(before(text.text, item.host.start)) : !hasPort;
    return [isWhole ? one : { ...one, openPort: true }];
  });
}

function before(text: string, end: number): string {
  return text.slice(Math.max(0, end - 40), end);
}

/** Names that a configuration of nginx gives to groups of servers: hosts there, and no hosts of the network. */
function upstreamsOf(text: string): ReadonlySet<string> {
  if (!text.includes('upstream')) return new Set();
  return new Set([...text.matchAll(/\bupstream[ \t]+([\w.-]+)/g)].map(([, name]) => name ?? ''));
}

function address(held: Held, found: Found, parts: ReturnType<typeof partsOf>): Address {
  const host = parts(found.host.start, found.host.end);
  const port = found.port && parts(found.port.start, found.port.end);
  return { ...base(held), form: found.form, scheme: found.scheme, host, port, openPort: found.openPort };
}

function base({ text, key, path }: Held) {
  return { scheme: undefined, inFile: text.text.trimEnd().includes('\n'), key, path } as const;
}

const hostWords = ['host', 'hostname', 'server', 'addr', 'address'];

/** `DB_HOST` and `DB_PORT` belong together: the words before, or undefined for a name that is no host's. */
function hostPrefix(key: string): string | undefined {
  if (!'teErsSRT'.includes(key.slice(-1))) return undefined;
  const lower = key.toLowerCase();
  const word = hostWords.find((item) => lower.endsWith(item));
  return word === undefined ? undefined : lower.slice(0, -word.length);
}

/** The ports among texts, by the words before `PORT` in their names. */
function portsByPrefix(held: readonly Held[]): ReadonlyMap<string, Scalar> {
  const ports = new Map<string, Scalar>();
  for (const { key, text } of held) {
    const prefix = key === undefined ? undefined : /^(.*?)port$/i.exec(key)?.[1]?.toLowerCase();
    if (prefix !== undefined && /^[1-9]\d{0,4}$/.test(text.text)) ports.set(prefix, partsOf(text)(0, text.text.length));
  }
  return ports;
}

/**
 * References to variables that the kubelet makes of Services: `$(WEB_SERVICE_HOST)`, in commands also `$WEB_SERVICE_HOST` and
 * `${WEB_SERVICE_HOST}`. Not those that the container itself `defines`.
 */
export function readVariables(held: readonly Held[], defines: ReadonlySet<string>): Address[] {
  return held
    .filter(({ text }) => text.text.includes('$') && /_SERVICE_|_PORT_/.test(text.text))
    .flatMap((item) => {
      const parts = partsOf(item.text);
      return [...item.text.text.matchAll(references(item))].flatMap((match): Address[] => {
        const [whole, name = match[2] ?? match[3] ?? ''] = match;
        const variable = defines.has(name) ? undefined : serviceVariable(name);
        if (!variable || variable.service === 'kubernetes' || whole.startsWith('$$')) return [];
        const start = match.index + whole.indexOf(name);
        const host = parts(start, start + name.length);
        return [{ ...base(item), form: 'variable', host, port: undefined, openPort: true }];
      });
    })
    .slice(0, MAX_ADDRESSES);
}

/** Kubernetes replaces `$(X)` in all of them; `$X` and `${X}` are for a shell. */
function references({ key }: Held): RegExp {
  return key === undefined
    ? /\$?\$(?:\(([A-Z][A-Z0-9_]{0,99})\)|\{([A-Z][A-Z0-9_]{0,99})\}|([A-Z][A-Z0-9_]{0,99}))/g
    : /\$?\$\(([A-Z][A-Z0-9_]{0,99})\)/g;
}
