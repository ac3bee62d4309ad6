/** Whether policies let pods ask the DNS server of their cluster, which hardly ever stands in the same manifests. */
import { parseCidr } from '../../cidr';
import { holds } from '../../labels';
import type { Links } from '../../links';
import type { BlockPeer, PodsPeer, PolicyPeer } from '../../policy-facts';
import type { Protocol } from '../../ports';
import { contains, intersection, rangesOf } from '../../ranges';
import type { Resource, SelectorUse } from '../../resource';
import type { PortNames } from './ends';
import { noPortNames } from './ends';
import type { Certainty } from './meaning';
import { isWhole, namespaceNameLabel, strongest } from './meaning';
import type { LinkedSide } from './verdicts';
import { sideVerdict } from './verdicts';

/** Port 53 of the Service; pods of OpenShift and of some CoreDNS charts listen on others. */
const ports = [53, 5353, 1053, 8053];

/** Some number for a port by name: those of the DNS server are called `dns` and `dns-tcp`. */
const names: PortNames = {
  numbers: (_, name) => (name.includes('dns') ? [53] : []),
  universe: noPortNames.universe,
};

/** What the policies about a workload say of its questions to the DNS server. */
export function dnsVerdict(links: Links, workload: Resource, protocol: Protocol): LinkedSide {
  const sides = ports.map((port) =>
    sideVerdict(links, workload, 'egress', (peer, policy) => meansServer(peer, policy), names, protocol, port),
  );
  return sides.find(({ allowed }) => allowed !== false) ?? sides[0] ?? { allowed: true, decision: { by: 'default' } };
}

/** Where DNS servers of clusters run. */
const homes = /^(?:kube-system|openshift-dns|.*dns.*)$/;

function meansServer(peer: PolicyPeer, policy: Resource): Certainty {
  switch (peer.type) {
    case 'pods':
      return meansServerPods(peer, policy);
    case 'block':
      return isWhole(peer) ? 'yes' : mayHoldServer(peer) ? 'maybe' : 'no';
    case 'nodes':
    case 'unknown':
      return 'maybe';
  }
}

const blocks = (...texts: readonly string[]) => rangesOf(texts.flatMap((text) => parseCidr(text)?.range ?? []));

/** Where the pods and Services of nearly all clusters have their addresses. */
const usualRanges = blocks('10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', 'fc00::/7');

/** Of some clusters, and of NodeLocal DNSCache: whoever writes them alone means something of the cluster. */
const otherRanges = blocks('100.64.0.0/10', '169.254.0.0/16', 'fe80::/10');

/** The internet without the usual ranges does not hold the server. */
function mayHoldServer({ ranges }: BlockPeer): boolean {
  return intersection(ranges, usualRanges).length > 0 || contains(otherRanges, ranges);
}

function meansServerPods({ namespaces, pods }: PodsPeer, policy: Resource): Certainty {
  const home: Certainty =
    namespaces === 'own'
      ? policy.namespace === undefined || homes.test(policy.namespace)
        ? 'maybe'
        : 'no'
      : meansHome(namespaces);
  return home === 'no' ? 'no' : strongest([home, pods ? meansServerLabels(pods) : 'yes']);
}

function meansHome({ selector, unknown }: SelectorUse): Certainty {
  if (unknown) return 'maybe';
  if (selector === 'nothing') return 'no';
  return strongest(
    selector.requirements.map((requirement) =>
      requirement.key === namespaceNameLabel && requirement.operator === 'In'
        ? requirement.values.some((name) => homes.test(name))
          ? 'maybe'
          : 'no'
        : 'maybe',
    ),
  );
}

const usual = new Map([['k8s-app', 'kube-dns']]);

/** The labels of the server's pods differ, but they speak of DNS. */
function meansServerLabels({ selector, unknown }: SelectorUse): Certainty {
  if (unknown) return 'maybe';
  if (selector === 'nothing') return 'no';
  return strongest(
    selector.requirements.map((requirement) => {
      const { key, values, operator } = requirement;
      if (holds(requirement, usual)) return 'yes';
      if (operator === 'NotIn' || operator === 'DoesNotExist') return 'maybe';
      return [key, ...values].some((word) => /dns/i.test(word)) ? 'maybe' : 'no';
    }),
  );
}
