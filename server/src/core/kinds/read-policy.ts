/** The facts of a NetworkPolicy (networking/v1 types.go). */
import { parseCidr } from '../cidr';
import type { Field } from '../path';
import { each, eachEntry, field, scalarAt, textAt } from '../path';
import type {
  Direction,
  PodsPeer,
  PolicyDirection,
  PolicyFacts,
  PolicyPeer,
  PolicyPort,
  PolicyRule,
} from '../policy-facts';
import { portNumber, protocolOf } from '../ports';
import { rangesOf, subtract } from '../ranges';
import type { SelectorUse } from '../resource';
import { isTemplated } from '../templated';
import type { Scalar } from '../value';
import { isUnfinished } from './unfinished-policy';

/** The selectors of a resource by their paths. */
export type SelectorsByPath = ReadonlyMap<string, SelectorUse>;

const policyTypes = { ingress: 'Ingress', egress: 'Egress' };

export const allNumbers = { first: 1, last: 65535 };

export function readNetworkPolicy(tree: Field, selectors: readonly SelectorUse[]): PolicyFacts {
  const byPath = new Map(selectors.map((use) => [use.path, use]));
  const spec = field(tree, 'spec');
  const podSelector = field(spec, 'podSelector');
  return {
    tier: 'NetworkPolicy',
    priority: 0,
    subject: {
      type: 'pods',
      namespaces: 'own',
      pods: byPath.get(podSelector.path),
      path: podSelector.path,
      at: podSelector.at,
    },
    ingress: readDirection(spec, 'ingress', 'from', byPath),
    egress: readDirection(spec, 'egress', 'to', byPath),
    unclear: isUnclear(spec),
    unfinished: isUnfinished(spec),
  };
}

/**
 * Ingress always, egress only with egress rules, unless policyTypes says otherwise (NetworkPolicySpec.PolicyTypes).
 * An empty list of policyTypes is none, since it is dropped when the object is written.
 */
function readDirection(
  spec: Field,
  direction: Direction,
  peers: 'from' | 'to',
  selectors: SelectorsByPath,
): PolicyDirection | undefined {
  const rules = field(spec, direction);
  const types = each(field(spec, 'policyTypes'));
  const written = types.find((at) => textAt(at) === policyTypes[direction]);
  const applies = types.length > 0 ? written !== undefined : direction === 'ingress' || each(rules).length > 0;
  if (!applies) return undefined;
  return {
    rules: each(rules).map((at) => readRule(at, direction, field(at, peers), selectors)),
    at: written?.at ?? rules.at,
  };
}

function readRule(at: Field, direction: Direction, peers: Field, selectors: SelectorsByPath): PolicyRule {
  const ports = each(field(at, 'ports'));
  const listed = each(peers);
  return {
    direction,
    action: 'Allow',
    name: undefined,
    peers: listed.length > 0 ? listed.map((peer) => readPeer(peer, selectors)) : isNoList(peers) ? [] : undefined,
    ports: ports.length > 0 ? ports.flatMap(readPort) : isNoList(field(at, 'ports')) ? [] : undefined,
    path: at.path,
    at: at.at,
  };
}

/** The API server refuses it: it means nobody, and not everybody. */
function isNoList({ value }: Field): boolean {
  return value !== undefined && value.type !== 'list';
}

function readPeer(at: Field, selectors: SelectorsByPath): PolicyPeer {
  const place = { path: at.path, at: at.at };
  const pods = field(at, 'podSelector');
  const namespaces = field(at, 'namespaceSelector');
  const block = field(at, 'ipBlock');
  if (block.value !== undefined) return readBlock(block, place);
  if (pods.key === undefined && namespaces.key === undefined) return { type: 'unknown', failsClosed: false, ...place };
  return podsPeer(namespaces, pods, selectors, place) ?? { type: 'unknown', failsClosed: false, ...place };
}

/** Namespaces and pods by their selectors; a selector that is written as null is none. */
function podsPeer(
  namespaces: Field,
  pods: Field,
  selectors: SelectorsByPath,
  place: Pick<PodsPeer, 'path' | 'at'>,
): PodsPeer | undefined {
  const wide = namespaces.value === undefined ? 'own' : selectors.get(namespaces.path);
  return wide && { type: 'pods', namespaces: wide, pods: selectors.get(pods.path), ...place };
}

function readBlock(block: Field, place: Pick<PodsPeer, 'path' | 'at'>): PolicyPeer {
  const cidr = parseCidr(textAt(field(block, 'cidr')) ?? '');
  if (!cidr) return { type: 'unknown', failsClosed: false, ...place };
  const except = each(field(block, 'except')).flatMap((at) => parseCidr(textAt(at) ?? '')?.range ?? []);
  return { type: 'block', ranges: subtract([cidr.range], rangesOf(except)), ...place };
}

/** A port of a rule; none where the API server would refuse it. */
function readPort(at: Field): PolicyPort[] {
  const protocol = protocolOf(textAt(field(at, 'protocol')));
  const port = scalarAt(field(at, 'port'));
  if (!protocol) return [];
  const place = { protocols: [protocol], written: port, path: at.path, at: at.at };
  if (!port) return [{ ...place, numbers: allNumbers, name: undefined }];
  if (typeof port.value === 'string') return [{ ...place, numbers: undefined, name: port.text }];
  return numbersOf(port, scalarAt(field(at, 'endPort')) ?? port).map((numbers) => ({
    ...place,
    numbers,
    name: undefined,
  }));
}

/** The numbers from one to another; none where they are no ports. */
export function numbersOf(from: Scalar | undefined, to: Scalar | undefined): { first: number; last: number }[] {
  const [first, last] = [portNumber(from?.value), portNumber(to?.value)];
  return first !== undefined && last !== undefined && first <= last ? [{ first, last }] : [];
}

/** True when a text anywhere below is a template. */
export function isUnclear(at: Field): boolean {
  const text = textAt(at);
  if (text !== undefined) return isTemplated(text);
  return [...each(at), ...eachEntry(at)].some(isUnclear);
}
