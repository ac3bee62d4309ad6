import type { Address } from '../../address/facts';
import type { Links } from '../../links';
import type { Call } from '../../network/calls';
import { callOf, readersOf } from '../../network/calls';
import type { Resource } from '../../resource';
import type { Settings } from '../../settings';

/** The calls among the addresses that pods get. */
export function* judgedCalls(resource: Resource, links: Links, { clusterDomain }: Settings): Iterable<Call> {
  for (const address of readAddresses(resource, links)) {
    const call = callOf(resource, address, links, clusterDomain);
    if (call) yield call;
  }
}

/** The addresses in the texts of a resource that pods get: of a workload all, of a ConfigMap those that a workload here reads. */
export function* readAddresses(resource: Resource, links: Links): Iterable<Address> {
  if (resource.addresses.length === 0 || resource.owned || links.hasUnreadable(resource)) return;
  const isRead = new Map<string | undefined, boolean>();
  for (const address of resource.addresses) {
    const read = isRead.get(address.key) ?? readersOf(resource, address, links).length > 0;
    isRead.set(address.key, read);
    if (read) yield address;
  }
}
