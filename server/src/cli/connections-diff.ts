/** `podpath connections --diff OLD NEW`: how the connections of two folders, or of two git revisions, differ. */
import type { Change, Connection, PortSet } from '../core/index';
import { compareConnections } from '../core/index';
import type { Call } from './command';
import type { ReportedConnection, ReportedParty } from './connections-report';
import { connectionWorlds, listPorts, reportParty, reportPorts } from './connections-report';
import { partyText, portsText } from './connections-text';
import { csvCell } from './connections-formats';
import { printable } from './printable';
import { readWorld } from './read-world';
import { atRevision } from './revision';
import { UsageError } from './usage-error';
import { isApplied } from './worlds';

interface ReportedChange {
  readonly change: Change['change'];
  readonly from: ReportedParty;
  readonly to: ReportedParty;
  /** The ports before and after; none where there is no connection. */
  readonly old: ReportedConnection['ports'];
  readonly new: ReportedConnection['ports'];
  /** Where there are several. */
  readonly bundle?: string;
}

/** Formats of a comparison: `table` is Markdown, for a pull request. */
const formats: Readonly<Record<string, (changes: readonly ReportedChange[]) => string>> = {
  table: markdown,
  json: (changes) => `${JSON.stringify({ version: 1, changes }, null, 2)}\n`,
  csv: (changes) =>
    [
      'change,from,to,old,new,bundle',
      ...changes.map((item) => [...cells(item), item.bundle ?? ''].map(csvCell).join()),
      '',
    ].join('\n'),
};

export async function connectionsDiff(call: Call): Promise<void> {
  const [old, now, ...rest] = call.paths;
  const format = formats[call.format];
  if (old === undefined || now === undefined)
    throw new UsageError('--diff compares two folders or git revisions: connections --diff OLD NEW');
  if (!format)
    throw new UsageError(`--format ${call.format}: a comparison has the formats ${Object.keys(formats).join(', ')}`);
  const before = await atRevision(call, old, rest, connections);
  const after = await atRevision(call, now, rest, connections);
  const bundle = call.options.text('bundle');
  if (!before && !after)
    throw new UsageError(`--bundle ${bundle ?? ''}: nothing is applied from there, neither in ${old} nor in ${now}`);
  call.io.out(format(changesOf(before ?? new Map(), after ?? new Map())));
}

/** Worlds by their place below what is compared; one world of each side is compared whatever it is called. */
function changesOf(before: Worlds, after: Worlds): ReportedChange[] {
  const [one, other] = [[...before.values()], [...after.values()]];
  if (one.length < 2 && other.length < 2) return compareConnections(one[0] ?? [], other[0] ?? []).map(reportChange);
  const bundles = [...new Set([...before.keys(), ...after.keys()])].sort();
  return bundles.flatMap((bundle) =>
    compareConnections(before.get(bundle) ?? [], after.get(bundle) ?? []).map((change) => ({
      ...reportChange(change),
      bundle,
    })),
  );
}

type Worlds = ReadonlyMap<string, readonly Connection[]>;

/** Undefined where nothing is applied from what `--bundle` names. */
async function connections(call: Call): Promise<Worlds | undefined> {
  const { namespace, loaded } = await readWorld(call);
  if (loaded.only !== undefined && !isApplied(loaded)) return undefined;
  const place = loaded.show(loaded.root);
  const below = (bundle: string) => (bundle.startsWith(`${place}/`) ? bundle.slice(place.length + 1) : bundle);
  return new Map(connectionWorlds(loaded, namespace).map((world) => [below(world.bundle), [...world.connections()]]));
}

function reportChange({ change, from, to, before, after }: Change): ReportedChange {
  return { change, from: reportParty(from), to: reportParty(to), old: side(before), new: side(after) };
}

/** No ports are an empty list, which stands for no connection. */
function side(ports: PortSet): ReportedConnection['ports'] {
  return listPorts(ports).length === 0 ? [] : reportPorts(ports);
}

const cells = ({ change, from, to, old, new: now }: ReportedChange) => [
  change,
  partyText(from),
  partyText(to),
  ports(old),
  ports(now),
];

function ports(list: ReportedConnection['ports']): string {
  return list.length === 0 ? '-' : portsText(list);
}

function markdown(changes: readonly ReportedChange[]): string {
  if (changes.length === 0) return 'The connections are the same.\n';
  const headings = changes.some(({ bundle }) => bundle !== undefined) ? ['bundle'] : [];
  const count = (wanted: Change['change']) => changes.filter(({ change }) => change === wanted).length;
  const row = (texts: readonly string[]) =>
    `| ${texts.map((text) => printable(text).replace(/[\\|`*_<>[\]]/g, '\\$&')).join(' | ')} |`;
  return [
    `**Connections: ${count('added')} added, ${count('removed')} removed, ${count('changed')} changed**`,
    '',
    row([...headings, 'change', 'from', 'to', 'before', 'after']),
    `|${' --- |'.repeat(headings.length + 5)}`,
    ...changes.map((item) => row([...(headings.length > 0 ? [item.bundle ?? ''] : []), ...cells(item)])),
    '',
  ].join('\n');
}
