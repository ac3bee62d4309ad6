import { cidrHolds, parseAddress } from '../cidr';
import type { Level } from '../finding';
import { list, say } from '../finding';
import type { DeclaredRange } from '../network/cluster';
import { clusterNetwork } from '../network/cluster';
import { isTemplated } from '../templated';
import { defineRule } from './define';
import { named } from './shared/words';

/** The API server gives cluster IPs out of the ranges that the cluster declares, and refuses others. */
export const clusterIpOutsideRange = defineRule({
  id: 'cluster-ip-outside-range',
  summary: 'A clusterIP lies outside the Service address ranges that the cluster configuration here declares',
  levels: ['error', 'information'],
  about: ['service'],
  *linked(resource, links) {
    const wanted = resource.service?.clusterIPs ?? [];
    if (wanted.length === 0) return;
    const declared = clusterNetwork(links, resource).services.filter(({ range }) => !range.implied);
    if (declared.some(({ range }) => isTemplated(range.text.text))) return;
    for (const ip of wanted) {
      const address = parseAddress(ip.text);
      const sameFamily = address ? declared.filter(({ range }) => range.cidr?.family === address.family) : [];
      const isInside = sameFamily.some(({ range: { cidr } }) => address && cidr && cidrHolds(cidr, address));
      if (!address || sameFamily.length === 0 || isInside) continue;
      yield {
        level: levelOf(sameFamily),
        at: ip.origin,
        path: 'spec.clusterIP',
        message: say`clusterIP ${ip.text} is outside the Service range ${list(
          sameFamily.map(({ range, from }) => say`${range.text.text} of ${named(from)}`),
          'or',
        )}: the API server refuses it; choose an address inside, or leave clusterIP out`,
        related: sameFamily.map(({ range, from }) => ({
          at: range.text.origin,
          message: say`the range of ${named(from)}`,
        })),
      };
    }
  },
});

/** The configuration beside a Service is that of its cluster; that of another folder may be of another one. */
function levelOf(ranges: readonly DeclaredRange[]): Level {
  return ranges.every(({ distance }) => distance === 'far') ? 'information' : 'error';
}
