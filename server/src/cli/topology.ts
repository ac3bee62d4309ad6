/** `podpath topology`: the network as a graph. */
import type { Command } from './command';
import { commonOptions } from './command';
import { dot } from './dot';
import { readWorld } from './read-world';
import { mermaid } from './mermaid';
import type { TopologyReport } from './topology-report';
import { topologyReport } from './topology-report';
import { worldsAt } from './worlds';

const formats: Readonly<Record<string, (report: TopologyReport) => string>> = {
  json: (report) => `${JSON.stringify(report, null, 2)}\n`,
  mermaid,
  dot,
};

export const topology: Command = {
  name: 'topology',
  summary: 'Draws who leads to whom: routes, Services, workloads, policies',
  arguments: '[PATH...]',
  formats: Object.keys(formats),
  options: commonOptions,
  async run(call) {
    const { options, io, format } = call;
    const { namespace, loaded } = await readWorld(call, true);
    const report = topologyReport(loaded, worldsAt(loaded), namespace);
    if (report.leftOut.length > 0 && format !== 'json' && !options.has('quiet'))
      io.message(`left out, since they repeat objects of nearer files: ${report.leftOut.join(', ')}`);
    io.out(formats[format]?.(report) ?? '');
    return 0;
  },
};
