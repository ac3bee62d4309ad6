/** Whole lists of connections, against those of another analyzer. */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Connection, Evaluation, Party, PolicyWorld, PortSet, Resource } from '../../server/src/core/index';
import {
  compareConnections,
  connectionsOf,
  entriesOf,
  evaluatePolicies,
  exposureOf,
  withUnrepeated,
  worldsOf,
} from '../../server/src/core/index';
import type { Row } from './connection-texts';
import { canonicalPeer, exposureText, joined, partyText, portsText, rowText } from './connection-texts';
import type { Case, Outcome } from './family';
import type { World } from './objects';
import { worldOf } from './objects';

interface Arguments {
  readonly focusWorkloads?: readonly string[];
  readonly focusWorkloadPeers?: readonly string[];
  readonly focusDirection?: 'ingress' | 'egress';
  readonly focusConn?: string;
}

interface ExposureRow {
  readonly workload: string;
  readonly peer: string;
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

/** Both lists without what they share. */
export function differences(want: readonly string[], got: readonly string[]): Outcome {
  const [wanted, given] = [new Set(want), new Set(got)];
  const missing = [...wanted].filter((text) => !given.has(text)).sort();
  const extra = [...given].filter((text) => !wanted.has(text)).sort();
  return { agree: missing.length + extra.length === 0, want: missing, got: extra };
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
