/** Connections and exposure as the cases of another analyzer write them. */
import type { Exposure, OtherPods, Party, PortSet } from '../../server/src/core/index';
import { formatRange, isAllPorts, parseAddress } from '../../server/src/core/index';
import { rangesOf } from '../../server/src/core/ranges';
import type { Range } from '../../server/src/core/ranges';

/** A connection of a case. */
export interface Row {
  readonly src: string;
  readonly dst: string;
  readonly conn: string;
}

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

/** Ranges that touch are joined where their answer is equal: the cases leave them as the blocks cut them. */
export function joined(rows: readonly Row[]): Row[] {
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

export const rowText = ({ src, dst, conn }: Row) => `${src} => ${dst} : ${conn}`;

export function exposureText({ direction, workload, peer, ports, named }: Exposure): string {
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
export function canonicalPeer(peer: string): string {
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
