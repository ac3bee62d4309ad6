/** The port of a pod that is meant where pods are called by themselves. */
import type { Resource } from '../../resource';
import { servingContainers } from '../endpoints';
import type { Endpoint } from './endpoints';
import { podEndpoint } from './endpoints';
import type { WantedPort } from './written-ends';
import type { Hop } from './hop';
import { listed, nameOf } from './hop';
import type { Scene } from './scene';

/** By number, by the name that a container gives it, or the first that is declared. Undefined where there is none. */
export function podPortOf(
  workload: Resource,
  pod: string | undefined,
  { port, protocol }: WantedPort,
): Endpoint | undefined {
  const ports = workload.pods ? servingContainers(workload.pods).flatMap((item) => item.ports) : [];
  const suiting = ports.filter((item) => protocol === undefined || item.protocol === protocol);
  const declared = suiting.find(({ name, number }) =>
    typeof port === 'number' ? number?.value === port : port === undefined || name?.text === port,
  );
  const number = typeof port === 'number' ? port : declared?.number?.value;
  return typeof number === 'number'
    ? podEndpoint(workload, pod, number, protocol ?? declared?.protocol ?? 'TCP')
    : undefined;
}

/** Says that no port is meant. */
export function portless(scene: Scene, workload: Resource, { port }: WantedPort): Hop {
  const names = (workload.pods ? servingContainers(workload.pods) : [])
    .flatMap(({ ports }) => ports)
    .flatMap(({ name, number, protocol }) => `${name ? `${name.text} ` : ''}${number?.text ?? '?'}/${protocol}`);
  const name = nameOf(workload, scene.namespace);
  return {
    step: 'container',
    title:
      port === undefined
        ? `${name} declares no port, and none is written`
        : `no container of ${name} has a port named ${port}`,
    verdict: 'unresolved',
    at: workload.nameAt,
    detail: names.length > 0 ? `declared: ${listed(names)}` : undefined,
  };
}
