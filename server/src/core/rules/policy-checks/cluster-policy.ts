/** Fields of AdminNetworkPolicy, BaselineAdminNetworkPolicy and ClusterNetworkPolicy (the validation markers of their CRDs). */
import type { Draft } from '../../finding';
import { list, say } from '../../finding';
import type { Field } from '../../path';
import { each, field, mapAt, scalarAt, textAt } from '../../path';
import { portNumber } from '../../ports';
import { refused } from '../shared/refused';
import { isUnknown } from '../shared/unknown-value';
import { numberAt, oneOf } from '../shared/written';
import { badCidr } from './address-block';

/** What differs between the three kinds. */
export interface ClusterPolicy {
  readonly actions: readonly string[];
  readonly hasPriority: boolean;
  readonly hasTier: boolean;
  /** The one name that objects of the kind may have. */
  readonly name?: string;
  /** Rules in one direction, and peers, ports or blocks in one rule. */
  readonly maxRules: number;
  readonly maxItems: number;
  readonly ports: 'ports' | 'protocols';
}

const subjects = ['namespaces', 'pods'];
const sources = ['namespaces', 'pods'];
const destinations = [...sources, 'nodes', 'networks', 'domainNames'];

export function* clusterPolicyFields(tree: Field, kind: ClusterPolicy): Iterable<Draft> {
  const spec = field(tree, 'spec');
  const name = field(tree, 'metadata', 'name');
  if (kind.name !== undefined && textAt(name) !== undefined && textAt(name) !== kind.name && !isUnknown(name))
    yield refused(name, say`a cluster has one baseline, and its name must be ${kind.name}`);
  if (!spec.value) return;
  if (kind.hasPriority) yield* priority(field(spec, 'priority'));
  if (kind.hasTier) yield* required(field(spec, 'tier'), ['Admin', 'Baseline']);
  yield* oneKeyOf(field(spec, 'subject'), subjects, 'the subject');
  for (const [direction, peers, known] of [
    ['ingress', 'from', sources],
    ['egress', 'to', destinations],
  ] as const) {
    const rules = each(field(spec, direction));
    if (rules.length > kind.maxRules)
      yield refused(
        field(spec, direction),
        say`${direction} may hold at most ${kind.maxRules} rules; these are ${rules.length}`,
      );
    for (const rule of rules) yield* policyRule(rule, peers, known, kind);
  }
}

function* priority(at: Field): Iterable<Draft> {
  if (at.value === undefined) {
    yield refused(at, say`this policy needs a priority, from 0 (asked first) to 1000`);
    return;
  }
  const number = numberAt(at);
  if (isUnknown(at) || (number !== undefined && number >= 0 && number <= 1000 && Number.isInteger(Number(number))))
    return;
  yield refused(at, say`priority ${scalarAt(at)?.text} must be a whole number from 0 (asked first) to 1000`);
}

function* policyRule(rule: Field, peers: string, known: readonly string[], kind: ClusterPolicy): Iterable<Draft> {
  if (mapAt(rule) === undefined || isUnknown(rule)) return;
  yield* required(field(rule, 'action'), kind.actions);
  const items = field(rule, peers);
  if (each(items).length === 0 && !isUnknown(items))
    yield refused(
      items,
      say`a rule needs at least one peer in ${peers}; namespaces: ${'{}'} means all pods of all namespaces`,
    );
  yield* tooMany(items, kind);
  for (const item of each(items)) {
    yield* oneKeyOf(item, known, 'a peer');
    for (const block of each(field(item, 'networks'))) yield* badCidr(block, 'the block');
  }
  const ports = field(rule, kind.ports);
  if (ports.value?.type === 'list' && ports.value.items.length === 0)
    yield refused(ports, say`${kind.ports} must hold at least one item; leave it out to mean all ports`);
  yield* tooMany(ports, kind);
  for (const port of each(ports)) yield* kind.ports === 'ports' ? adminPort(port) : clusterPort(port);
  yield* namedForBlocks(each(items), each(ports));
}

/** Names of ports are those of containers, and neither nodes nor blocks of addresses have containers. */
function* namedForBlocks(peers: readonly Field[], ports: readonly Field[]): Iterable<Draft> {
  const outside = peers
    .flatMap((item) => ['networks', 'nodes', 'domainNames'].map((key) => field(item, key)))
    .find((at) => at.value !== undefined);
  const named = ports
    .flatMap((port) => [field(port, 'namedPort'), field(port, 'destinationNamedPort')])
    .find((at) => at.value !== undefined);
  if (outside?.key && named)
    yield {
      ...refused(
        named,
        say`the port name ${textAt(named)} is that of a container, and ${outside.key.text} beside it have no containers`,
      ),
      related: [{ at: outside.key.origin, message: say`a peer without containers` }],
    };
}

function* adminPort(item: Field): Iterable<Draft> {
  yield* oneKeyOf(item, ['portNumber', 'namedPort', 'portRange'], 'a port');
  yield* number(field(item, 'portNumber', 'port'));
  yield* range(field(item, 'portRange'));
}

function* clusterPort(item: Field): Iterable<Draft> {
  yield* oneKeyOf(item, ['tcp', 'udp', 'sctp', 'destinationNamedPort'], 'a protocol');
  for (const protocol of ['tcp', 'udp', 'sctp']) {
    const port = field(item, protocol, 'destinationPort');
    if (port.value === undefined) continue;
    yield* oneKeyOf(port, ['number', 'range'], 'destinationPort');
    yield* number(field(port, 'number'));
    yield* range(field(port, 'range'));
  }
}

function* number(at: Field): Iterable<Draft> {
  if (at.value !== undefined && !isUnknown(at) && portNumber(scalarAt(at)?.value) === undefined)
    yield refused(at, say`port ${textAt(at)} must be a whole number from 1 to 65535`);
}

function* range(at: Field): Iterable<Draft> {
  if (at.value === undefined) return;
  const [start, end] = [field(at, 'start'), field(at, 'end')];
  yield* number(start);
  yield* number(end);
  const [first, last] = [portNumber(scalarAt(start)?.value), portNumber(scalarAt(end)?.value)];
  if (first !== undefined && last !== undefined && first >= last)
    yield refused(at, say`the range of ports from ${first} to ${last} must end above its start`);
}

function* required(at: Field, allowed: readonly string[]): Iterable<Draft> {
  if (at.value === undefined)
    yield refused(at, say`${at.path.slice(at.path.lastIndexOf('.') + 1)} is missing; it may be ${or(allowed)}`);
  else yield* oneOf(at, allowed);
}

/** A map of which exactly one key is written. Keys that are not known may be those of a newer version. */
function* oneKeyOf(at: Field, keys: readonly string[], what: string): Iterable<Draft> {
  if (isUnknown(at) || (at.value !== undefined && at.value.type !== 'map')) return;
  const written = mapAt(at)?.entries.map(({ key }) => key) ?? [];
  if (written.some(({ text }) => !keys.includes(text))) return;
  const [, second] = written;
  if (second)
    yield {
      ...refused(at, say`${what} has exactly one of ${or(keys)}; this one has ${written.length}`),
      at: second.origin,
    };
  else if (written.length === 0) yield refused(at, say`${what} must have one of ${or(keys)}`);
}

function* tooMany(at: Field, { maxItems }: ClusterPolicy): Iterable<Draft> {
  const { length } = each(at);
  if (length > maxItems)
    yield refused(at, say`${at.key?.text} may hold at most ${maxItems} items; these are ${length}`);
}

function or(words: readonly string[]) {
  return list(
    words.map((word) => [word]),
    'or',
  );
}
