/**
 * Finds what may be an address in a text, in one pass whose time grows with the length: from each colon and each `.svc`
 * it looks a bounded way to both sides. It decides by the form alone; what looks like a template is left out.
 */
import type { AddressForm } from './facts';
import { mayBeInCluster } from './host';
import { commentsOf } from './comments';

export interface Part {
  readonly start: number;
  readonly end: number;
}

export interface Found {
  readonly form: Exclude<AddressForm, 'pair'>;
  readonly scheme: string | undefined;
  readonly host: Part;
  readonly port: Part | undefined;
  readonly openPort: boolean;
}

/** Schemes whose first part is no host that a pod connects to. */
const otherSchemes = new Set(
  'arn containerd data dir docker docker-pullable exec file git gs jar local npm oci pod s3 secret spiffe unix urn vault'.split(
    ' ',
  ),
);

/** Schemes of gRPC that write the host where a path stands: `dns:///web:80`. */
const pathSchemes = new Set(['dns', 'passthrough']);

/** No host name is longer, no list of brokers is. */
const MAX_HOST = 253;
const MAX_AUTHORITY = 2000;
const MAX_SCHEME = 24;

/** All addresses of a text, in its order. */
export function findAddresses(text: string): Found[] {
  const found: Found[] = [];
  const inComment = commentsOf(text);
  let covered = 0;
  for (let colon = text.indexOf(':'); colon >= 0; colon = text.indexOf(':', Math.max(colon + 1, covered))) {
    if (text.startsWith('//', colon + 1)) {
      const url = readUrl(text, colon);
      if (url && !inComment(colon)) {
        found.push(...url.found);
        covered = url.end;
      }
    } else if (isDigit(text.charCodeAt(colon + 1))) {
      const address = readHostPort(text, colon, covered);
      if (address && !inComment(colon)) found.push(address);
    }
  }
  const name = text.indexOf('.svc');
  return name < 0 ? found : [...found, ...findNames(text, name, found)].sort((a, b) => a.host.start - b.host.start);
}

function readUrl(text: string, colon: number): { readonly found: Found[]; readonly end: number } | undefined {
  let first = colon;
  while (first > 0 && colon - first < MAX_SCHEME && isSchemeCharacter(text.charCodeAt(first - 1))) first--;
  const scheme = text.slice(first, colon).toLowerCase();
  if (!/^[a-z]/.test(scheme) || otherSchemes.has(scheme)) return undefined;
  let start = colon + 3;
  if (pathSchemes.has(scheme)) {
    const slash = text.indexOf('/', start);
    if (slash < 0 || slash - start > MAX_HOST) return undefined;
    start = slash + 1;
  }
  const end = endOfAuthority(text, start);
  const authority = text.slice(start, end);
  const found: Found[] = [];
  let from = start + authority.lastIndexOf('@') + 1;
  for (const host of text.slice(from, end).split(',')) {
    const item = readHost(text, from, from + host.length, scheme);
    if (item) found.push(item);
    from += host.length + 1;
  }
  // `http://a:80,http://b:80`: the last colon begins the next one.
  return { found, end: text.charAt(end - 1) === ':' ? end - 1 : end };
}

/** Where `user:password@host:port,host:port` ends. Brackets and braces may hold a template in the password. */
function endOfAuthority(text: string, start: number): number {
  let open = 0;
  let at = start;
  for (; at < text.length && at - start < MAX_AUTHORITY; at++) {
    const character = text.charAt(at);
    if (character === '(' || character === '{') open++;
    else if (character === ')' || character === '}') {
      if (open-- === 0) break;
    } else if (character <= ' ' || '"\'`/?#;<>[]\\|^'.includes(character)) break;
  }
  return at;
}

