/** What stands in front of a Service for clients outside: its load balancer, the port of each node, and whom pods see. */
import type { Address } from '../../cidr';
import { parseCidr, singleBlock } from '../../cidr';
import { includes, rangesOf } from '../../ranges';
import type { Resource } from '../../resource';
import { annotation, sourceRangesAnnotation } from '../../resource';
import type { Scalar } from '../../value';
import { addressOther } from './known-ends';
import { choosePort } from './endpoints';
import type { Hop } from './hop';
import { listed, nameOf } from './hop';
import type { Other } from './others';
import { behindNode, holdsInternet } from './others';
import type { Scene } from './scene';
import type { WantedPort } from './written-ends';

/** Whom pods behind a node port or load balancer see. */
export function clientOf({ service }: Resource, address: Address | undefined): Other {
  const client = addressOther(address?.text);
  return service?.externalTrafficPolicy?.text === 'Local' ? client : behindNode(client);
}

/** The load balancer and the node port in front of a Service, for a client at an address or anywhere in the internet. */
export function entryHops(
  scene: Scene,
  service: Resource,
  wanted: WantedPort,
  client: Address | undefined,
  byNode = false,
): Hop[] {
  const facts = service.service;
  if (!facts) return [];
  const name = nameOf(service, scene.namespace);
  const found = choosePort(facts, wanted) ?? facts.ports[0];
  const number = found?.nodePort?.text;
  const isLocal = facts.externalTrafficPolicy?.text === 'Local';
  const at = facts.externalTrafficPolicy?.origin ?? found?.at ?? service.nameAt;
  const addresses = facts.externalAddresses.map(({ text }) => text);
  const node: Hop = {
    step: 'node-port',
    title: `${number === undefined ? 'a node port that the cluster chooses' : `port ${number} of each node`} leads to ${name} port ${found?.port?.text ?? '?'}`,
    verdict: 'ok',
    at: found?.nodePort?.origin ?? at,
    detail: isLocal
      ? 'externalTrafficPolicy Local: only nodes with such a pod answer, and pods see the address of the client'
      : 'externalTrafficPolicy Cluster: any node answers, and pods see the address of that node, not that of the client',
  };
  if (facts.type === 'NodePort' || byNode) return [node];
  const balancer: Hop = {
    step: 'load-balancer',
    title: `${facts.type === 'LoadBalancer' ? 'the load balancer' : 'an external IP'} of ${name} takes port ${found?.port?.text ?? '?'}`,
    verdict: 'ok',
    at: service.nameAt,
    detail: addresses.length > 0 ? `at ${listed(addresses)}` : 'its address is given when it runs',
  };
  if (facts.type !== 'LoadBalancer') return [balancer];
  return [balancer, ...admission(service, name, facts.sourceRanges, client), node];
}

/** Which clients the load balancer lets in, where that is written. */
function admission(service: Resource, name: string, written: readonly Scalar[], client: Address | undefined): Hop[] {
  const [first] = written;
  if (!first) return [];
  const ranges = rangesOf(written.flatMap(({ text }) => parseCidr(text.trim())?.range ?? []));
  const isIn = client ? (includes(ranges, client.point) ? 'yes' : 'no') : holdsInternet(ranges);
  const clients = listed(written.map(({ text }) => text.trim()));
  const at = first.origin;
  const step = 'load-balancer';
  const annotated = annotation(service, sourceRangesAnnotation)?.origin === at;
  const title = `${name} lets in ${clients} only (${annotated ? 'load-balancer-source-ranges' : 'loadBalancerSourceRanges'})`;
  if (isIn === 'yes') return [{ step, title, verdict: 'ok', at }];
  if (isIn === 'maybe')
    return [
      { step, title, verdict: 'unresolved', at, detail: 'it depends on the address of the client: trace from one' },
    ];
  const block = client ? singleBlock(client) : '0.0.0.0/0';
  return [
    {
      step,
      title: `${title}, and not ${client?.text ?? 'the internet'}`,
      verdict: 'denied',
      at,
      detail: `to let it through, add ${block} to ${annotated ? `the annotation ${sourceRangesAnnotation}` : 'spec.loadBalancerSourceRanges'} of ${name}`,
    },
  ];
}
