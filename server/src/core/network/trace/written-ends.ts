/** Both ends of a trace by their form alone, whatever the manifests hold. */
import type { Address } from '../../cidr';
import { parseAddress, parseCidr } from '../../cidr';
import type { Protocol } from '../../ports';
import { portNumber, protocolOf } from '../../ports';

/** The port as written, a number or a name, and the protocol where one is written. */
export interface WantedPort {
  readonly port: number | string | undefined;
  readonly protocol: Protocol | undefined;
}

/** An address or a name that DNS answers, with what URLs add to them. */
export type WrittenHost = WantedPort & { readonly scheme: string | undefined; readonly path: string } & (
    { readonly type: 'address'; readonly address: Address } | { readonly type: 'host'; readonly host: string }
  );

/** The name of an object by its parts. */
export interface WrittenName extends WantedPort {
  readonly type: 'name';
  readonly parts: readonly string[];
}

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

/** An address of either family as URLs have it. */
export const bracketless = (text: string) => text.replace(/^\[(.*)\]$/, '$1');

/** What is wrong with the form of TO, whatever the manifests hold; undefined where nothing is. */
export function misreadTarget(text: string): string | undefined {
  const written = writtenTarget(text);
  return typeof written === 'string' ? written : undefined;
}

/** A text is what is wrong with it. */
export function writtenTarget(text: string): WrittenName | WrittenHost | string {
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

function hostTarget(text: string, scheme: string | undefined, whole: string): WrittenHost | string {
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
