/** Services of namespaces that are not among the manifests, by their names. */
import type { PolicyFacts, PolicyPeer } from '../../policy-facts';
import type { Protocol } from '../../ports';
import type { Resource } from '../../resource';
import { classifyName } from '../dns-names';
import { resolverOf } from '../dns-search';
import type { Certainty } from '../policy/meaning';
import { isWhole, meansNamespace, namespaceNameLabel, strongest } from '../policy/meaning';
import type { Hop } from './hop';
import type { Other } from './others';
import { policyHop } from './policies';
import type { Scene } from './scene';
import { homeOf, podsEnds } from './scene';

/** A Service and its namespace. */
export interface ElsewhereService {
  readonly name: string;
  readonly namespace: string;
  /** A policy speaks of the namespace, so that its name is no slip. */
  readonly known: boolean;
}

/**
 * The Service that a host names in a namespace of which nothing is here. `otel.observability` is one where a policy knows
 * the namespace by its name; it may be a name of the internet otherwise.
 */
export function serviceElsewhere(scene: Scene, workload: Resource, host: string): ElsewhereService | undefined {
  const found = classifyName(host, scene.domain);
  if (found.form !== 'service' || found.namespace === undefined) return undefined;
  const { namespace, service: name, tail } = found;
  if (scene.zone().namespaces.includes(namespace)) return undefined;
  if (resolverOf(workload.pods, homeOf(scene, workload), scene.domain).server !== 'cluster') return undefined;
  const known = scene.resources.some(({ policy }) => policy && peersOf(policy).some(names(namespace)));
  return known || tail === 'svc' || tail === 'domain' ? { name, namespace, known } : undefined;
}

/** The hop of a name that leads there, in place of one that found nothing. */
export function foundElsewhere(hop: Hop, host: string, { name, namespace, known }: ElsewhereService): Hop {
  if (hop.verdict === 'denied') return hop;
  return {
    step: 'dns',
    title: `${host} is Service ${name} of namespace ${namespace}, which is not among these manifests`,
    verdict: known ? 'ok' : 'unresolved',
    at: hop.at,
  };
}

/** What the policies about a workload say of its way to such a Service, on a port of that. */
export function outToElsewhere(
  scene: Scene,
  workload: Resource,
  pod: string | undefined,
  { name, namespace }: ElsewhereService,
  protocol: Protocol,
  port: number,
): Hop[] {
  const pods = `the pods of Service ${name} of namespace ${namespace}`;
  const other: Other & { readonly type: 'open' } = {
    type: 'open',
    name: pods,
    hidden: `the labels and addresses of ${pods}, which no manifest here tells`,
    allowed: { type: 'namespace', name: namespace },
    means: (peer, policy) => meansElsewhere(scene, peer, policy, namespace, workload),
  };
  return podsEnds(scene, workload, pod).map((source) => {
    const hop = policyHop(scene, source, 'egress', other, protocol, port);
    const admits = scene
      .evaluation()
      .applied(source, 'egress')
      .some(({ policy, direction }) =>
        direction.rules.some(
          ({ action, peers }) =>
            action !== 'Deny' && (!peers || peers.some((peer) => other.means(peer, policy) !== 'no')),
        ),
      );
    if (hop.verdict !== 'denied' || !admits) return hop;
    return {
      ...hop,
      verdict: 'unresolved',
      detail: `it depends on the port of ${pods}, which policies see in place of port ${port} of the Service`,
    };
  });
}

function meansElsewhere(
  { links }: Scene,
  peer: PolicyPeer,
  policy: Resource,
  namespace: string,
  near: Resource,
): Certainty {
  if (peer.type === 'block') return isWhole(peer) ? 'yes' : 'maybe';
  if (peer.type !== 'pods') return 'maybe';
  const { pods } = peer;
  const chosen: Certainty =
    pods === undefined
      ? 'yes'
      : pods.selector === 'nothing'
        ? 'no'
        : pods.unknown || pods.selector.requirements.length > 0
          ? 'maybe'
          : 'yes';
  return strongest([chosen, meansNamespace(links, peer, policy, namespace, near)]);
}

function peersOf({ ingress, egress }: PolicyFacts): PolicyPeer[] {
  return [ingress, egress].flatMap((direction) => direction?.rules.flatMap(({ peers }) => peers ?? []) ?? []);
}

/** A peer names the namespace. */
const names = (namespace: string) => (peer: PolicyPeer) =>
  peer.type === 'pods' &&
  peer.namespaces !== 'own' &&
  peer.namespaces.selector !== 'nothing' &&
  peer.namespaces.selector.requirements.some(
    ({ key, operator, values }) => key === namespaceNameLabel && operator === 'In' && values.includes(namespace),
  );
