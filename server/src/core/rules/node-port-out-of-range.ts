import { say } from '../finding';
import { defineRule } from './define';

/** Node ports come from one range of the API server (--service-node-port-range, the setting nodePortRange). */
export const nodePortOutOfRange = defineRule({
  id: 'node-port-out-of-range',
  summary: 'A nodePort lies outside the node port range of the cluster',
  levels: ['error'],
  about: ['service'],
  *resource({ resource }, { nodePortRange }) {
    const [first = 0, last = 0] = nodePortRange.split('-').map(Number);
    for (const { nodePort, path } of resource.service?.ports ?? []) {
      const number = nodePort?.value;
      if (!nodePort || typeof number !== 'number' || number === 0 || (number >= first && number <= last)) continue;
      yield {
        level: 'error',
        at: nodePort.origin,
        path: `${path}.nodePort`,
        message: say`nodePort ${number} is outside the range ${nodePortRange} (setting podpath.nodePortRange): the API server refuses it; choose one inside, or leave nodePort out`,
      };
    }
  },
});
