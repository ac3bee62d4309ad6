/** The last part of the way: policies of both ends, the network between them, and what listens. */
import { parseAddress } from '../../cidr';
import type { Resource } from '../../resource';
import { containerHop } from './container';
import type { Endpoint } from './endpoints';
import type { Hop } from './hop';
import { nameOf } from './hop';
import type { Other } from './others';
import { internet } from './others';
import { policyHop } from './policies';
import type { Scene } from './scene';
import { podsEnd } from './scene';
import { betweenPods, leaving, withinPod } from './transport';

/** Who connects, in the last part: pods of a workload, or something else that reaches pods over the network. */
export type Connecting =
  | { readonly type: 'pods'; readonly workload: Resource; readonly pod: string | undefined }
  | { readonly type: 'other'; readonly other: Other; readonly transport: Hop };

/** The hops to each endpoint, one after the other. */
export function connect(scene: Scene, from: Connecting, endpoints: readonly Endpoint[]): Hop[] {
  return endpoints.flatMap((endpoint) =>
    from.type === 'pods' ? fromPods(scene, from.workload, from.pod, endpoint) : fromOther(scene, from, endpoint),
  );
}

function fromPods(scene: Scene, workload: Resource, pod: string | undefined, endpoint: Endpoint): Hop[] {
  const { port, protocol } = endpoint;
  if (endpoint.workload === workload && workload.pods?.replicas === 1)
    return [withinPod(workload, scene), ...containerHop(endpoint, scene)];
  const source = podsEnd(scene, workload, pod);
  const destination = endpoint.workload && podsEnd(scene, endpoint.workload, endpoint.pod);
  const to = destination ? knownPods(scene, destination) : addressOther(endpoint.address);
  return [
    ...(source ? [policyHop(scene, source, 'egress', to, protocol, port)] : []),
    ...(source && destination
      ? [policyHop(scene, destination, 'ingress', knownPods(scene, source), protocol, port)]
      : []),
    endpoint.workload ? betweenPods(scene, workload, endpoint.workload) : leaving(scene, workload),
    ...containerHop(endpoint, scene),
  ];
}

function fromOther(
  scene: Scene,
  { other, transport }: Extract<Connecting, { type: 'other' }>,
  endpoint: Endpoint,
): Hop[] {
  const destination = endpoint.workload && podsEnd(scene, endpoint.workload, endpoint.pod);
  return [
    ...(destination ? [policyHop(scene, destination, 'ingress', other, endpoint.protocol, endpoint.port)] : []),
    transport,
    ...containerHop(endpoint, scene),
  ];
}

function knownPods(scene: Scene, end: NonNullable<ReturnType<typeof podsEnd>>): Other {
  return { type: 'known', end, name: nameOf(end.resource, scene.namespace), block: undefined };
}

/** An address outside; without one, any. */
export function addressOther(text: string | undefined): Other {
  const address = text === undefined ? undefined : parseAddress(text);
  if (!address) return internet;
  const { point, family } = address;
  return {
    type: 'known',
    end: { type: 'outside', ranges: [{ first: point, last: point }] },
    name: address.text,
    block: `${address.text}/${family === 4 ? 32 : 128}`,
  };
}
