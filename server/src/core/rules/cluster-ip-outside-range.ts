import { folderOf } from '../bundle/directory';
import type { Cidr } from '../cidr';
import { cidrHolds, parseAddress, parseCidr } from '../cidr';
import type { Level } from '../finding';
import { list, say } from '../finding';
import { allKinds } from '../kinds/table';
import type { Links } from '../links';
import type { Resource } from '../resource';
import type { Scalar } from '../value';
import { defineRule } from './define';
import { named } from './shared/words';

const declaring = allKinds.filter((kind) => kind.serviceCidrs);

interface Declared {
  readonly cidr: Cidr;
  readonly text: Scalar;
  readonly resource: Resource;
}

/** The API server gives cluster IPs out of the ranges that the cluster declares, and refuses others. */
export const clusterIpOutsideRange = defineRule({
  id: 'cluster-ip-outside-range',
  summary: 'A clusterIP lies outside the Service address ranges that the cluster configuration here declares',
  levels: ['error', 'information'],
  *linked(resource, links) {
    const wanted = resource.service?.clusterIPs ?? [];
    if (wanted.length === 0) return;
    const ranges = declaredRanges(resource, links);
    for (const ip of wanted) {
      const address = parseAddress(ip.text);
      const sameFamily = address ? ranges.filter(({ cidr }) => cidr.family === address.family) : [];
      if (!address || sameFamily.length === 0 || sameFamily.some(({ cidr }) => cidrHolds(cidr, address))) continue;
      yield {
        level: levelOf(resource, sameFamily),
        at: ip.origin,
        path: 'spec.clusterIP',
        message: say`clusterIP ${ip.text} is outside the Service range ${list(
          sameFamily.map(({ text, resource: from }) => say`${text.text} of ${named(from)}`),
          'or',
        )}: the API server refuses it; choose an address inside, or leave clusterIP out`,
        related: sameFamily.map(({ text, resource: from }) => ({
          at: text.origin,
          message: say`the range of ${named(from)}`,
        })),
      };
    }
  },
});

/** The configuration beside a Service is that of its cluster; that of another folder may be of another one. */
function levelOf({ uri }: Resource, ranges: readonly Declared[]): Level {
  return ranges.some(({ resource: from }) => folderOf(from.uri) === folderOf(uri)) ? 'error' : 'information';
}

function declaredRanges(resource: Resource, links: Links): Declared[] {
  return declaring.flatMap((kind) =>
    links.all(resource, kind).flatMap((from) =>
      from.serviceCidrs.flatMap((text) =>
        text.text.split(',').flatMap((part) => {
          const cidr = parseCidr(part.trim());
          return cidr ? [{ cidr, text, resource: from }] : [];
        }),
      ),
    ),
  );
}
