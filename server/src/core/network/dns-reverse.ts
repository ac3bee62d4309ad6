/** Names of the reverse zones `in-addr.arpa` and `ip6.arpa`. */
import { parseAddress } from '../cidr';

/** The roots of reverse names. */
export const reverseZones: readonly string[] = ['in-addr.arpa', 'ip6.arpa'];

/** The name under which an address is looked up in reverse: `1.0.3.10.in-addr.arpa.`; undefined for what is no address. */
export function reverseName(ip: string): string | undefined {
  const address = parseAddress(ip);
  if (!address) return undefined;
  if (address.family === 4) return `${address.text.split('.').reverse().join('.')}.in-addr.arpa.`;
  const digits = address.point.toString(16).padStart(32, '0');
  return `${digits.split('').reverse().join('.')}.ip6.arpa.`;
}

/** The address that a reverse name (lower case, no final dot) spells in full; undefined for a part of one. */
export function reversedAddress(name: string): string | undefined {
  const [zone] = reverseZones.filter((item) => name.endsWith(`.${item}`));
  if (zone === undefined) return undefined;
  const labels = name
    .slice(0, -1 - zone.length)
    .split('.')
    .reverse();
  if (zone === 'in-addr.arpa') return labels.length === 4 ? plain(labels.join('.')) : undefined;
  if (labels.length !== 32 || !labels.every((label) => /^[0-9a-f]$/.test(label))) return undefined;
  return plain((labels.join('').match(/.{4}/g) ?? []).join(':'));
}

function plain(text: string): string | undefined {
  const address = parseAddress(text);
  return address?.doubt === undefined ? address?.text : undefined;
}
