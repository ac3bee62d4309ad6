/** `podpath connections`: who may talk to whom, after all policies. */
import type { Call, Command } from './command';
import { commonOptions } from './command';
import type { Connections } from './connections-formats';
import { csv, dot, mermaid, table } from './connections-formats';
import type { WorldConnections } from './connections-report';
import { connectionWorlds, reportConnection } from './connections-report';
import { connectionsDiff } from './connections-diff';
import type { ExposureReport } from './exposure-report';
import { exposureReport, exposureText } from './exposure-report';
import { readWorld } from './read-world';
import { UsageError } from './usage-error';

const formats: Readonly<
  Record<
    string,
    (connections: Connections, worlds: readonly WorldConnections[], exposure?: ExposureReport) => Iterable<string>
  >
> = {
  table,
  json,
  csv,
  dot,
  mermaid,
};

export const connections: Command = {
  name: 'connections',
  summary: 'Lists which workloads may open connections to which, and to and from the outside, after all policies',
  arguments: '[PATH...]',
  formats: Object.keys(formats),
  options: {
    exposure: { help: 'also who else could connect, beyond the pods that are here; table and json only' },
    diff: { help: 'compare two folders or git revisions: --diff OLD NEW [PATH...]; Markdown, or --format json, csv' },
    ...commonOptions,
  },
  async run(call) {
    const { io, format, options } = call;
    if (options.has('exposure') && options.has('diff'))
      throw new UsageError('--exposure and --diff: a comparison is of the connections that are here');
    if (options.has('exposure') && format !== 'table' && format !== 'json')
      throw new UsageError(`--format ${format}: who else could connect is shown in the formats table, json`);
    if (options.has('diff')) {
      await connectionsDiff(call);
      return 0;
    }
    const { namespace, loaded } = await readWorld(call);
    const worlds = connectionWorlds(loaded, namespace);
    const leftOut = worlds.flatMap((world) => world.leftOut);
    if (leftOut.length > 0 && format !== 'json' && !options.has('quiet'))
      io.message(`left out, since they repeat objects of nearer files: ${leftOut.join(', ')}`);
    const foreign = worlds.flatMap((world) => world.notEvaluated);
    if (foreign.length > 0 && format !== 'json' && !options.has('quiet'))
      io.message(
        `not evaluated: ${foreign.map(({ kind, name, file, line }) => `${kind} ${name} (${file}:${line})`).join(', ')}`,
      );
    const exposure = options.has('exposure') ? exposureReport(worlds) : undefined;
    write(call, formats[format]?.(() => listed(worlds), worlds, exposure) ?? []);
    if (exposure && format === 'table') io.out(exposureText(exposure));
    return 0;
  },
};

function* listed(worlds: readonly WorldConnections[]) {
  for (const { bundle, connections } of worlds)
    for (const connection of connections())
      yield { ...reportConnection(connection), ...(worlds.length > 1 ? { bundle } : {}) };
}

function* json(
  connections: Connections,
  worlds: readonly WorldConnections[],
  exposure: ExposureReport | undefined,
): Generator<string> {
  const head = {
    version: 1,
    bundle: worlds.map(({ bundle }) => bundle).join(' '),
    leftOut: worlds.flatMap((world) => world.leftOut),
    notEvaluated: worlds.flatMap((world) => world.notEvaluated),
  };
  yield `${JSON.stringify(head, null, 2).slice(0, -2)},\n  "connections": [`;
  let separator = '\n';
  for (const connection of connections()) {
    yield `${separator}    ${JSON.stringify(connection)}`;
    separator = ',\n';
  }
  yield `${separator === '\n' ? '' : '\n  '}]`;
  if (exposure) yield `,\n  "exposure": ${JSON.stringify(exposure, null, 2).replaceAll('\n', '\n  ')}`;
  yield '\n}\n';
}

/** Pieces of output, as few as can be held. */
export function write({ io }: Call, pieces: Iterable<string>): void {
  const PART = 1 << 16;
  let held = '';
  for (const piece of pieces) {
    held += piece;
    if (held.length < PART) continue;
    io.out(held);
    held = '';
  }
  io.out(held);
}
