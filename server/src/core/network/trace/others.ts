/** The other end of a connection, where no manifest shows which pods or addresses it is. */
import type { Address } from '../../cidr';
import { allAddresses, parseCidr } from '../../cidr';
import type { Ranges } from '../../ranges';
import { contains, includes, intersection, rangesOf, subtract } from '../../ranges';
import type { Resource } from '../../resource';
import { usualNamespace } from '../controllers';
import type { End } from '../policy/ends';
import { meansController, meansOutside } from '../policy/entry-verdicts';
import type { Certainty } from '../policy/meaning';
import type { Means } from '../policy/verdicts';
import type { Allowed } from './opening-rule';
import type { Scene } from './scene';
import { homeOf } from './scene';

/** Known to the last address, or known by what a peer may make of it. */
export type Other = (
  { readonly type: 'known'; readonly end: End } | { readonly type: 'open'; readonly means: Means }
) & {
  readonly name: string;
  /** What is not known of it, where that counts. */
  readonly hidden?: string;
  /** The Node that it is, or whose network it is in: pods on it cannot be closed to it. */
  readonly node?: string;
  /** It is in the network of its nodes: no labels mean it. */
  readonly onNodes?: boolean;
  /** What a rule would have to let in or out; undefined where that is not known. */
  readonly allowed: Allowed | undefined;
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

/** Whether an address of the internet is among these. */
export function holdsInternet(ranges: Ranges): Certainty {
  if (families.some((family) => contains(ranges, family))) return 'yes';
  return families.some((family) => intersection(ranges, family).length > 0) ? 'maybe' : 'no';
}

/** Some address of the internet. */
export const internet: Other & { readonly type: 'open' } = {
  type: 'open',
  name: 'the internet',
  hidden: 'the address of the client: trace from one',
  allowed: { type: 'blocks', cidrs: ['0.0.0.0/0'] },
  means(peer) {
    if (peer.type === 'unknown') return 'maybe';
    return peer.type === 'block' ? holdsInternet(peer.ranges) : 'no';
  },
};

/** The controller of an Ingress or Gateway that is not among the manifests; its class may tell the namespace. */
export function controllerElsewhere(scene: Scene, by: Resource): Other {
  const namespace = by.gateway ? homeOf(scene, by) : usualNamespace(by);
  const name = by.gateway ? 'the proxy of the Gateway' : 'the ingress controller';
  return {
    type: 'open',
    name,
    hidden: `the namespace and labels of ${name}, which no manifest here tells`,
    allowed: namespace === undefined ? undefined : { type: 'namespace', name: namespace },
    means: (peer, policy) => meansController(scene.links, peer, policy, by, 'maybe'),
  };
}

/** A client whose packets a node passes on: pods see the address of that node (externalTrafficPolicy Cluster). */
export function behindNode(client: Other): Other {
  const isIPv6 = client.allowed?.type === 'blocks' && client.allowed.cidrs.some((cidr) => cidr.includes(':'));
  return {
    type: 'open',
    name: client.name,
    hidden: 'the address of the node that passes it on, which pods see in place of that of the client',
    allowed: { type: 'blocks', cidrs: [isIPv6 ? '::/0' : '0.0.0.0/0'] },
    means: meansOutside,
  };
}
