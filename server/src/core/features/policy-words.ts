/** What policies say, in plain words: whom a rule means, on which ports, and who may come in and go out. */
import { allAddresses, blockAround, formatRange } from '../cidr';
import type { Text } from '../finding';
import { list, say } from '../finding';
import type { Links } from '../links';
import { podsOfPeer } from '../network/policy/peer-pods';
import { isWhole, meansPods, namespaceNameLabel } from '../network/policy/meaning';
import type { BlockPeer, Direction, PodsPeer, PolicyPeer, PolicyPort, PolicyRule } from '../policy-facts';
import type { Range } from '../ranges';
import { contains, subtract } from '../ranges';
import type { Resource, SelectorUse } from '../resource';
import { formatSelector } from '../selector-text';
import { times } from './describe';
import { code, count, plain, some } from './markdown';

/** Rules that a line spells out; of more it says how many. */
const MAX_RULES = 4;
/** Blocks that one leaves out. */
const MAX_BLOCKS = 3;

/** Whom a rule means and on which ports: `pods with app=api (Deployment api ×2) on 5432/TCP`. */
export function ruleWords(links: Links, policy: Resource, rule: PolicyRule): Text {
  const peers = rule.peers
    ? some(
        rule.peers.map((peer) => peerWords(links, policy, peer)),
        3,
      )
    : ['everybody'];
  const whom: Text = rule.peers?.length === 0 ? ['nobody'] : peers;
  return say`${whom}${portsWords(rule.ports)}`;
}

/** `only pods with app=api on 5432/TCP`, `nobody`, or what is denied and allowed in turn. */
export function rulesWords(links: Links, policy: Resource, rules: readonly PolicyRule[]): Text {
  if (policy.policy?.tier !== 'NetworkPolicy')
    return some(
      rules.map((rule) => say`${actionWord[rule.action]} ${ruleWords(links, policy, rule)}`),
      MAX_RULES,
    );
  if (rules.length === 0) return ['nobody'];
  if (rules.some(({ peers, ports }) => !peers && !ports)) return ['everybody'];
  return oneOf(rules.map((rule) => ruleWords(links, policy, rule)));
}

/** Rules side by side. Their words have commas and `and` of their own. */
export function oneOf(rules: readonly Text[]): Text {
  const shown = rules.slice(0, MAX_RULES);
  const more: Text[] = rules.length > shown.length ? [[count(rules.length - shown.length, 'other')]] : [];
  return [...shown, ...more].flatMap((rule, index) => (index === 0 ? rule : ['; ', ...rule]));
}

/** `NetworkPolicy db and deny-all`: the kind stands once where all are of one. */
export function policiesWords(policies: readonly Resource[]): Text {
  const [first] = policies;
  const isOneKind = policies.every(({ kind }) => kind === first?.kind);
  return some(
    policies.map((resource, index) => [
      isOneKind && index > 0 && resource.name !== undefined
        ? { place: resource.nameAt, label: plain(resource.name) }
        : { resource },
    ]),
  );
}

const actionWord = { Allow: 'allows', Deny: 'denies', Pass: 'leaves to NetworkPolicies' } as const;

/** One peer; pods of here are named, also those whose namespace may have other labels. */
export function peerWords(links: Links, policy: Resource, peer: PolicyPeer): Text {
  switch (peer.type) {
    case 'pods':
      return podsWords(links, policy, peer);
    case 'block':
      return [blockWords(peer)];
    case 'nodes':
      return [`nodes with ${code(formatSelector(peer.nodes.selector))}`];
    case 'unknown':
      return ['what only the running cluster knows'];
  }
}

function podsWords(links: Links, policy: Resource, peer: PodsPeer): Text {
  const { pods, namespaces } = peer;
  if (pods?.unknown || (namespaces !== 'own' && namespaces.unknown)) return ['pods that a template chooses'];
  const isAll = !pods || isEverything(pods);
  const which = isAll ? 'pods' : `pods with ${code(formatSelector(pods.selector))}`;
  const found = isAll ? [] : podsOfPeer(links, policy, peer);
  const here =
    found.length > 0
      ? say` (${some(
          found.map((item) => {
            const isSure = meansPods(links, peer, policy, item) === 'yes';
            return say`${isSure ? '' : 'perhaps '}${item}${times(item)}`;
          }),
          3,
        )})`
      : isAll
        ? []
        : [' (none here)'];
  return say`${which}${whereWords(namespaces, policy)}${here}`;
}

function whereWords(use: SelectorUse | 'own', { namespace }: Resource): string {
  if (use === 'own') return namespace === undefined ? ' of its namespace' : ` of namespace ${plain(namespace)}`;
  if (isEverything(use)) return ' of any namespace';
  if (use.selector === 'nothing') return ' of no namespace';
  const [first, ...more] = use.selector.requirements;
  return first?.key === namespaceNameLabel && first.operator === 'In' && more.length === 0
    ? ` of namespace ${first.values.map(plain).join(' or ')}`
    : ` of namespaces with ${code(formatSelector(use.selector))}`;
}

function isEverything({ selector }: SelectorUse): boolean {
  return selector !== 'nothing' && selector.requirements.length === 0;
}

/** A block with what it leaves out. */
function blockWords(peer: BlockPeer): string {
  if (isWhole(peer)) return 'all addresses';
  if (contains(peer.ranges, allAddresses.slice(1))) return 'all IPv6 addresses';
  const [first, last] = [peer.ranges[0], peer.ranges.at(-1)];
  const around = first && last && blockAround({ first: first.first, last: last.last });
  if (!around) return 'no address';
  const left = subtract([around.range], peer.ranges).map(rangeWords);
  const rest = left.length > MAX_BLOCKS ? ', …' : '';
  const except = left.length > 0 ? ` except ${left.slice(0, MAX_BLOCKS).join(', ')}${rest}` : '';
  return `addresses ${around.text}${except}`;
}

/** A block where it is one, else both ends. */
function rangeWords(range: Range): string {
  const block = blockAround(range);
  return block?.range.first === range.first && block.range.last === range.last ? block.text : formatRange(range);
}

/** ` on 80/TCP and http/TCP`; nothing where all ports are open. */
export function portsWords(ports: readonly PolicyPort[] | undefined): Text {
  return ports ? say` on ${list(ports.map((port) => [portWords(port)]))}` : [];
}

function portWords({ protocols, numbers, name }: PolicyPort): string {
  const protocol = protocols.length === 1 ? (protocols[0] ?? '') : '';
  if (!numbers) return `${code(name ?? '?')}${protocol === '' ? '' : `/${protocol}`}`;
  const { first, last } = numbers;
  if (first <= 1 && last >= 65535) return `any ${protocol} port`;
  return `${first === last ? first : `${first}-${last}`}/${protocol}`;
}

/** `In` and `Out`: what a direction is called in cards. */
export const directionWord: Readonly<Record<Direction, string>> = { ingress: 'In', egress: 'Out' };
