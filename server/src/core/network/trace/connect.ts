/** The last part of the way: policies of both ends, the network between them, and what listens. */
import type { Resource } from '../../resource';
import { containerHop } from './container';
import type { Endpoint } from './endpoints';
import { endpointName } from './endpoints';
import type { Hop } from './hop';
import { addressOther, knownPods } from './known-ends';
import type { Other } from './others';
import { policyHop } from './policies';
import type { Scene } from './scene';
import { podsEnds } from './scene';
import { betweenPods, leaving, withinPod } from './transport';

/** Who connects, in the last part: pods of a workload, or something else that reaches pods over the network. */
export type Connecting =
  | { readonly type: 'pods'; readonly workload: Resource; readonly pod: string | undefined }
  | { readonly type: 'other'; readonly other: Other; readonly transport: Hop };

/** The hops to each endpoint, one after the other. */
export function connect(scene: Scene, from: Connecting, endpoints: readonly Endpoint[]): Hop[] {
  return endpoints.flatMap((endpoint) => {
    const hops =
      from.type === 'pods' ? fromPods(scene, from.workload, from.pod, endpoint) : fromOther(scene, from, endpoint);
    // Pods that policies tell apart mostly have the same to say.
    const said = new Map(hops.map((hop) => [`${hop.step} ${hop.title} ${hop.verdict}`, hop]));
    return [...said.values()].map((hop) => ({ ...hop, backend: endpointName(scene, endpoint) }));
  });
}

function fromPods(scene: Scene, workload: Resource, pod: string | undefined, endpoint: Endpoint): Hop[] {
  const { port, protocol } = endpoint;
  const isOnePod = workload.pods?.replicas === 1 || (pod !== undefined && endpoint.pod === pod);
  if (endpoint.workload === workload && isOnePod) return [withinPod(workload, scene), ...containerHop(endpoint, scene)];
  const sources = podsEnds(scene, workload, pod);
  const destinations = endpoint.workload ? podsEnds(scene, endpoint.workload, endpoint.pod) : [];
  const others =
    destinations.length > 0
      ? destinations.map((end) => knownPods(scene, end))
      : [addressOther(endpoint.workload ? undefined : endpoint.address)];
  return [
    ...sources.flatMap((source) => others.map((other) => policyHop(scene, source, 'egress', other, protocol, port))),
    ...destinations.flatMap((destination) =>
      sources.map((source) => policyHop(scene, destination, 'ingress', knownPods(scene, source), protocol, port)),
    ),
    endpoint.workload ? betweenPods(scene, workload, endpoint.workload) : leaving(scene, workload),
    ...containerHop(endpoint, scene),
  ];
}

function fromOther(
  scene: Scene,
  { other, transport }: Extract<Connecting, { type: 'other' }>,
  endpoint: Endpoint,
): Hop[] {
  const destinations = endpoint.workload ? podsEnds(scene, endpoint.workload, endpoint.pod) : [];
  return [
    ...destinations.map((end) => policyHop(scene, end, 'ingress', other, endpoint.protocol, endpoint.port)),
    transport,
    ...containerHop(endpoint, scene),
  ];
}
