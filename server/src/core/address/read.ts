/** Addresses in the values of variables, arguments and configuration: texts that belong together are read together. */
import type { Scalar } from '../value';
import type { Address } from './facts';
import { mayBeInCluster, serviceVariable } from './host';
import { partsOf } from './part';
import { flagValue, hostPrefix, portsByPrefix, settingsIn } from './pairs';
import type { Held } from './pairs';
import { findAddresses } from './scan';
import type { Found } from './scan';

/** More addresses than this are a list of something, not what pods call. */
const MAX_ADDRESSES = 500;

/** Names of texts whose words with a colon and a number are images with tags, people with passwords, users with groups. */
const otherPairs = /image|tag|version|(?:auth|credentials?|password|passwd|login|owner|chown)$|^-*user$/i;

/** The addresses of texts that one reader gets together: a host may have its port in a text of a kindred name. */
export function readAddresses(held: readonly Held[]): Address[] {
  const some = held.filter(({ text, key, name = key }) => mayHold(text.text, name));
  if (some.length === 0) return [];
  const ports = some.some((item) => hostPrefix(item) !== undefined) ? portsByPrefix(held) : new Map<string, Scalar>();
  const hasPort = held.some(({ key, text }) => /port/i.test(key ?? text.text.slice(0, 80)));
  return some
    .flatMap((item) => [...addressesIn(item, ports, hasPort), ...settingAddresses(item)])
    .slice(0, MAX_ADDRESSES);
}

/** The addresses in arguments, whose flags say what they are. */
export function readArguments(words: readonly Held[]): Address[] {
  return readAddresses(words.filter((word, at) => !isOtherPair(word, words[at - 1])).map(flagValue));
}

/** `--image redis:7000`, `--user redis:1000`: the flag stands in the word before. */
function isOtherPair({ text }: Held, before: Held | undefined): boolean {
  return (
    before !== undefined &&
    /^--?[\w.-]{1,64}$/.test(before.text.text) &&
    otherPairs.test(before.text.text) &&
    /^[\w.-]{1,253}:\d+$/.test(text.text)
  );
}

/** Hosts that a text itself calls so, with their ports. */
function settingAddresses(held: Held): Address[] {
  const settings = settingsIn(held);
  const ports = portsByPrefix(settings);
  const common = commonOf(held);
  return settings.slice(0, MAX_ADDRESSES).flatMap((item) => pair(item, ports, common));
}

/** Most texts hold no address, which is seen at once; `key` is the variable or key that holds the text. */
export function mayHold(text: string, key: string | undefined): boolean {
  return text.includes(':') || text.includes('.svc') || text.includes('=') || hostPrefix({ key }) !== undefined;
}

function addressesIn(held: Held, ports: ReadonlyMap<string, Scalar>, hasPort: boolean): Address[] {
  const { text, key } = held;
  const found = findAddresses(text.text);
  const common = commonOf(held);
  if (found.length === 0) return pair(held, ports, common);
  const host = hostPrefix(held);
  const port = host === undefined ? undefined : ports.get(host);
  const parts = partsOf(text);
  const upstreams = upstreamsOf(text.text);
  return found.slice(0, MAX_ADDRESSES).flatMap((item): Address[] => {
    if (item.form === 'hostPort' && otherPairs.test(held.name ?? key ?? '')) return [];
    const one = address(common, item, parts);
    if (item.form === 'name' && port) return [{ ...one, port }];
    if (item.form !== 'url' || item.port) return [one];
    if (upstreams.has(one.host.text)) return [];
    // A port that is written beside may be put behind the URL; nginx takes it as it is.
    const isWhole = one.inFile ? /proxy_pass\s+\w+:\/\/$/.test(before(text.text, item.host.start)) : !hasPort;
    return [isWhole ? one : { ...one, openPort: true }];
  });
}

/** A text that is a host and nothing else, when it is called one. */
function pair(held: Held, ports: ReadonlyMap<string, Scalar>, common: Common): Address[] {
  const { text } = held;
  const prefix = hostPrefix(held);
  if (prefix === undefined || typeof text.value !== 'string' || !mayBeInCluster(text.text)) return [];
  const port = ports.get(prefix);
  const host = partsOf(text)(0, text.text.length);
  return [{ ...common, form: 'pair', host, port, openPort: port === undefined }];
}

function before(text: string, end: number): string {
  return text.slice(Math.max(0, end - 40), end);
}

/** Names that a configuration of nginx gives to groups of servers: hosts there, and no hosts of the network. */
function upstreamsOf(text: string): ReadonlySet<string> {
  if (!text.includes('upstream')) return new Set();
  return new Set([...text.matchAll(/\bupstream[ \t]+([\w.-]+)/g)].map(([, name]) => name ?? ''));
}

function address(common: Common, found: Found, parts: ReturnType<typeof partsOf>): Address {
  const host = parts(found.host.start, found.host.end);
  const port = found.port && parts(found.port.start, found.port.end);
  return { ...common, form: found.form, scheme: found.scheme, host, port, openPort: found.openPort };
}

/** What all addresses of a text have in common. */
type Common = Pick<Address, 'inFile' | 'key' | 'path'> & { readonly scheme: undefined };

function commonOf({ text, key, path }: Held): Common {
  return { scheme: undefined, inFile: text.text.trimEnd().includes('\n'), key, path };
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
      const common = commonOf(item);
      return [...item.text.text.matchAll(references(item))].flatMap((match): Address[] => {
        const [whole, name = match[2] ?? match[3] ?? ''] = match;
        const variable = defines.has(name) ? undefined : serviceVariable(name);
        if (!variable || variable.service === 'kubernetes' || whole.startsWith('$$')) return [];
        const start = match.index + whole.indexOf(name);
        const host = parts(start, start + name.length);
        return [{ ...common, form: 'variable', host, port: undefined, openPort: true }];
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
