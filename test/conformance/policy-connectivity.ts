/** Whole lists of connections, against those of another analyzer. */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type {
  Connection,
  Evaluation,
  Exposure,
  OtherPods,
  Party,
  PolicyWorld,
  PortSet,
  Resource,
} from '../../server/src/core/index';
import {
  compareConnections,
  connectionsOf,
  entriesOf,
  evaluatePolicies,
  exposureOf,
  formatRange,
  isAllPorts,
  parseAddress,
  withUnrepeated,
  worldsOf,
} from '../../server/src/core/index';
import { rangesOf } from '../../server/src/core/ranges';
import type { Range } from '../../server/src/core/ranges';
import type { Case, Outcome } from './family';
import type { World } from './objects';
import { worldOf } from './objects';

interface Arguments {
  readonly focusWorkloads?: readonly string[];
  readonly focusWorkloadPeers?: readonly string[];
  readonly focusDirection?: 'ingress' | 'egress';
  readonly focusConn?: string;
}

interface Row {
  readonly src: string;
  readonly dst: string;
  readonly conn: string;
}

export interface Judged {
  readonly world: PolicyWorld;
  readonly evaluation: Evaluation;
  readonly connections: readonly Connection[];
}

function textsOf(files: readonly string[], folder: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    files.flatMap((file) => {
      const path = join(folder, 'manifests', file);
      return /\.(?:ya?ml|json)$/.test(file) && existsSync(path) && statSync(path).isFile()
        ? [[file, readFileSync(path, 'utf8')] as const]
        : [];
    }),
  );
}

/** All that is found in the files of a case. */
export function findingsOf(files: readonly string[], folder: string): World {
  return worldOf(textsOf(files, folder));
}

/** The connections of the files of a case, as `podpath connections` would list them. */
export function judge(files: readonly string[], folder: string): Judged {
  const { snapshot } = worldOf(textsOf(files, folder));
  const [first] = worldsOf(snapshot, 'file:///case/', 'file:///case');
  const world = { resources: first ? withUnrepeated(snapshot, first).resources : [], namespace: 'default' };
  const evaluation = evaluatePolicies(world);
  return { world, evaluation, connections: [...connectionsOf(evaluation), ...entriesOf(world, evaluation)] };
}

/** Texts as the cases write them. */
export function partyText(party: Party): string {
  if (party.type === 'controller') return '{ingress-controller}';
  if (party.type === 'range') {
    const { range } = party;
    const text = formatRange(range);
    return `${range.first === range.last ? `${text}-${text}` : text}[External]`;
  }
  return `${party.namespace.name}/${party.name}[${party.kind}]`;
}

export function portsText(ports: PortSet): string {
  if (isAllPorts(ports)) return 'All Connections';
  const texts = (['SCTP', 'TCP', 'UDP'] as const).flatMap((protocol) =>
    ports[protocol].length === 0
      ? []
      : [
          `${protocol} ${ports[protocol].map(({ first, last }) => (first === last ? String(first) : `${first}-${last}`)).join()}`,
        ],
  );
  return texts.length > 0 ? texts.join() : 'No Connections';
}

/** True when a party is meant by a focus: `ns/name`, a name, or the controller. */
function isMeant(text: string, party: Party): boolean {
  if (party.type === 'range') return false;
  if (party.type === 'controller') return text === 'ingress-controller';
  return [party.name, `${party.namespace.name}/${party.name}`].includes(text);
}

function inFocus({ focusWorkloads, focusWorkloadPeers, focusDirection }: Arguments, { from, to }: Connection): boolean {
  if (!focusWorkloads) return true;
  const is = (list: readonly string[] | undefined, party: Party) => !list || list.some((text) => isMeant(text, party));
  return (
    (focusDirection !== 'ingress' && is(focusWorkloads, from) && is(focusWorkloadPeers, to)) ||
    (focusDirection !== 'egress' && is(focusWorkloads, to) && is(focusWorkloadPeers, from))
  );
}

