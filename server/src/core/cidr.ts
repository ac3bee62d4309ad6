/**
 * IP addresses and CIDR blocks as Go's net package reads them for the API server. All addresses lie on one line of
 * whole numbers, IPv4 apart from IPv6, so that blocks are ranges and their algebra is that of ranges.ts.
 */
import ipaddr from 'ipaddr.js';
import { contains, includes, intersection, type Range, type Ranges } from './ranges';

export type Family = 4 | 6;

export interface Address {
  readonly family: Family;
  /** As Go prints it: RFC 5952, and an IPv4-mapped IPv6 address as IPv4. */
  readonly text: string;
  /** The place on the line of all addresses. */
  readonly point: bigint;
  /** What newer API versions refuse and programs may read differently, as the end of a sentence. */
  readonly doubt?: string;
}

export interface Cidr {
  readonly family: Family;
  /** 0 to 32 for IPv4, 0 to 128 for IPv6. */
  readonly prefix: number;
  /** With the host bits masked off: `10.0.0.0/8`. */
  readonly text: string;
  readonly range: Range;
  /** The address before the slash, when it is not the first of the block: its host bits are ignored. */
  readonly hostAddress?: Address;
  readonly doubt?: string;
}

/** IPv4 lies below zero, far enough that its last address does not touch the first of IPv6. */
const ipv4Start = -(1n << 33n);
const ipv4Pattern = /^\d{1,3}(?:\.\d{1,3}){3}$/;
const leadingZero = /(?:^|[.:])0\d+(?=\.|$)/;

const widthOf = (family: Family): number => (family === 4 ? 32 : 128);
const numberOf = (bytes: readonly number[]): bigint =>
  bytes.reduce((number, byte) => (number << 8n) + BigInt(byte), 0n);

/**
 * Reads an address. Undefined for everything else: short and octal IPv4 forms, zones, ports. Leading zeros are read as
 * decimal, as the API server does in fields that are older than its refusal of them, and noted in `doubt`.
 */
export function parseAddress(text: string): Address | undefined {
  const bytes = text.includes(':') ? ipv6Bytes(text) : ipv4Bytes(text);
  if (bytes === undefined) return undefined;
  const isMapped = bytes.length === 16 && numberOf(bytes.slice(0, 12)) === 0xffffn;
  const own = isMapped ? bytes.slice(12) : bytes;
  const doubt = isMapped
    ? 'is an IPv4 address written as IPv6'
    : leadingZero.test(text) && text.includes('.')
      ? 'has leading zeros, which some programs read as octal'
      : undefined;
  const address = addressAt(own.length === 4 ? ipv4Start + numberOf(own) : numberOf(own));
  return doubt === undefined ? address : { ...address, doubt };
}

function ipv4Bytes(text: string): number[] | undefined {
  const bytes = ipv4Pattern.test(text) ? text.split('.').map(Number) : [];
  return bytes.length === 4 && bytes.every((byte) => byte <= 255) ? bytes : undefined;
}

function ipv6Bytes(text: string): number[] | undefined {
  const split = text.lastIndexOf(':') + 1;
  const tail = text.slice(split);
  const embedded = tail.includes('.') ? ipv4Bytes(tail) : undefined;
  if (tail.includes('.') && embedded === undefined) return undefined;
  const [a = 0, b = 0, c = 0, d = 0] = embedded ?? [];
  const hex = embedded ? `${text.slice(0, split)}${(a * 256 + b).toString(16)}:${(c * 256 + d).toString(16)}` : text;
  const groups = hex.split(':').filter((group) => group !== '');
  const isWellFormed = groups.every((group) => /^[0-9a-fA-F]{1,4}$/.test(group));
  // A `::` stands for at least one group.
  const count = hex.includes('::') ? groups.length < 8 : groups.length === 8;
  return isWellFormed && count && ipaddr.IPv6.isValid(hex) ? ipaddr.IPv6.parse(hex).toByteArray() : undefined;
}

/** The address at a place on the line of all addresses. */
export function addressAt(point: bigint): Address {
  const family: Family = point < 0n ? 4 : 6;
  const number = family === 4 ? point - ipv4Start : point;
  const bytes = Array.from({ length: widthOf(family) / 8 }, (_, at) =>
    Number((number >> BigInt(widthOf(family) - 8 * (at + 1))) & 0xffn),
  );
  const address = ipaddr.fromByteArray(bytes);
  return { family, point, text: address instanceof ipaddr.IPv6 ? address.toRFC5952String() : address.toString() };
}

