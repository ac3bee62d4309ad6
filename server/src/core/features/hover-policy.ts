/** Cards of policies, their peers and ports, and what policies say of a workload. */
import type { Text } from '../finding';
import { list, say } from '../finding';
import type { Links } from '../links';
import { servingContainers } from '../network/endpoints';
import type { PolicyAbout } from '../network/policy/about';
import { policiesAbout } from '../network/policy/about';
import { podsOfPeer } from '../network/policy/peer-pods';
import type { Direction, PolicyPeer, PolicyPort, PolicyRule } from '../policy-facts';
import { directions } from '../policy-facts';
import type { Resource } from '../resource';
import { podSelector } from '../resource';
import type { Snapshot } from '../workspace';
import { reach, times } from './describe';
import { code, plain, some, title } from './markdown';
import { directionWord, oneOf, peerWords, policiesWords, portsWords, ruleWords, rulesWords } from './policy-words';

/** A policy: whom it isolates, who may come in and go out. */
export function policyCard({ links }: Snapshot, policy: Resource): Text[] {
  const facts = policy.policy;
  if (!facts) return [];
  const use = podSelector(policy);
  const found = use ? links.select(policy, use) : undefined;
  const isolated = found?.to.filter(({ pods }) => !pods?.hostNetwork) ?? [];
  const onNodes = found?.to.filter(({ pods }) => pods?.hostNetwork) ?? [];
  const said = directions.flatMap((direction) => (facts[direction] ? [direction] : []));
  const verb = facts.tier === 'NetworkPolicy' ? `isolates the ${said.join(' and ')} of` : 'decides for';
  const whom = found?.unknown
    ? 'pods that a template chooses'
    : isolated.length > 0
      ? reach(isolated, use)
      : found
        ? 'no pod here'
        : facts.subject
          ? peerWords(links, policy, facts.subject)
          : 'pods that cannot be read';
  const order =
    facts.tier === 'Admin'
      ? [[`Asked before NetworkPolicies, with priority ${facts.priority}`]]
      : facts.tier === 'Baseline'
        ? [['Asked where no NetworkPolicy isolates the pods']]
        : [];
  return [
    say`${title(policy)} ${verb} ${whom}`,
    ...(isolated.length > 0 ? [some(isolated.map((item) => say`${item}${times(item)} (${item.at})`))] : []),
    ...(onNodes.length > 0
      ? [say`Not about ${some(onNodes.map((item) => [{ resource: item }]))}, in the network of the node`]
      : []),
    ...said.map(
      (direction) => say`${directionWord[direction]}: ${rulesWords(links, policy, facts[direction]?.rules ?? [])}`,
    ),
    ...order,
  ];
}

/** What policies say of a workload: in which directions it is isolated, by whom, and who may pass. Nothing where none is about it. */
export function isolationLines(links: Links, workload: Resource): Text[] {
  const about = policiesAbout(links, workload);
  if (about.length === 0) return [];
  if (workload.pods?.hostNetwork) return [['Policies are not about it: it is in the network of its node']];
  return directions.map((direction) => isolationLine(links, about, direction));
}

function isolationLine(links: Links, about: readonly PolicyAbout[], direction: Direction): Text {
  const said = about.flatMap(({ placed, certain }) => {
    const rules = placed.facts[direction]?.rules;
    return rules ? [{ policy: placed.policy, tier: placed.facts.tier, rules, certain }] : [];
  });
  const head = directionWord[direction];
  const isolating = said.filter(({ tier }) => tier === 'NetworkPolicy');
  const others = said
    .filter(({ tier }) => tier === 'Admin' || isolating.length === 0)
    .map(({ policy, rules }) => say`${policy} ${rulesWords(links, policy, rules)}`);
  const before = others.length > 0 ? say`${list(others)}; ` : [];
  if (isolating.length === 0) return say`${head}: ${before}open, no NetworkPolicy isolates it`;
  const may = isolating.every(({ certain }) => !certain) ? ' (if it is about these pods)' : '';
  const policies = policiesWords(isolating.map(({ policy }) => policy));
  const rules = isolating.flatMap(({ policy, rules }) => rules.map((rule) => ({ policy, rule })));
  if (rules.length === 0) return say`${head}: ${before}nobody, by ${policies}${may}`;
  if (rules.some(({ rule: { peers, ports } }) => !peers && !ports))
    return say`${head}: ${before}everybody, by ${policies}${may}`;
  const words = oneOf(rules.map(({ policy, rule }) => ruleWords(links, policy, rule)));
  return say`${head}: ${before}only ${words}${rules.length > 1 ? ';' : ','} by ${policies}${may}`;
}

/** A peer of a rule: whom it means, and whom it lets where. */
export function peerCard({ links }: Snapshot, policy: Resource, rule: PolicyRule, peer: PolicyPeer): Text[] {
  return [say`${title(policy)} ${verbOf(rule)} ${peerWords(links, policy, peer)}${portsWords(rule.ports)}`];
}

/** A whole rule: all its peers, on its ports. */
export function policyRuleCard({ links }: Snapshot, policy: Resource, rule: PolicyRule): Text[] {
  return [say`${title(policy)} ${verbOf(rule)} ${ruleWords(links, policy, rule)}`];
}

/** One direction of a policy: everybody whom its rules let pass. */
export function policyDirectionCard({ links }: Snapshot, policy: Resource, direction: Direction): Text[] {
  const rules = rulesWords(links, policy, policy.policy?.[direction]?.rules ?? []);
  return [say`${title(policy)}, ${direction}: ${rules}`];
}

function verbOf({ direction, action }: PolicyRule): string {
  const way = direction === 'ingress' ? 'in' : 'out to';
  return { Allow: `lets ${way}`, Deny: `keeps from ${direction}`, Pass: 'leaves to NetworkPolicies' }[action];
}

/** A port of a rule: which containers of the destination listen there. */
export function policyPortCard({ links }: Snapshot, policy: Resource, rule: PolicyRule, port: PolicyPort): Text[] {
  const subject = policy.policy?.subject;
  const ends = rule.direction === 'ingress' ? (subject ? [subject] : []) : (rule.peers ?? []);
  const pods = [...new Set(ends.flatMap((peer) => (peer.type === 'pods' ? podsOfPeer(links, policy, peer) : [])))];
  const listening = pods.flatMap((workload): Text[] =>
    (workload.pods ? servingContainers(workload.pods) : []).flatMap((container) =>
      container.ports
        .filter((item) => isMeant(port, item.name?.text, item.number?.value) && port.protocols.includes(item.protocol))
        .map(
          (item) =>
            say`${workload} (container ${plain(container.name?.text ?? '?')}, ${item.name ? `${code(item.name.text)} ` : ''}${plain(item.number?.text ?? '?')}/${item.protocol})`,
        ),
    ),
  );
  const head = say`${portsWords([port])}`.map((part) => (typeof part === 'string' ? part.replace(/^ on /, '') : part));
  if (listening.length > 0) return [say`${head} is a port of ${some(listening)}`];
  if (pods.length === 0) return [say`${head}, a port of the pods that are connected to, not of their Service`];
  return [say`${head}: no container of ${some(pods.map((item) => [{ resource: item }]))} declares it`];
}

function isMeant({ name, numbers }: PolicyPort, ownName: string | undefined, number: unknown): boolean {
  if (!numbers) return name === ownName;
  return typeof number === 'number' && numbers.first <= number && number <= numbers.last;
}
