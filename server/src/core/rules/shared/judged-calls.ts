import type { Links } from '../../links';
import type { Call } from '../../network/calls';
import { callOf, readersOf } from '../../network/calls';
import type { Resource } from '../../resource';
import type { Settings } from '../../settings';

/** The calls in the texts of a resource that pods get: of a workload all, of a ConfigMap those that a workload here reads. */
export function* judgedCalls(resource: Resource, links: Links, { clusterDomain }: Settings): Iterable<Call> {
  if (resource.addresses.length === 0 || resource.owned || links.hasUnreadable(resource)) return;
  const isRead = new Map<string | undefined, boolean>();
  for (const address of resource.addresses) {
    const read = isRead.get(address.key) ?? readersOf(resource, address, links).length > 0;
    isRead.set(address.key, read);
    const call = read ? callOf(resource, address, links, clusterDomain) : undefined;
    if (call) yield call;
  }
}
