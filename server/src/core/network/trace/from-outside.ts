/** Connections from outside of the cluster: by routes, load balancers, node ports, or straight to addresses of pods. */
import type { Address } from '../../cidr';
import { isLoopback, parseAddress } from '../../cidr';
import type { Resource, ServiceFacts } from '../../resource';
import { annotation } from '../../resource';
import { controllerAmong, usualController } from '../controllers';
import { labelsBelow } from '../dns-answer';
import type { Connecting } from './connect';
import { connect } from './connect';
import { addressOther, clientOther } from './known-ends';
import { chooseNodePort, ends, throughService } from './endpoints';
import type { Target } from './ends';
import { unanswered } from './unanswered';
import type { WantedPort } from './written-ends';
import { podAt } from './ends';
import type { Hop } from './hop';
import { listed, nameOf } from './hop';
import { controllerElsewhere, isPrivate } from './others';
import { podPortOf, portless } from './pod-port';
import { policyHop } from './policies';
import type { WebRequest } from './routes';
import { knownHosts, routeRequest, routesTo } from './routes';
import type { Scene } from './scene';
import { homeOf, podsEnds } from './scene';
import { clientOf, entryHops } from './service-entry';
import { arriving, toNode } from './transport';

/** All hops from an address outside, or from anywhere in the internet. */
export function fromOutside(scene: Scene, address: Address | undefined, target: Target): Hop[] {
  switch (target.type) {
    case 'host':
      return toHost(scene, address, target);
    case 'address':
      return toAddress(scene, address, target);
    case 'object':
      return target.resource.service
        ? toService(scene, address, target.resource, target)
        : toPods(scene, address, target.resource, target.pod, target);
  }
}

/** The hops of a request that an Ingress or Gateway takes; none where nothing here does. */
export function byRoute(scene: Scene, address: Address | undefined, request: WebRequest): Hop[] {
  const routed = routeRequest(scene, request);
  if (!routed) return [];
  const controller = controllerAmong(scene.resources, routed.by);
  const entries = controller ? servicesOf(scene, controller) : [];
  const [entry] = entries.filter(({ service }) => service?.type !== 'ClusterIP');
  const client = entry ? clientOf(entry, address) : addressOther(address?.text);
  const sources = controller ? podsEnds(scene, controller, undefined) : [];
  const port = request.port ?? (request.scheme === 'https' ? 443 : 80);
  const guarded = sources.filter((source) => scene.evaluation().applied(source, 'ingress').length > 0);
  const connecting: Connecting = controller
    ? { type: 'pods', workload: controller, pod: undefined }
    : { type: 'other', other: controllerElsewhere(scene, routed.by), transport: arriving(scene, 'the controller') };
  const addresses = routed.by.gateway?.type === 'gateway' ? routed.by.gateway.gateway.addresses : [];
  const elsewhere = routed.by.gateway
    ? addresses.length > 0
      ? listed(addresses.map(({ text }) => text))
      : `the address that ${nameOf(routed.by, scene.namespace)} is given`
    : 'a controller that is not among these manifests';
  const usual = controller ? undefined : usualController(routed.by);
  const here = controller ? nameOf(controller, scene.namespace) : elsewhere;
  return [
    {
      step: 'dns',
      title: `${request.host} is looked up outside of the cluster; it must lead to ${entry ? nameOf(entry, scene.namespace) : here}`,
      verdict: 'ok',
      at: undefined,
      detail: usual && `it is taken for the one that its chart installs into namespace ${usual.namespace}`,
    },
    ...(entry ? entryHops(scene, entry, { port, protocol: 'TCP' }, address) : []),
    ...(entry && guarded.length > 0
      ? throughService(scene, entry, { port, protocol: 'TCP' }).endpoints.flatMap((end) =>
          guarded.map((source) => policyHop(scene, source, 'ingress', client, end.protocol, end.port)),
        )
      : []),
    ...routed.hops,
    ...routed.ends.flatMap(({ service, ...wanted }) => {
      const reached = throughService(scene, service, wanted);
      return [...reached.hops, ...connect(scene, connecting, reached.endpoints)];
    }),
  ];
}

function toHost(scene: Scene, address: Address | undefined, target: Extract<Target, { type: 'host' }>): Hop[] {
  const { host, path, scheme, port } = target;
  if (labelsBelow(host.replace(/\.$/, ''), scene.domain))
    return [lost('dns', `${host} is a name of the cluster, which nobody outside of it can look up`)];
  const balanced = scene.resources.find((item) => item.service && isNamed(item, item.service, host));
  if (balanced) {
    const title = `${host} leads to ${nameOf(balanced, scene.namespace)}`;
    return [{ step: 'dns', title, verdict: 'ok', at: balanced.nameAt }, ...toService(scene, address, balanced, target)];
  }
  const request = { host: host.replace(/\.$/, ''), path, scheme, port: typeof port === 'number' ? port : undefined };
  const hops = byRoute(scene, address, request);
  if (hops.length > 0) return hops;
  const reasons = unanswered(scene, request);
  if (reasons.length > 0) return reasons;
  const [name, home = scene.namespace] = request.host.split('.');
  const meant = scene.resources.find(
    (item) => item.service && item.names.name?.text === name && homeOf(scene, item) === home,
  );
  if (meant && request.host.split('.').length <= 2) {
    const title = `${host} names ${nameOf(meant, scene.namespace)} within the cluster only: nobody outside can look it up`;
    return [
      lost(
        'dns',
        title,
        `ask for ${home}/${name}${port === undefined ? '' : `:${port}`} to enter by its node ports or load balancer`,
      ),
    ];
  }
  const known = knownHosts(scene);
  const where = typeof port === 'number' ? ` on port ${port}` : '';
  return [
    lost(
      'dns',
      `nothing here answers for ${host}${where}: no Ingress, Gateway or load balancer does`,
      known.length > 0 ? `hosts that have routes: ${listed(known)}` : undefined,
    ),
  ];
}

