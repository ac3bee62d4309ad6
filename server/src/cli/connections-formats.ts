/** Lists of connections in each format, a piece at a time: they can be longer than a text may be. */
import type { ReportedConnection, ReportedParty } from './connections-report';
import { partyText, portsText } from './connections-text';
import { quote } from './dot';
import { escape } from './mermaid';
import { printable, width } from './printable';

/** Connections that can be gone through more than once. */
export type Connections = () => Iterable<ReportedConnection>;

export function* table(connections: Connections): Generator<string> {
  const cells = ({ from, to, ports, bundle }: ReportedConnection) =>
    [...(bundle === undefined ? [] : [bundle]), partyText(from), partyText(to), portsText(ports)].map(printable);
  const widths: number[] = [];
  let hasBundles = false;
  for (const connection of connections()) {
    hasBundles ||= connection.bundle !== undefined;
    for (const [at, cell] of cells(connection).entries()) widths[at] = Math.max(widths[at] ?? 0, width(cell));
  }
  if (widths.length === 0) {
    yield 'No connection is possible here.\n';
    return;
  }
  const headings = [...(hasBundles ? ['BUNDLE'] : []), 'FROM', 'TO', 'PORTS'];
  const line = (row: readonly string[]) =>
    row
      .map(
        (cell, at) =>
          cell + ' '.repeat(Math.max(0, Math.max(widths[at] ?? 0, headings[at]?.length ?? 0) - width(cell))),
      )
      .join('  ')
      .trimEnd();
  yield `${line(headings)}\n`;
  for (const connection of connections()) yield `${line(cells(connection))}\n`;
}

export function* csv(connections: Connections): Generator<string> {
  yield 'from,to,ports,bundle\n';
  for (const { from, to, ports, bundle } of connections())
    yield `${[partyText(from), partyText(to), portsText(ports), bundle ?? ''].map(csvCell).join()}\n`;
}

/** Quoted where commas, quotes or line ends stand in it (RFC 4180). */
export function csvCell(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

export function* dot(connections: Connections): Generator<string> {
  yield 'digraph connections {\n  rankdir=LR;\n  node [shape=box];\n';
  yield* groups(connections, '  ', {
    open: (namespace, at) => `subgraph cluster_${at} {\n    label=${quote(namespace)};`,
    node: (text) => `${quote(text)} [label=${quote(text.replace(' ', '\n'))}];`,
    close: '}',
  });
  for (const { from, to, ports } of connections())
    yield `  ${quote(partyText(from))} -> ${quote(partyText(to))} [label=${quote(portsText(ports))}];\n`;
  yield '}\n';
}

export function* mermaid(connections: Connections): Generator<string> {
  const ids = new Map<string, string>();
  const id = (text: string) => {
    const known = ids.get(text) ?? `n${ids.size}`;
    ids.set(text, known);
    return known;
  };
  yield 'flowchart LR\n';
  yield* groups(connections, '  ', {
    open: (namespace, at) => `subgraph ns${at}["${escape(namespace)}"]`,
    node: (text) => `${id(text)}["${escape(text)}"]`,
    close: 'end',
  });
  for (const { from, to, ports } of connections())
    yield `  ${id(partyText(from))} -->|"${escape(portsText(ports))}"| ${id(partyText(to))}\n`;
}

interface Grouping {
  readonly open: (namespace: string, at: number) => string;
  readonly node: (text: string) => string;
  readonly close: string;
}

/** All parties, those of a namespace together. */
function* groups(connections: Connections, indent: string, { open, node, close }: Grouping): Generator<string> {
  const found = new Map<string, Set<string>>();
  for (const { from, to } of connections())
    for (const party of [from, to]) {
      const namespace = namespaceOf(party);
      found.set(namespace, (found.get(namespace) ?? new Set()).add(partyText(party)));
    }
  for (const [at, [namespace, members]] of [...found].sort(([a], [b]) => (a < b ? -1 : 1)).entries()) {
    if (namespace === '') {
      for (const text of members) yield `${indent}${node(text)}\n`;
      continue;
    }
    yield `${indent}${open(namespace, at)}\n`;
    for (const text of members) yield `${indent}${indent}${node(text)}\n`;
    yield `${indent}${close}\n`;
  }
}

/** Empty for what is outside of all namespaces. */
function namespaceOf(party: ReportedParty): string {
  return 'namespace' in party ? party.namespace : '';
}
