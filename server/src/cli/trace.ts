/** `podpath trace`: one connection, hop by hop, with the lines that decide. */
import {
  misreadSource,
  misreadTarget,
  readSource,
  readTarget,
  sceneOf,
  unknownPortName,
  withUnrepeated,
} from '../core/index';
import { colours } from './colours';
import type { Call, Command } from './command';
import { commonOptions } from './command';
import { readWorld } from './read-world';
import type { TraceReport } from './trace-report';
import { traceReport, unknownEnd } from './trace-report';
import { traceText } from './trace-text';
import { UsageError } from './usage-error';
import { worldsAt } from './worlds';

export const trace: Command = {
  name: 'trace',
  summary: 'Follows one connection: names, routes, Services, policies, the network between nodes, containers',
  arguments: 'FROM TO [PATH...]',
  formats: ['pretty', 'json'],
  options: {
    domain: { value: 'DOMAIN', help: 'the cluster domain (default: the setting clusterDomain)' },
    ...commonOptions,
  },
  async run(call) {
    const { io, format, options } = call;
    const [from, to, ...rest] = call.paths;
    if (from === undefined || from === '' || to === undefined || to === '')
      throw new UsageError(
        'trace needs FROM (NAMESPACE/NAME, internet, an IP) and TO (a URL, HOST:PORT, NAMESPACE/NAME:PORT, an IP)',
      );
    const wrong = misreadSource(from) ?? misreadTarget(to);
    if (wrong !== undefined) throw new UsageError(wrong);
    const report = await traceAt({ ...call, paths: rest.length > 0 ? rest : ['.'] }, from, to);
    if (format === 'json') io.out(`${JSON.stringify(report, null, 2)}\n`);
    else io.out(traceText(report, { from, to }, colours(call), options.has('quiet')));
    return report.verdict === 'allowed' ? 0 : 1;
  },
};

/** Of several bundles the first in which the connection leads somewhere answers, and is named. */
async function traceAt(call: Call, from: string, to: string): Promise<TraceReport> {
  const { config, namespace, loaded } = await readWorld(call);
  const domain = (call.options.text('domain') ?? config.settings.clusterDomain).replace(/\.$/, '');
  const scenes = worldsAt(loaded, (world) => withUnrepeated(loaded.snapshot, world)).map(
    ({ name, resources, leftOut }) => ({
      head: { bundle: name, leftOut },
      scene: sceneOf({ resources, links: loaded.snapshot.links, namespace, domain }),
    }),
  );
  const [wrong, ...others] = scenes.map(({ scene }) => unknownPortName(scene, to));
  if (wrong !== undefined && !others.includes(undefined)) throw new UsageError(wrong);
  const reports = scenes.map(({ head, scene }): TraceReport => {
    const source = readSource(scene, from);
    const target = readTarget(scene, to);
    if (typeof source === 'string') return unknownEnd(head, source);
    if (typeof target === 'string') return unknownEnd(head, target);
    return traceReport(loaded, scene, head, source, target);
  });
  const [first] = reports;
  if (!first) throw new Error('there is a world at every path');
  return (
    reports.find(({ verdict }) => verdict !== 'unresolved') ?? reports.find(({ hops }) => hops.length > 1) ?? first
  );
}
