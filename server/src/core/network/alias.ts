/** Services of type ExternalName that are other names for Services here. */
import { nameKey } from '../keys';
import { service as serviceKind } from '../kinds/service';
import type { Links } from '../links';
import type { Resource } from '../resource';
import { classifyName } from './dns-names';

/**
 * The Service that a Service of type ExternalName is another name for; undefined where it is none, or not the only one of
 * that name that may be meant. A CNAME has a full name: no search path is tried. `domain` is the cluster's.
 */
export function aliasedService(alias: Resource, links: Links, domain: string): Resource | undefined {
  const { service } = alias;
  if (service?.type !== 'ExternalName' || !service.externalName) return undefined;
  const host = classifyName(service.externalName.text.toLowerCase(), domain);
  if (host.form !== 'service' || host.tail !== 'domain' || host.endpoint !== undefined || host.port !== undefined)
    return undefined;
  for (const { resources } of links.rings(nameKey(serviceKind, host.service), alias)) {
    const found = resources.filter(({ namespace = 'default' }) => namespace === host.namespace);
    if (found.length > 0) return found.length === 1 ? found[0] : undefined;
  }
  return undefined;
}

/** The Services from an alias back to itself, beginning with it; undefined where the names lead elsewhere. */
export function aliasLoop(alias: Resource, links: Links, domain: string): readonly Resource[] | undefined {
  const passed = [alias];
  for (let next = aliasedService(alias, links, domain); next; next = aliasedService(next, links, domain)) {
    if (next === alias) return passed;
    if (passed.includes(next)) return undefined;
    passed.push(next);
  }
  return undefined;
}

/** What stands at the end of a chain of aliases, which is no alias; undefined where nothing here does. */
export function aliasEnd(alias: Resource, links: Links, domain: string): Resource | undefined {
  const passed = new Set<Resource>();
  let last: Resource | undefined = alias;
  while (last?.service?.type === 'ExternalName' && !passed.has(last)) {
    passed.add(last);
    last = aliasedService(last, links, domain);
  }
  return last?.service?.type === 'ExternalName' ? undefined : last;
}
