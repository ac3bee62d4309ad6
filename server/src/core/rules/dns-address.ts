import { dnsAddressOf } from '../cluster/defaults';
import { cidrHolds, isLinkLocal, parseAddress } from '../cidr';
import type { Draft } from '../finding';
import { list, say } from '../finding';
import type { ClusterNetwork, ClusterObject } from '../network/cluster';
import { clusterNetwork } from '../network/cluster';
import type { Resource } from '../resource';
import { isTemplated } from '../templated';
import type { Scalar } from '../value';
import { defineRule } from './define';
import { declared, pointAt } from './shared/ranges';
import { named, replace } from './shared/words';

/** Pods ask the address that the kubelet gives them, for names in the domain that it gives them. */
export const dnsAddress = defineRule({
  id: 'dns-address',
  summary: 'The name server or the domain that kubelets give to pods is not that of the cluster',
  levels: ['error', 'information'],
  about: ['cluster'],
  *linked(resource, links) {
    const { dns } = resource.cluster ?? {};
    if (!dns || dns.servers.length + dns.domains.length === 0) return;
    const network = clusterNetwork(links, resource);
    yield* wrongServer(dns.servers, network);
    yield* wrongDomain(resource, network);
  },
});

function* wrongServer(servers: readonly Scalar[], network: ClusterNetwork): Generator<Draft> {
  const [first] = servers;
  const addresses = servers.flatMap((server) => parseAddress(server.text) ?? []);
  // NodeLocal DNSCache listens on a link-local address (169.254.20.10), and asks the Service itself.
  if (!first || addresses.length < servers.length || addresses.some(isLinkLocal)) return;
  const service = network.objects.find(({ facts }) => (facts.dns?.service.length ?? 0) > 0);
  const wanted = service?.facts.dns?.service ?? [];
  if (service && wanted.every(({ text }) => parseAddress(text) !== undefined)) {
    const isMeant = wanted.some(({ text }) => addresses.some((address) => address.text === parseAddress(text)?.text));
    if (isMeant) return;
    const [meant] = wanted.filter(({ text }) => parseAddress(text)?.family === addresses[0]?.family);
    yield {
      level: service.distance === 'far' ? 'information' : 'error',
      at: first.origin,
      message: say`pods get the name server ${first.text}, but ${named(service.resource)} has ${list(wanted.map(({ text }) => [text]))}: no name of the cluster resolves`,
      related: wanted.map(({ origin, text }) => ({
        at: origin,
        message: say`the address of the DNS Service, ${text}`,
      })),
      fixes: meant ? replace(`Change to ${meant.text}`, first, meant.text) : [],
    };
    return;
  }
  const ranges = network.services.filter(
    ({ range, distance }) => range.cidr && (distance === 'file' || (distance === 'folder' && !range.implied)),
  );
  if (service || network.services.some(({ range }) => isTemplated(range.text.text))) return;
  const [outside] = addresses.filter((address) => ranges.some(({ range }) => range.family === address.family));
  const isInside = addresses.some((address) => ranges.some(({ range: { cidr } }) => cidr && cidrHolds(cidr, address)));
  const written = servers.find(({ text }) => parseAddress(text)?.text === outside?.text);
  if (!outside || isInside || !written) return;
  const same = ranges.filter(({ range }) => range.family === outside.family);
  const [only, more] = same;
  const tenth = only && !more ? dnsAddressOf(only.range.text.text) : undefined;
  yield {
    level: 'error',
    at: written.origin,
    message: say`pods get the name server ${written.text}, which is outside of ${list(same.map(({ range, from }) => declared(range, from)))}: the DNS Service gets its address there, by custom the tenth`,
    related: same.map(({ range, from }) => pointAt(range, from)),
    fixes: tenth === undefined ? [] : replace(`Change to ${tenth}`, written, tenth),
  };
}

/** Text of a domain without its last dot, in lower case. */
const plain = ({ text }: Scalar): string => text.toLowerCase().replace(/\.$/, '');

interface Domain {
  readonly text: Scalar;
  readonly field: string;
  readonly object: ClusterObject;
}

/** The tool that sets the cluster up says the domain, else the kubelet; the others are held against it. */
const authority = ['dnsDomain', 'cluster-domain', 'serviceDomain', 'clusterDomain', 'Corefile zone'];

function* wrongDomain(resource: Resource, { objects }: ClusterNetwork): Generator<Draft> {
  const domains = objects.flatMap((object): Domain[] =>
    (object.facts.dns?.domains ?? []).map(({ text, field }) => ({ text, field, object })),
  );
  const rank = ({ field }: Domain) => authority.indexOf(field);
  const [first] = [...domains].sort((a, b) => rank(a) - rank(b));
  if (!first || isTemplated(first.text.text)) return;
  for (const field of new Set(domains.map((domain) => domain.field))) {
    const own = domains.filter((domain) => domain.field === field && domain.object.resource === resource);
    const [written] = own;
    // CoreDNS may serve several zones; one of them must be the domain.
    const fits = own.some(({ text }) => plain(text) === plain(first.text) || isTemplated(text.text));
    if (!written || field === first.field || fits) continue;
    yield {
      level: first.object.distance === 'far' ? 'information' : 'error',
      at: written.text.origin,
      message: say`${field} is ${list(own.map(({ text }) => [text.text]))}, but ${first.field} of ${named(first.object.resource)} is ${first.text.text}: names that pods ask for have no answer`,
      related: [{ at: first.text.origin, message: say`${first.field} ${first.text.text}` }],
      fixes: own.length === 1 ? replace(`Change to ${first.text.text}`, written.text, first.text.text) : [],
    };
  }
}