/** A load balancer has this name, or external-dns is asked to give it. */
function isNamed(service: Resource, { externalAddresses }: ServiceFacts, host: string): boolean {
  const names = annotation(service, 'external-dns.alpha.kubernetes.io/hostname')?.text.split(',') ?? [];
  return [...externalAddresses.map(({ text }) => text), ...names].some((name) => name.trim().toLowerCase() === host);
}

function toAddress(scene: Scene, from: Address | undefined, target: Extract<Target, { type: 'address' }>): Hop[] {
  const { address, port, path, scheme } = target;
  const pod = podAt(scene, address);
  if (pod) return toPods(scene, from, pod, pod.name, target);
  const service = serviceAt(scene, address);
  if (service) return toService(scene, from, service, target);
  const nodePort = isLoopback(address)
    ? undefined
    : scene.resources.find(({ service: facts }) => facts && chooseNodePort(facts, target));
  if (nodePort) return toService(scene, from, nodePort, target);
  const number = typeof port === 'number' ? port : undefined;
  const hops = byRoute(scene, from, { host: address.text, path, scheme, port: number });
  return hops.length > 0
    ? hops
    : [lost('endpoint', `${address.text} is no address of a pod, Service or load balancer here`)];
}

/** The Service that has an address, inside or outside of the cluster. */
export function serviceAt({ resources }: Scene, { text }: Address): Resource | undefined {
  return resources.find(({ service }) =>
    [...(service?.clusterIPs ?? []), ...(service?.externalAddresses ?? [])].some(
      (item) => parseAddress(item.text)?.text === text,
    ),
  );
}

function toService(scene: Scene, address: Address | undefined, service: Resource, wanted: WantedPort): Hop[] {
  const facts = service.service;
  if (!facts) return [];
  const name = nameOf(service, scene.namespace);
  const isOpen = facts.type === 'NodePort' || facts.type === 'LoadBalancer' || facts.externalAddresses.length > 0;
  if (!isOpen) {
    const routes = routesTo(scene, service).map((item) => nameOf(item, scene.namespace));
    const detail = routes.length > 0 ? `${listed(routes)} leads to it: trace to the host` : undefined;
    return [
      lost(
        'service',
        `${name} is of type ${facts.type}, which nothing outside of the cluster reaches`,
        detail,
        service,
      ),
    ];
  }
  const asNode = chooseNodePort(facts, wanted);
  const inside = asNode ? { port: Number(asNode.port?.value), protocol: asNode.protocol } : wanted;
  const reached = throughService(scene, service, inside);
  const isLocal = facts.externalTrafficPolicy?.text === 'Local';
  const transport = arriving(scene, isLocal ? 'a node that has such a pod' : 'any node');
  const connecting: Connecting = { type: 'other', other: clientOf(service, address), transport };
  return [
    ...entryHops(scene, service, inside, address, asNode !== undefined),
    ...reached.hops,
    ...connect(scene, connecting, reached.endpoints),
  ];
}

/** Pods have addresses of the cluster's own, unless they are in the network of their node or take a port of it. */
function toPods(
  scene: Scene,
  address: Address | undefined,
  workload: Resource,
  pod: string | undefined,
  wanted: WantedPort,
): Hop[] {
  const name = nameOf(workload, scene.namespace);
  const containers = workload.pods?.containers ?? [];
  const host = containers
    .flatMap(({ ports }) => ports)
    .find(({ hostPort }) => hostPort && hostPort.value === wanted.port);
  const inside = host ? { port: Number(host.number?.value), protocol: host.protocol } : wanted;
  const end = podPortOf(workload, pod, inside);
  if (!end) return [portless(scene, workload, wanted)];
  const onNode = host ?? workload.pods?.hostNetwork;
  if (!onNode && !(address && isPrivate(address)))
    return [
      lost(
        'transport',
        `the internet reaches no addresses of pods; ${name} needs an Ingress, a Gateway or a load balancer`,
        undefined,
        workload,
      ),
    ];
  const from = address?.text ?? 'outside';
  const connecting: Connecting = {
    type: 'other',
    other: clientOther(scene, address?.text),
    transport: onNode ? toNode(from, workload) : arriving(scene, from),
  };
  const hops = [...ends(scene, [end]).hops, ...connect(scene, connecting, [end])];
  if (!onNode) return hops;
  const title = host
    ? `port ${host.hostPort?.text ?? '?'} of the node leads to port ${host.number?.text ?? '?'} of ${name} (hostPort)`
    : `${name} listens on the address of its node (hostNetwork)`;
  return [{ step: 'node-port', title, verdict: 'ok', at: host?.hostPort?.origin ?? workload.nameAt }, ...hops];
}

function servicesOf({ links }: Scene, workload: Resource): Resource[] {
  return links.selectedBy(workload).flatMap(({ from }) => (from.service ? [from] : []));
}

function lost(step: Hop['step'], title: string, detail?: string, of?: Resource): Hop {
  return { step, title, verdict: 'unresolved', at: of?.nameAt, detail };
}
