/** Connections of a pod: names and addresses, Services, other pods, and what is outside. */
import type { Address } from '../../cidr';
import { isLoopback } from '../../cidr';
import { includes } from '../../ranges';
import type { Resource } from '../../resource';
import type { DeclaredRange } from '../cluster';
import { nodeAddresses } from '../machines';
import { isWhole } from '../policy/meaning';
import { connect } from './connect';
import { containerHop } from './container';
import type { ElsewhereService } from './elsewhere';
import { foundElsewhere, outToElsewhere, serviceElsewhere } from './elsewhere';
import { addressEndpoint, chooseNodePort, ends, throughService } from './endpoints';
import type { Target } from './ends';
import type { WantedPort } from './written-ends';
import { podAt } from './ends';
import { byRoute, serviceAt } from './from-outside';
import type { Hop } from './hop';
import { nameOf } from './hop';
import { dnsServerHops, lookUp } from './names';
import type { Other } from './others';
import { internet } from './others';
import { podPortOf, portless } from './pod-port';
import { policyHop } from './policies';
import type { Scene } from './scene';
import { podsEnds } from './scene';
import { leaving, withinPod } from './transport';

export interface Caller {
  readonly workload: Resource;
  readonly pod: string | undefined;
}

/** What clients take when nothing says a port. */
const HTTPS = 443;

export function fromPods(scene: Scene, caller: Caller, target: Target): Hop[] {
  switch (target.type) {
    case 'host':
      return toHost(scene, caller, target);
    case 'address':
      return toAddress(scene, caller, target.address, target);
    case 'object':
      return target.resource.service
        ? toService(scene, caller, target.resource, target, undefined)
        : toPods(scene, caller, target.resource, target.pod, target);
  }
}

function toHost(scene: Scene, caller: Caller, target: Extract<Target, { type: 'host' }>): Hop[] {
  const asked = dnsServerHops(scene, caller.workload, target);
  if (asked) return asked;
  const { hop, to } = lookUp(scene, caller.workload, target.host);
  const elsewhere =
    to.type === 'outside' || to.type === 'nowhere' ? serviceElsewhere(scene, caller.workload, target.host) : undefined;
  if (elsewhere) return [foundElsewhere(hop, target.host, elsewhere), ...toElsewhere(scene, caller, elsewhere, target)];
  switch (to.type) {
    case 'nowhere':
      return [hop];
    case 'self':
      return [hop, ...toSelf(scene, caller, target)];
    case 'service':
      return [hop, ...toService(scene, caller, to.service, target, to.pod)];
    case 'address':
      return [hop, ...toAddress(scene, caller, to.address, target)];
    case 'api-server':
      return [hop, ...toApiServer(scene, caller, target)];
    case 'outside': {
      const { path, scheme, port } = target;
      const request = { host: to.name, path, scheme, port: typeof port === 'number' ? port : undefined };
      const back = /[a-z]/i.test(to.name) && to.name.includes('.') ? byRoute(scene, undefined, request) : [];
      return [
        hop,
        ...out(scene, caller, { ...internet, name: to.name, hidden: `the address of ${to.name}` }, target),
        ...back.slice(1),
      ];
    }
  }
}

function toElsewhere(scene: Scene, { workload, pod }: Caller, service: ElsewhereService, wanted: WantedPort): Hop[] {
  const { port = HTTPS, protocol = 'TCP' } = wanted;
  if (typeof port === 'string') return [numberless(`Service ${service.name}`, port)];
  return outToElsewhere(scene, workload, pod, service, protocol, port);
}

/** It runs on nodes of the control plane, whose addresses no manifest shows. */
const apiServer: Other = {
  ...internet,
  type: 'open',
  name: 'the API server',
  hidden: 'the address of the API server, which no manifest here tells',
  means: (peer) => (peer.type === 'pods' ? 'no' : peer.type === 'block' && isWhole(peer) ? 'yes' : 'maybe'),
};

/** The port of the API server itself; some managed clusters have 443. */
const API_SERVER = 6443;

/** Policies see the port behind its Service. */
function toApiServer(scene: Scene, caller: Caller, wanted: WantedPort): Hop[] {
  const hops = out(scene, caller, apiServer, { ...wanted, port: API_SERVER });
  const asCalled = out(scene, caller, apiServer, wanted);
  return hops.map((hop, index) => {
    const other = asCalled[index];
    if (!other || other.verdict === hop.verdict) return hop;
    const open = other.verdict === 'ok' ? other : hop;
    return {
      ...open,
      verdict: 'unresolved',
      detail: `it depends on the port of the API server, which policies see in place of that of its Service: mostly ${API_SERVER}, in some clusters ${HTTPS}`,
    };
  });
}

