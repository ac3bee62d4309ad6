/** Fields of a NetworkPolicy (ValidateNetworkPolicySpec in networking/validation). Label selectors have a rule of their own. */
import type { Draft } from '../../finding';
import { say } from '../../finding';
import type { Field } from '../../path';
import { each, field, scalarAt, textAt } from '../../path';
import { portNumber, protocols, readPort } from '../../ports';
import { unquoteNumber } from '../shared/numbers';
import { badName, refused } from '../shared/refused';
import { isUnknown } from '../shared/unknown-value';
import type { TypeTable } from '../shared/json-types';
import { wrongTypes } from '../shared/json-types';
import { numberAt, oneOf } from '../shared/written';
import { addressBlock } from './address-block';

/** networking/v1 types.go. */
const types: TypeTable = [
  ['podSelector', 'map'],
  ['policyTypes', 'list'],
  ['policyTypes.*', 'string'],
  ...(['ingress', 'egress'] as const).flatMap((direction) => {
    const peers = direction === 'ingress' ? 'from' : 'to';
    const rule = `${direction}.*`;
    return [
      [direction, 'list'],
      [rule, 'map'],
      [`${rule}.ports`, 'list'],
      [`${rule}.ports.*`, 'map'],
      [`${rule}.ports.*.protocol`, 'string'],
      [`${rule}.ports.*.port`, 'port'],
      [`${rule}.ports.*.endPort`, 'integer'],
      [`${rule}.${peers}`, 'list'],
      [`${rule}.${peers}.*`, 'map'],
      [`${rule}.${peers}.*.podSelector`, 'map'],
      [`${rule}.${peers}.*.namespaceSelector`, 'map'],
      [`${rule}.${peers}.*.ipBlock`, 'map'],
      [`${rule}.${peers}.*.ipBlock.cidr`, 'string'],
      [`${rule}.${peers}.*.ipBlock.except`, 'list'],
      [`${rule}.${peers}.*.ipBlock.except.*`, 'string'],
    ] as const;
  }),
];

export function* networkPolicyFields(spec: Field): Iterable<Draft> {
  yield* wrongTypes(spec, types);
  for (const [direction, peers] of [
    ['ingress', 'from'],
    ['egress', 'to'],
  ] as const)
    for (const rule of each(field(spec, direction))) {
      for (const port of each(field(rule, 'ports'))) yield* policyPort(port);
      for (const item of each(field(rule, peers))) yield* peer(item);
    }
  yield* policyTypes(field(spec, 'policyTypes'));
}

function* policyPort(item: Field): Iterable<Draft> {
  yield* oneOf(field(item, 'protocol'), protocols);
  const at = field(item, 'port');
  const endPort = field(item, 'endPort');
  const written = scalarAt(at);
  const reading = written && !isUnknown(at) ? readPort(written.value) : undefined;
  if (written && reading && 'problem' in reading && !isFraction(written.value)) {
    const drafts =
      typeof written.value === 'string' && !/^\d+$/.test(written.value) ? badName(at, 'portName', 'the port name') : [];
    const shown = written.text === '' ? '""' : written.text;
    yield* drafts.length > 0 ? drafts : [refused(at, say`port ${shown} ${reading.problem}`, unquoteNumber(at))];
  }
  if (!endPort.key || endPort.value === undefined || isUnknown(endPort)) return;
  if (at.value === undefined)
    yield refused(endPort, say`endPort ends a range that starts at port, and this item has no port`);
  else if (typeof written?.value === 'string' && !isUnknown(at))
    yield refused(endPort, say`endPort ends a range of numbers, but port is the name ${written.text}`);
  else yield* rangeEnd(endPort, written?.value);
}

/** A fraction does not decode at all, which is said of its type. */
function isFraction(value: unknown): boolean {
  return typeof value === 'number' && !Number.isInteger(value);
}

function* rangeEnd(endPort: Field, start: unknown): Iterable<Draft> {
  const end = numberAt(endPort);
  if (end === undefined) return;
  if (portNumber(end) === undefined)
    yield refused(endPort, say`endPort ${String(end)} must be a whole number from 1 to 65535`);
  else if (typeof start === 'number' && Number(end) < start)
    yield refused(endPort, say`endPort ${String(end)} is below port ${start}: the range is empty`);
}

function* peer(item: Field): Iterable<Draft> {
  if (item.value !== undefined && item.value.type !== 'map') return;
  if (isUnknown(item)) return;
  // A key without a value is null, and null is as good as absent to the API server.
  const [pods, namespaces, block] = ['podSelector', 'namespaceSelector', 'ipBlock'].map((key) => field(item, key));
  const isSet = (at: Field | undefined) => at?.value !== undefined;
  if (![pods, namespaces, block].some(isSet)) {
    yield refused(
      item,
      say`this peer is empty: it needs a podSelector, a namespaceSelector or an ipBlock; ${'{}'} as a selector means all`,
    );
    return;
  }
  if (!block || !isSet(block)) return;
  const beside = [pods, namespaces].filter(isSet);
  if (beside.length > 0)
    yield {
      ...refused(
        item,
        say`an ipBlock stands alone: a peer with it cannot have a ${beside[0]?.key?.text} too; write two items`,
      ),
      at: block.key?.origin ?? block.at,
      related: beside.flatMap((at) => (at?.key ? [{ at: at.key.origin, message: say`the selector beside it` }] : [])),
    };
  yield* addressBlock(block);
}

const directions = ['Ingress', 'Egress'];

function* policyTypes(at: Field): Iterable<Draft> {
  const items = each(at);
  if (items.length > directions.length) {
    yield refused(at, say`policyTypes may hold at most two values: Ingress and Egress`);
    return;
  }
  for (const item of items)
    if (textAt(item) === '') yield refused(item, say`a policy type is Ingress or Egress, not the empty text`);
    else yield* oneOf(item, directions);
}