/** Only connections that allow this port are listed, and only that port. */
function onlyPort(ports: PortSet, focus: string | undefined): PortSet {
  if (focus === undefined) return ports;
  const [name = '', number = ''] = focus.split('-');
  const port = BigInt(number);
  const of = (protocol: keyof PortSet) =>
    protocol === name.toUpperCase() && ports[protocol].some(({ first, last }) => first <= port && port <= last)
      ? [{ first: port, last: port }]
      : [];
  return { TCP: of('TCP'), UDP: of('UDP'), SCTP: of('SCTP') };
}

/** Ranges that touch are joined where their answer is equal: the cases leave them as the blocks cut them. */
function joined(rows: readonly Row[]): Row[] {
  const outside = (text: string) => text.endsWith('[External]');
  const groups = new Map<string, { readonly row: Row; readonly ranges: Range[] }>();
  const plain: Row[] = [];
  for (const row of rows) {
    const [range, key] = outside(row.src)
      ? [row.src, `> ${row.dst} ${row.conn}`]
      : [row.dst, `${row.src} > ${row.conn}`];
    const [first, last] = range
      .replace('[External]', '')
      .split('-')
      .map((text) => parseAddress(text)?.point);
    if (!outside(range) || first === undefined || last === undefined) {
      plain.push(row);
      continue;
    }
    const group = groups.get(key) ?? { row, ranges: [] };
    group.ranges.push({ first, last });
    groups.set(key, group);
  }
  const party = (range: Range) => partyText({ type: 'range', range });
  const wide = [...groups.values()].flatMap(({ row, ranges }) =>
    rangesOf(ranges).map((range) => (outside(row.src) ? { ...row, src: party(range) } : { ...row, dst: party(range) })),
  );
  return [...plain, ...wide];
}

const rowText = ({ src, dst, conn }: Row) => `${src} => ${dst} : ${conn}`;

/** Both lists without what they share. */
export function differences(want: readonly string[], got: readonly string[]): Outcome {
  const [wanted, given] = [new Set(want), new Set(got)];
  const missing = [...wanted].filter((text) => !given.has(text)).sort();
  const extra = [...given].filter((text) => !wanted.has(text)).sort();
  return { agree: missing.length + extra.length === 0, want: missing, got: extra };
}

interface ExposureRow {
  readonly workload: string;
  readonly peer: string;
  readonly conn: string;
}

function exposureText({ direction, workload, peer, ports, named }: Exposure): string {
  const anyProtocol = named.filter(({ name }) => named.filter((other) => other.name === name).length === 3);
  const names = named.filter((item) => !anyProtocol.includes(item)).map(({ name }) => name);
  const conn = [
    portsText(ports),
    ...(names.length > 0 ? [`TCP ${names.sort().join()}`] : []),
    ...new Set(anyProtocol.map(({ name }) => name)),
  ];
  const shown = conn.length > 1 ? conn.filter((text) => text !== 'No Connections') : conn;
  return `${direction} ${partyText(workload)} ${otherText(peer)} : ${shown.join()}`;
}

/** Requirements in any order; of one value, as a pair; values in any order. */
function canonicalPeer(peer: string): string {
  return peer.replace(/with \{(.*?)\}\]/g, (_, text: string) => {
    const parts = text.match(/\{[^}]*\}|[^,{}]+/g) ?? [];
    const pairs = parts.map((part) => {
      const [, key = '', operator = '', values = ''] = /^\{Key:(.*),Operator:(.*),Values:\[(.*)\],\}$/.exec(part) ?? [];
      const sorted = values.split(' ').sort();
      if (key === '') return part;
      return operator === 'In' && sorted.length === 1 ? `${key}=${values}` : `${key} ${operator} ${sorted.join(' ')}`;
    });
    return `with {${pairs.sort().join()}}]`;
  });
}

function otherText(peer: Exposure['peer']): string {
  if (peer === 'entire-cluster') return peer;
  const { namespaces, pods } = peer;
  const [only] = namespaces;
  const isNamed = namespaces.length === 1 && only?.key === 'kubernetes.io/metadata.name' && only.values.length === 1;
  const where = isNamed
    ? (only.values[0] ?? '')
    : namespaces.length === 0
      ? '[all namespaces]'
      : `[namespace with {${requirementsText(namespaces)}}]`;
  return `${where}/${pods.length === 0 ? '[all pods]' : `[pod with {${requirementsText(pods)}}]`}`;
}

