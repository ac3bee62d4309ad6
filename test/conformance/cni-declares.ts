/** What a manifest declares about its cluster, field by field as the cases name it. */
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { AddressRange } from '../../server/src/core/cluster/facts';
import { clusterNetworkOf } from '../../server/src/core/network/cluster';
import { capacityOf } from '../../server/src/core/network/capacity';
import type { Case, Outcome } from './family';
import { compare } from './family';
import { worldOf } from './objects';

const none = (texts: readonly string[]) => (texts.length > 0 ? texts : null);

/** Fields of the cases that say what is in a file beside addresses, or how a person came to them. */
const notAsked = new Set([
  'note',
  'writes',
  'perNodePrefixFrom',
  'podCIDRsIfKubeadm',
  'podCIDRsOtherwise',
  'ipam',
  'bird',
  'natOutgoing',
  'hostPortMappings',
  'linuxDataplane',
  'policyEngine',
  'vxlanModeV6',
  'controlPlanes',
]);

/** A field is compared when our facts hold it; the words of the cases are turned into ours. */
export function declares(item: Case, folder: string): Outcome {
  const manifest = String(item['manifest']);
  if (!/\.ya?ml$/.test(manifest)) return { notApplicable: 'a file that flannel writes on a node is no manifest' };
  const text = readFileSync(join(folder, manifest), 'utf8');
  const { resources } = worldOf({ [basename(manifest)]: text });
  const network = clusterNetworkOf(resources);
  const facts = resources.flatMap(({ cluster }) => cluster ?? []);
  const written = (ranges: readonly { readonly range: AddressRange }[]) => [
    ...new Set(ranges.filter(({ range }) => range.source !== 'kube-proxy').map(({ range }) => range.text.text)),
  ];
  const pods = network.pods.filter(({ range }) => range.source !== 'kube-proxy');
  const [first] = pods;
  const size = first && capacityOf(first.range);
  const mode = facts.flatMap(({ cnis }) => cnis).find(({ mode: found }) => found)?.mode;
  const where = first && {
    kind: first.from.kind,
    apiVersion: first.from.apiVersion,
    namespace: first.from.namespace,
    name: first.from.name,
    key: /^data\[?\.?([\w.-]+)\]?/.exec(first.range.path)?.[1],
    path: first.range.path.includes('net-conf.json') ? first.range.field : first.range.path,
  };
  const onlyPolicies = network.cni !== undefined && facts.every(({ cnis }) => cnis.every(({ carries }) => !carries));
  const has: Readonly<Record<string, unknown>> = {
    cni: onlyPolicies ? `${network.cni.name} (policy only)` : network.cni?.name,
    tool: network.plan?.tool,
    podCIDRs: none(written(pods)),
    serviceCIDRs: none(written(network.services)),
    nodeCIDRs: facts.flatMap(({ ranges }) =>
      ranges.filter(({ use }) => use === 'nodes').map(({ text: at }) => at.text),
    ),
    backend: mode?.text,
    defaultCNI: network.plan?.defaultCni !== undefined,
    nodes: network.plan?.nodes,
    ipFamily: familyOf(pods.map(({ range }) => range)),
    blockSize: first?.range.blocks ? first.range.nodePrefix : undefined,
    blocks: size?.parts === undefined ? undefined : Number(size.parts),
    addressesPerBlock: size?.podsPerPart === undefined ? undefined : Number(size.podsPerPart),
    encapsulation: mode?.text,
    ipipMode: network.cni?.transport === 'ipip' ? mode?.text : 'Never',
    vxlanMode: network.cni?.transport === 'vxlan' ? mode?.text : 'Never',
    nodeCIDRMaskSize: first?.range.nodePrefix,
    clusterDNS: facts.flatMap(({ dns }) => dns?.servers ?? []).map(({ text: address }) => address)[0],
    dnsDomain: facts.flatMap(({ dns }) => dns?.domains ?? []).map(({ text: at }) => at.text)[0],
    where,
  };
  const expected = Object.entries(item['expected'] as Readonly<Record<string, unknown>>).filter(
    ([key]) => !notAsked.has(key),
  );
  const got = expected.map(([key, value]) => [key, alike(value, has[key])]);
  return compare(Object.fromEntries(expected), Object.fromEntries(got));
}

/** Of what a case asks for in parts, only those parts. */
function alike(want: unknown, got: unknown): unknown {
  const isMap = typeof want === 'object' && want !== null && !Array.isArray(want);
  if (!isMap || typeof got !== 'object' || got === null) return got;
  const fields = got as Readonly<Record<string, unknown>>;
  return Object.fromEntries(Object.keys(want).map((key) => [key, fields[key]]));
}

function familyOf(ranges: readonly AddressRange[]): string {
  const families = new Set(ranges.map(({ family }) => family));
  return families.size > 1 ? 'dual' : families.has(6) ? 'ipv6' : 'ipv4';
}