/** An address of the cluster that nothing here has. */
function clusterRange(scene: Scene, { text, point }: Address): Hop | undefined {
  const { services, pods } = scene.network();
  const holds = ({ range: { range } }: DeclaredRange) => range !== undefined && includes([range], point);
  const lost = (what: string, { range }: DeclaredRange, advice: string): Hop => ({
    step: 'endpoint',
    title: `${text} is in the range of ${what}, ${range.text.text}, and none here has it`,
    verdict: 'unresolved',
    at: range.text.origin,
    detail: advice,
  });
  const service = services.find(holds);
  if (service) return lost('Services', service, 'policies are asked about the pods behind it: trace to its Service');
  const pod = pods.find(holds);
  return pod && lost('pods', pod, 'policies know it by the labels of its pod: trace to that');
}

function toAddress(scene: Scene, caller: Caller, address: Address, wanted: WantedPort): Hop[] {
  if (isLoopback(address)) return toSelf(scene, caller, wanted);
  const pod = podAt(scene, address);
  if (pod) return toPods(scene, caller, pod, pod.name, wanted);
  const service = serviceAt(scene, address);
  if (service) return toService(scene, caller, service, wanted, undefined);
  const node = nodeAddresses(scene.network()).find((item) => item.address.text === address.text);
  const byNode = node && scene.resources.find(({ service: facts }) => facts && chooseNodePort(facts, wanted));
  const nodePort = byNode?.service && chooseNodePort(byNode.service, wanted);
  if (node && byNode && nodePort)
    return [
      {
        step: 'node-port',
        title: `port ${nodePort.nodePort?.text ?? '?'} of Node ${node.node.name ?? '?'} leads to ${nameOf(byNode, scene.namespace)} port ${nodePort.port?.text ?? '?'}`,
        verdict: 'ok',
        at: nodePort.nodePort?.origin,
      },
      ...toService(
        scene,
        caller,
        byNode,
        { port: Number(nodePort.port?.value), protocol: nodePort.protocol },
        undefined,
      ),
    ];
  if (typeof wanted.port === 'string') return [numberless(address.text, wanted.port)];
  const range = clusterRange(scene, address);
  if (range) return [range];
  const port = wanted.port ?? HTTPS;
  return connect(scene, { type: 'pods', ...caller }, [
    addressEndpoint(scene, address.text, port, wanted.protocol ?? 'TCP'),
  ]);
}

function toService(
  scene: Scene,
  caller: Caller,
  service: Resource,
  wanted: WantedPort,
  pod: string | undefined,
): Hop[] {
  const name = service.service?.type === 'ExternalName' ? service.service.externalName : undefined;
  if (name)
    return [
      {
        step: 'service',
        title: `${nameOf(service, scene.namespace)} is another name for ${name.text}`,
        verdict: 'ok',
        at: name.origin,
      },
      ...toHost(scene, caller, { ...wanted, type: 'host', host: `${name.text}.`, scheme: undefined, path: '/' }),
    ];
  const { hops, endpoints } = throughService(scene, service, wanted, pod);
  return [...hops, ...connect(scene, { type: 'pods', ...caller }, endpoints)];
}

function toPods(scene: Scene, caller: Caller, workload: Resource, pod: string | undefined, wanted: WantedPort): Hop[] {
  const end = podPortOf(workload, pod, wanted);
  if (!end) return [portless(scene, workload, wanted)];
  return [...ends(scene, [end]).hops, ...connect(scene, { type: 'pods', ...caller }, [end])];
}

function toSelf(scene: Scene, { workload, pod }: Caller, wanted: WantedPort): Hop[] {
  const end = podPortOf(workload, pod, wanted);
  return end ? [withinPod(workload, scene), ...containerHop(end, scene)] : [portless(scene, workload, wanted)];
}

/** Out of the cluster, to an address that nothing here tells. */
function out(scene: Scene, { workload, pod }: Caller, other: Other, wanted: WantedPort): Hop[] {
  if (typeof wanted.port === 'string') return [numberless(other.name, wanted.port)];
  const port = wanted.port ?? HTTPS;
  return [
    ...podsEnds(scene, workload, pod).map((source) =>
      policyHop(scene, source, 'egress', other, wanted.protocol ?? 'TCP', port),
    ),
    leaving(scene, workload),
  ];
}

/** Names of ports are those of Services and containers, and this end is neither. */
function numberless(of: string, port: string): Hop {
  return {
    step: 'endpoint',
    title: `port ${port} of ${of} is no number: only Services and containers have names of ports`,
    verdict: 'unresolved',
    at: undefined,
    detail: `write the number: ${of}:443`,
  };
}
