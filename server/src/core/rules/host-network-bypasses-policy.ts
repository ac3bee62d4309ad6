import { list, say } from '../finding';
import { allKinds } from '../kinds/table';
import { defineRule } from './define';
import { kindAndName, named } from './shared/words';

const policies = allKinds.filter((kind) => kind.policy);

/** Network plugins see pods in the network of their node as the node itself (NetworkPolicy documentation, hostNetwork pods). */
export const hostNetworkBypassesPolicy = defineRule({
  id: 'host-network-bypasses-policy',
  summary: 'A policy selects pods in the network of their node, where it has no effect',
  levels: ['information'],
  about: ['pods'],
  *linked(resource, links) {
    const at = resource.pods?.dns.hostNetworkAt;
    if (!resource.pods?.hostNetwork || !at) return;
    // A policy for all pods of a namespace is not written for these.
    const selecting = links.selectedBy(resource, policies).filter(({ use }) => use.pairs.length > 0);
    const found = [...new Set(selecting.map(({ from }) => from))].slice(0, 3);
    if (found.length === 0) return;
    yield {
      level: 'information',
      at,
      message: say`${list(found.map(named))} ${found.length === 1 ? 'selects' : 'select'} the pods of ${kindAndName(resource)} without effect: they are in the network of their node, and policies do not see them as pods`,
      related: selecting.slice(0, 3).map(({ from, use }) => ({
        at: use.pairs[0]?.key.origin ?? use.at,
        message: say`the selector of ${named(from)}`,
      })),
    };
  },
});