/** Reads a block such as 10.0.0.0/8 or fd00::/48; undefined when `cidrProblem` has something to say. */
export function parseCidr(text: string): Cidr | undefined {
  const [before = '', after, more] = text.split('/');
  const address = parseAddress(before);
  if (address === undefined || after === undefined || more !== undefined || !/^\d{1,6}$/.test(after)) return undefined;
  const isMapped = before.includes(':') && address.family === 4;
  const prefix = Number(after) - (isMapped ? 96 : 0);
  const width = widthOf(address.family);
  if (prefix < 0 || prefix > width) return undefined;
  const size = 1n << BigInt(width - prefix);
  const start = address.family === 4 ? ipv4Start : 0n;
  const first = address.point - ((address.point - start) % size);
  const doubt = address.doubt ?? (/^0\d/.test(after) ? 'has a prefix length with a leading zero' : undefined);
  return {
    family: address.family,
    prefix,
    text: `${addressAt(first).text}/${prefix}`,
    range: { first, last: first + size - 1n },
    ...(first === address.point ? {} : { hostAddress: address }),
    ...(doubt === undefined ? {} : { doubt }),
  };
}

/** Why a text is no block, as the end of a sentence; undefined when it is one. */
export function cidrProblem(text: string): string | undefined {
  if (parseCidr(text) !== undefined) return undefined;
  const slash = text.indexOf('/');
  if (slash === -1) {
    const address = parseAddress(text);
    return address === undefined
      ? 'is not an address, a slash and a prefix length, as in 10.0.0.0/8'
      : `has no prefix length; one address alone is ${address.text}/${widthOf(address.family)}`;
  }
  const address = parseAddress(text.slice(0, slash));
  if (address === undefined) return `does not start with an IP address ("${text.slice(0, slash)}")`;
  return `has no prefix length from 0 to ${text.includes(':') ? 128 : 32} after the slash ("${text.slice(slash + 1)}")`;
}

/** True when the block holds the address. Blocks of one family never hold addresses of the other. */
export function cidrHolds(cidr: Cidr, address: Address): boolean {
  return includes([cidr.range], address.point);
}

/** True when every address of `inner` is in `outer`; so it is when they are equal. */
export function cidrContains(outer: Cidr, inner: Cidr): boolean {
  return contains([outer.range], [inner.range]);
}

export function cidrsOverlap(a: Cidr, b: Cidr): boolean {
  return intersection([a.range], [b.range]).length > 0;
}

/** `10.0.0.0-10.0.0.255`, or one address for a range of one. */
export function formatRange({ first, last }: Range): string {
  return first === last ? addressAt(first).text : `${addressAt(first).text}-${addressAt(last).text}`;
}

/** The smallest block that holds a range of addresses of one family. */
export function blockAround({ first, last }: Range): Cidr | undefined {
  const { family, text } = addressAt(first);
  const host = (first ^ last).toString(2).length;
  return parseCidr(`${text}/${widthOf(family) - (first === last ? 0 : host)}`);
}

/** The ranges that hold all addresses of both families. */
export const allAddresses: Ranges = blocks('0.0.0.0/0', '::/0');

const loopback = blocks('127.0.0.0/8', '::1/128');
const linkLocal = blocks('169.254.0.0/16', 'fe80::/10');
const linkLocalMulticast = blocks('224.0.0.0/24', 'ff02::/16');
const multicast = blocks('224.0.0.0/4', 'ff00::/8');
const unspecified = blocks('0.0.0.0/32', '::/128');

function blocks(...texts: readonly string[]): Ranges {
  return texts.flatMap((text) => parseCidr(text)?.range ?? []);
}

export const isLoopback = (address: Address): boolean => includes(loopback, address.point);
/** Go's IsLinkLocalUnicast. */
export const isLinkLocal = (address: Address): boolean => includes(linkLocal, address.point);
export const isLinkLocalMulticast = (address: Address): boolean => includes(linkLocalMulticast, address.point);
export const isMulticast = (address: Address): boolean => includes(multicast, address.point);
export const isUnspecified = (address: Address): boolean => includes(unspecified, address.point);

/** The block of one address, as text. */
export function singleBlock({ text, family }: Address): string {
  return `${text}/${family === 4 ? 32 : 128}`;
}
