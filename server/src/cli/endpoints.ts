/** `podpath endpoints`: where each Service leads. */
import { colours } from './colours';
import type { Command } from './command';
import { commonOptions } from './command';
import { endpointsReport } from './endpoints-report';
import { endpointsTable } from './endpoints-table';
import { readWorld } from './read-world';
import { chosenResources } from './worlds';

export const endpoints: Command = {
  name: 'endpoints',
  summary: 'Lists the workloads, containers and ports that each Service leads to',
  arguments: '[PATH...]',
  formats: ['table', 'json'],
  options: commonOptions,
  async run(call) {
    const { io, format } = call;
    const { config, namespace, loaded } = await readWorld(call);
    const report = endpointsReport(loaded, chosenResources(loaded), namespace, config.settings);
    if (format === 'json') io.out(`${JSON.stringify(report, null, 2)}\n`);
    else io.out(endpointsTable(report, colours(call)));
    return 0;
  },
};
