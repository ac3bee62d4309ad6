/** Which Service an address was probably meant for, when it leads to none. */
import { callKey, nameKey } from '../../keys';
import type { Links } from '../../links';
import { isNear } from '../../near';
import type { Call } from '../../network/calls';
import { callersOf } from '../../network/calls';
import { calledPort } from '../../network/called-port';
import type { Resource } from '../../resource';
import { isNamespaceSlip, nearNamed } from './evidence';

/** Shorter words than this differ by one letter and mean two things: `eu` and `us`, `rw` and `ro`. */
const LONG_WORD = 5;

/**
 * Services whose name is nearly the one of a call: they have the port that is called, and nobody else calls them, or the
 * difference is too small for two names.
 */
export function nearServices(call: Call, links: Links, domain: string): Resource[] {
  const { from, reference, address, isCertain } = call;
  const written = reference.name.text;
  // `APP_SERVER` may name a program as well as a host.
  const mayBeProgram = address.form === 'pair' && !address.port && /server$/i.test(address.key ?? '');
  if (mayBeProgram || isUsedElsewhere(call, links)) return [];
  return nearNamed(from, reference, links, true).filter((service) => {
    const name = service.name ?? '';
    if (!isCertain && reference.namespace && service.namespace !== reference.namespace.text) return false;
    const { state } = calledPort(address, service, links);
    if (state !== 'ok' && state !== 'unknown') return false;
    return (
      holds(address.key, name, written) ||
      (address.port !== undefined && isSmallDifference(written, name)) ||
      callersOf(service, links, domain).length === 0
    );
  });
}

/** Services of that name in another namespace, whose name is nearly the one that is written, and nothing is in that one. */
export function strayedServices({ from, reference, resolution, address }: Call, links: Links): Resource[] {
  const { namespace } = reference;
  return resolution.elsewhere.filter((service) => {
    if (calledPort(address, service, links).state === 'missing') return false;
    if (!namespace) return service.uri === from.uri;
    return (
      isNear(namespace.text, service.namespace ?? '') &&
      isNamespaceSlip({ ...from, namespace: namespace.text }, service, links)
    );
  });
}

/** Other objects call the same name, so that somebody knows it. */
function isUsedElsewhere({ from, reference }: Call, links: Links): boolean {
  const known = [callKey(reference.name.text), nameKey({ group: '', kind: 'Service' }, reference.name.text)];
  return known.some((key) => {
    for (const { resources } of links.rings(key, from)) if (resources.some((other) => other !== from)) return true;
    return false;
  });
}

/** The variable is called after what is meant, and not after what is written. */
function holds(key: string | undefined, meant: string, written: string): boolean {
  const words = (text: string) => `_${text.toLowerCase().replace(/[^a-z0-9]+/g, '_')}_`;
  return key !== undefined && words(key).includes(words(meant)) && !words(key).includes(words(written));
}

/** The words that differ are long, so that one letter more or less makes no other name of them. */
function isSmallDifference(a: string, b: string): boolean {
  const [first, second] = [a.split('-'), b.split('-')];
  return (
    first.length === second.length &&
    first.every((word, index) => {
      const other = second[index] ?? '';
      return word === other || (Math.min(word.length, other.length) >= LONG_WORD && isNear(word, other));
    })
  );
}
