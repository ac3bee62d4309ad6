/** Fixes that let the outside world come to pods: by the controller of an Ingress or route, or straight. */
import type { Fix } from '../../finding';
import type { Links } from '../../links';
import { usualNamespace } from '../../network/controllers';
import type { Backend, PortEndpoints } from '../../network/endpoints';
import type { EntryVerdict } from '../../network/policy/entry-verdicts';
import { controllersOf, gatewayNamespaces } from '../../network/policy/entry-verdicts';
import { namespaceNameLabel } from '../../network/policy/meaning';
import { peerLabels } from '../../network/policy/own-policy';
import type { Resource } from '../../resource';
import { nodePeers, podsPeer } from './add-policy-rule';
import type { Written } from './list-edits';
import { openWay } from './open-way';
import { kindAndName } from './words';

/** Whom a fix lets in. */
export interface Guest {
  readonly title: string;
  /** None: everybody. */
  readonly peers: readonly Written[] | undefined;
  readonly why: string;
}

/** More controllers than this are not offered one by one. */
const MAX_CONTROLLERS = 3;

/** `route`: the Ingress or route whose controller comes; undefined where traffic comes straight from outside. */
export function entryFixes(
  { port: { protocol } }: PortEndpoints,
  { workload, number }: Backend,
  { decision }: EntryVerdict,
  route: Resource | undefined,
  links: Links,
): Fix[] {
  const guests = route ? senders(route, workload, links) : [];
  const everybody: Guest = { title: `Open port ${number} to everybody`, peers: undefined, why: 'from-everybody' };
  // Who wants one controller to come is never led to open the port to all, for want of anything else.
  const offered = route && guests.length === 0 ? [] : [...guests, everybody];
  return offered.flatMap(({ title, peers, why }) => {
    const rule: Written = { ...(peers ? { from: peers } : {}), ports: [{ protocol, port: number }] };
    const edits = openWay({ workload, direction: 'ingress', decision, rule, why }, links);
    return edits ? [{ title, edits }] : [];
  });
}

/** The controllers that are here, else the namespace that the one elsewhere is in for all that is known. */
export function senders(route: Resource, workload: Resource, links: Links): Guest[] {
  const controllers = controllersOf(links, route);
  if (controllers.length > 0)
    return controllers.slice(0, MAX_CONTROLLERS).flatMap((item) => guest(item, workload, links));
  const home = usualNamespace(route);
  return (home === undefined ? gatewayNamespaces(route) : [home]).map((name) => ({
    title: `Let in namespace ${name}`,
    peers: [{ namespaceSelector: { matchLabels: { [namespaceNameLabel]: name } } }],
    why: `from-${name}`,
  }));
}

function guest(controller: Resource, workload: Resource, links: Links): Guest[] {
  const why = `from-${controller.name ?? 'controller'}`;
  if (controller.pods?.hostNetwork) {
    const peers = nodePeers(controller, links);
    return peers.length === 0 ? [] : [{ title: `Let in the nodes of ${kindAndName(controller)}`, peers, why }];
  }
  const peer = podsPeer(workload, controller, peerLabels(links, controller));
  return peer === undefined ? [] : [{ title: `Let in ${kindAndName(controller)}`, peers: [peer], why }];
}
