/** The end of the way: what listens in the pod. */
import type { Endpoint } from './endpoints';
import type { Hop } from './hop';
import { listed, nameOf } from './hop';
import type { Scene } from './scene';
import { servingContainers } from '../endpoints';

/** What a container declares is a promise of the manifest only, and a port that none declares may be open all the same. */
export function containerHop({ workload, container, port, protocol }: Endpoint, scene: Scene): Hop[] {
  if (!workload?.pods) return [];
  const declared = container?.ports.find((item) => item.number?.value === port && item.protocol === protocol);
  if (container && declared) {
    const name = declared.name ? ` (${declared.name.text})` : '';
    return [
      {
        step: 'container',
        title: `container ${container.name?.text ?? '?'} listens on ${port}/${protocol}${name}`,
        verdict: 'ok',
        at: declared.at,
      },
    ];
  }
  const ports = servingContainers(workload.pods).flatMap((item) => item.ports);
  const others = ports.map((item) => `${item.number?.text ?? '?'}/${item.protocol}`);
  return [
    {
      step: 'container',
      title: `no container of ${nameOf(workload, scene.namespace)} declares ${port}/${protocol}`,
      verdict: 'ok',
      at: workload.nameAt,
      detail: `it answers if its program listens there${others.length > 0 ? `; declared: ${listed([...new Set(others)])}` : ''}`,
    },
  ];
}