function requirementsText(requirements: OtherPods['pods']): string {
  return requirements
    .map(({ key, operator, values }) =>
      operator === 'In' && values.length === 1
        ? `${key}=${values[0] ?? ''}`
        : `${key} ${operator} ${[...values].sort().join(' ')}`,
    )
    .sort()
    .join();
}

const foreignKinds = new Map([
  ['UserDefinedNetwork', 'networks of their own'],
  ['ClusterUserDefinedNetwork', 'networks of their own'],
  ['MultiNetworkPolicy', 'policies of secondary networks'],
]);

/** What the policy APIs of Kubernetes cannot express. */
export function foreign(resources: readonly Resource[]): string | undefined {
  const found = resources.find(({ kind }) => foreignKinds.has(kind));
  return found && `${found.kind}: ${foreignKinds.get(found.kind) ?? ''} are outside the policy APIs of Kubernetes`;
}

/** Rows that are written as notes, all of the one port that is asked for. */
function notedRows(notes: readonly string[], conn: string): Row[] {
  return notes.flatMap((note) => {
    const [src, dst] = note.split(' => ');
    return src !== undefined && dst !== undefined ? [{ src, dst, conn }] : [];
  });
}

export function lists(item: Case, folder: string): Outcome {
  const { files, args, expected } = item as unknown as {
    readonly files: readonly string[];
    readonly args: Arguments;
    readonly expected: {
      readonly connections: readonly Row[];
      /** Of a list for one port: `SOURCE => DESTINATION`. */
      readonly notes?: readonly string[];
      readonly exposure?: Readonly<Record<'ingress' | 'egress', readonly ExposureRow[]>>;
    };
  };
  const { world, evaluation, connections } = judge(files, folder);
  const reason = foreign(world.resources);
  if (reason) return { notApplicable: reason };
  const rows = connections
    .filter((connection) => inFocus(args, connection))
    .map(({ from, to, ports }) => ({
      src: partyText(from),
      dst: partyText(to),
      conn: portsText(onlyPort(ports, args.focusConn)),
    }))
    .filter(({ conn }) => conn !== 'No Connections');
  const got = rows.map(rowText);
  const want = joined([...expected.connections, ...notedRows(expected.notes ?? [], rows[0]?.conn ?? '')]).map(rowText);
  if (!expected.exposure) return differences(want, got);
  const { exposure } = expected;
  const rest = exposureOf(evaluation).filter(
    ({ workload }) => args.focusWorkloads?.some((text) => isMeant(text, workload)) ?? true,
  );
  const listed = (direction: 'ingress' | 'egress') =>
    exposure[direction]
      .filter(({ peer }) => !peer.endsWith('[External]'))
      .map((row) => `${direction} ${row.workload} ${canonicalPeer(row.peer)} : ${row.conn}`);
  return differences(
    [...want, ...listed('ingress'), ...listed('egress')],
    [...got, ...rest.filter(({ direction }) => (args.focusDirection ?? direction) === direction).map(exposureText)],
  );
}

export function diff(item: Case, folder: string): Outcome {
  const { files1, files2, expected } = item as unknown as {
    readonly files1: readonly string[];
    readonly files2: readonly string[];
    readonly expected: readonly {
      readonly diff: string;
      readonly src: string;
      readonly dst: string;
      readonly ref1: string;
      readonly ref2: string;
    }[];
  };
  const [before, after] = [judge(files1, folder), judge(files2, folder)];
  const reason = foreign([...before.world.resources, ...after.world.resources]);
  if (reason) return { notApplicable: reason };
  const changes = compareConnections(before.connections, after.connections);
  const text = (change: string, src: string, dst: string, old: string, now: string) =>
    `${change} ${src} => ${dst} : ${old} -> ${now}`;
  return differences(
    expected
      .filter((row) => row.diff !== 'unchanged')
      .map((row) => text(row.diff, row.src, row.dst, row.ref1, row.ref2)),
    changes.map(({ change, from, to, before, after }) =>
      text(change, partyText(from), partyText(to), portsText(before), portsText(after)),
    ),
  );
}