/** `host`, `host:port` or `host:$(PORT)` from `start` to `end`, and nothing else. */
function readHost(text: string, start: number, end: number, scheme: string): Found | undefined {
  let at = start;
  while (at < end && isHostCharacter(text.charCodeAt(at))) at++;
  const host = { start, end: text.charAt(at - 1) === '.' ? at - 1 : at };
  if (!mayBeInCluster(text.slice(host.start, host.end))) return undefined;
  // `http://web<namespace>` is a template, `<url>http://web</url>` is none.
  if (text.charAt(end) === '<' && text.charAt(end + 1) !== '/') return undefined;
  const form = 'url';
  if (at === end) return { form, scheme, host, port: undefined, openPort: false };
  if (text.charAt(at) !== ':') return undefined;
  const port = { start: at + 1, end };
  const isNumber = isPort(text, port);
  if (!isNumber && !'${<%'.includes(text.charAt(at + 1))) return undefined;
  return { form, scheme, host, port: isNumber ? port : undefined, openPort: !isNumber };
}

/** `host:port` without a scheme: a word between quotes, spaces, commas, brackets or `=`. */
function readHostPort(text: string, colon: number, covered: number): Found | undefined {
  let end = colon + 1;
  while (isDigit(text.charCodeAt(end)) && end - colon < 7) end++;
  const port = { start: colon + 1, end };
  if (!isPort(text, port) || !endsPort(text, end)) return undefined;
  const start = startOfHost(text, colon, covered);
  if (start === undefined || !mayBeInCluster(text.slice(start, colon))) return undefined;
  // A port, the tag of an image and the number of a group look the same.
  const before = text.slice(Math.max(0, start - 48), start);
  if (/(?:image|tag|\bchown\b|--(?:user|owner|chown))[^\n;&|]*$/i.test(before)) return undefined;
  return { form: 'hostPort', scheme: undefined, host: { start, end: colon }, port, openPort: false };
}

/** Where the host that ends at `end` starts; undefined when what stands before it makes it something else. */
function startOfHost(text: string, end: number, covered: number): number | undefined {
  let start = end;
  while (start > 0 && end - start <= MAX_HOST && isHostCharacter(text.charCodeAt(start - 1))) start--;
  if (start === end || start < covered) return undefined;
  const before = text.charAt(start - 1);
  return before <= ' ' || '"\'`=,@([|;>'.includes(before) ? start : undefined;
}

/** A port is followed by the end of the word: no tag `6.2-alpine`, no range `80-90`, no time `10:30:00`. */
function endsPort(text: string, end: number): boolean {
  const after = text.charAt(end);
  if (after === '.') return text.charAt(end + 1) <= ' ';
  return after <= ' ' || '"\'`/?#,;)]|<\\'.includes(after);
}

/**
 * `web.shop.svc`, `web.shop.svc.cluster.local` that are not part of what is found already. `first` is the place of the
 * first `.svc`.
 */
function findNames(text: string, first: number, known: readonly Found[]): Found[] {
  const found: Found[] = [];
  const hosts = new Set(known.map(({ host }) => host.start));
  const inComment = commentsOf(text);
  for (let at = first; at >= 0; at = text.indexOf('.svc', at + 4)) {
    let end = at + 4;
    while (end - at < MAX_HOST && isHostCharacter(text.charCodeAt(end))) end++;
    if (text.charAt(end - 1) === '.') end--;
    const start = startOfHost(text, at, 0);
    if (start === undefined || hosts.has(start) || !'"\'`/?#,;)]|<\\:'.includes(text.charAt(end).trim())) continue;
    // `shop.web.svc:create_app` is an object of a Python module.
    if (/^:[a-z]/.test(text.slice(end, end + 2))) continue;
    const host = text.slice(start, end);
    if (!/^[^.]+\.[^.]+(?:\.[^.]+)?\.svc(?:\.|$)/.test(host) || !mayBeInCluster(host) || inComment(start)) continue;
    hosts.add(start);
    const openPort = text.charAt(end) === ':';
    found.push({ form: 'name', scheme: undefined, host: { start, end }, port: undefined, openPort });
  }
  return found;
}

function isPort(text: string, { start, end }: Part): boolean {
  return end - start <= 5 && /^[1-9]\d*$/.test(text.slice(start, end)) && Number(text.slice(start, end)) <= 65535;
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

/** Lower-case letters, digits, dashes and dots. */
function isHostCharacter(code: number): boolean {
  return (code >= 97 && code <= 122) || isDigit(code) || code === 45 || code === 46;
}

function isSchemeCharacter(code: number): boolean {
  return isHostCharacter(code | 32) || code === 43 || code === 95;
}
