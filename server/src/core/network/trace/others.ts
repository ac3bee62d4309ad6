/** The other end of a connection, where no manifest shows which pods or addresses it is. */
import type { Address } from '../../cidr';
import { allAddresses, parseCidr } from '../../cidr';
import type { PolicyPeer } from '../../policy-facts';
import { contains, includes, intersection, rangesOf, subtract } from '../../ranges';
import type { End } from '../policy/ends';
import type { Certainty } from '../policy/meaning';
import { isWhole } from '../policy/meaning';

/** Known to the last address, or known by what a peer may make of it. */
export type Other =
  | { readonly type: 'known'; readonly end: End; readonly name: string; readonly block: string | undefined }
  | {
      readonly type: 'open';
      readonly means: (peer: PolicyPeer) => Certainty;
      readonly name: string;
      readonly block: string;
    };

/** RFC 1918, 6598, 3927, 1122, 5771, 4193 and 4291: nobody on the internet has such an address. */
const privateAddresses = rangesOf(
  [
    '0.0.0.0/8',
    '10.0.0.0/8',
    '100.64.0.0/10',
    '127.0.0.0/8',
    '169.254.0.0/16',
    '172.16.0.0/12',
    '192.168.0.0/16',
    '224.0.0.0/3',
    '::/127',
    'fc00::/7',
    'fe80::/10',
    'ff00::/8',
  ].flatMap((text) => parseCidr(text)?.range ?? []),
);

/** True for an address that the internet does not route. */
export function isPrivate({ point }: Address): boolean {
  return includes(privateAddresses, point);
}

const families = allAddresses.map((range) => subtract([range], privateAddresses));

/** Some address of the internet. */
export const internet: Extract<Other, { type: 'open' }> = {
  type: 'open',
  name: 'the internet',
  block: '0.0.0.0/0',
  means(peer) {
    if (peer.type === 'unknown') return 'maybe';
    if (peer.type !== 'block') return 'no';
    if (families.some((family) => contains(peer.ranges, family))) return 'yes';
    return families.some((family) => intersection(peer.ranges, family).length > 0) ? 'maybe' : 'no';
  },
};

/** An ingress controller that is not among the manifests. It runs in a namespace of its own. */
export const controllerElsewhere: Other = {
  type: 'open',
  name: 'the ingress controller',
  block: '',
  means(peer) {
    if (peer.type === 'unknown' || peer.type === 'nodes') return 'maybe';
    if (peer.type === 'block') return isWhole(peer) ? 'yes' : 'maybe';
    const { namespaces, pods } = peer;
    if (namespaces === 'own' || namespaces.selector === 'nothing') return 'no';
    const isEvery = (use: typeof pods) =>
      use === undefined || (use.selector !== 'nothing' && !use.unknown && use.selector.requirements.length === 0);
    return isEvery(namespaces) && isEvery(pods) ? 'yes' : 'maybe';
  },
};
