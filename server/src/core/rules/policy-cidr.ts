import { addressAt, parseCidr } from '../cidr';
import type { Draft } from '../finding';
import { say } from '../finding';
import { addressKey } from '../keys';
import type { Links } from '../links';
import { clusterNetwork } from '../network/cluster';
import type { Field } from '../path';
import { scalarAt, select } from '../path';
import type { BlockPeer } from '../policy-facts';
import { contains } from '../ranges';
import type { Resource } from '../resource';
import { isTemplated } from '../templated';
import { defineRule } from './define';
import { writtenTree } from './shared/written-tree';
import { certain, mention, named, replace } from './shared/words';

/** Policies see the addresses of pods and of what is outside; that of a Service is translated before (NetworkPolicy documentation, ipBlock). */
export const policyCidr = defineRule({
  id: 'policy-cidr',
  summary:
    'A block of addresses in a policy means addresses of Services, which never match, or has bits behind its prefix',
  levels: ['warning', 'hint'],
  about: ['policy'],
  *resource({ resource, tree }) {
    if (resource.policy) for (const at of blocksOf(tree)) yield* hostBits(at);
  },
  *linked(resource, links) {
    const facts = resource.policy;
    if (!facts || resource.owned) return;
    for (const { peers } of [...(facts.ingress?.rules ?? []), ...(facts.egress?.rules ?? [])])
      for (const peer of peers ?? []) {
        const draft = peer.type === 'block' ? ofServices(resource, peer, links) : undefined;
        if (draft) yield draft;
      }
  },
});

/** All blocks that policies of any kind write. */
function blocksOf(tree: Field): Field[] {
  const items = ['spec.ingress.*.from.*', 'spec.egress.*.to.*'].flatMap((path) => select(tree, path));
  return items.flatMap((item) => [
    ...select(item, 'ipBlock.cidr'),
    ...select(item, 'ipBlock.except.*'),
    ...select(item, 'networks.*'),
  ]);
}

function* hostBits(at: Field): Iterable<Draft> {
  const written = scalarAt(at);
  const cidr = parseCidr(written?.text ?? '');
  if (!written || !cidr?.hostAddress || isTemplated(written.text)) return;
  yield {
    level: 'hint',
    at: at.at,
    path: at.path,
    message: say`${written.text} means ${cidr.text}: what stands behind the prefix is masked off`,
    fixes: certain(replace(`Change to ${cidr.text}`, written, cidr.text)),
  };
}

function ofServices(policy: Resource, peer: BlockPeer, links: Links): Draft | undefined {
  const [block, ...more] = peer.ranges;
  if (!block) return undefined;
  const { services, pods } = clusterNetwork(links, policy);
  if (pods.some(({ range }) => range.range && contains([range.range], peer.ranges))) return undefined;
  const declared = services.find(({ range }) => range.range && contains([range.range], peer.ranges));
  const isOne = more.length === 0 && block.first === block.last;
  const service = isOne ? near(addressKey(addressAt(block.first).text), policy, links) : undefined;
  if (!declared && !service) return undefined;
  const tree = writtenTree(policy, links);
  const [at] = tree
    ? blocksOf(tree).filter(({ path }) => path === peer.path || path === `${peer.path}.ipBlock.cidr`)
    : [];
  const text = at && scalarAt(at)?.text;
  const what = service
    ? say`the address of ${named(service)}`
    : say`in the range of Services that ${declared && named(declared.from)} gives (${declared?.range.text.text})`;
  return {
    level: 'warning',
    at: at?.at ?? peer.at,
    path: at?.path ?? peer.path,
    message: say`${text ?? 'this block'} is ${what}, and policies see the addresses of pods: it matches nothing. Choose the pods behind the Service by their labels`,
    related: [
      ...(declared ? [{ at: declared.range.text.origin, message: say`the range of Services` }] : []),
      ...(service ? [mention(service)] : []),
    ],
  };
}

/** The Service of the same file or folder with an address. */
function near(key: string, from: Resource, links: Links): Resource | undefined {
  return [...links.rings(key, from)].filter(({ ring }) => ring <= 1)[0]?.resources[0];
}
