/** Ports of rules that let traffic through, which are closed by another number. */
import type { Resource, Snapshot } from '../../server/src/core/index';
import { callersOf, endpointsOf } from '../../server/src/core/index';
import { service as serviceKind } from '../../server/src/core/kinds/service';
import { tableOf } from '../../server/src/core/kinds/table';
import { callVerdict } from '../../server/src/core/network/policy/call-verdicts';
import { enteredBackends } from '../../server/src/core/network/policy/entry-verdicts';
import type { PolicyPort } from '../../server/src/core/policy-facts';
import type { Break } from './breaks';

/** The rules that these breaks must wake. */
export const trafficKinds = ['address-blocked', 'policy-blocks-route'] as const;

/** A port that nothing here has. */
const CLOSED = '5399';

/** Of more pods than this the first ones will do. */
const MOST = 3;

/** The breaks of a policy by which a call or a route no longer arrives. */
export function trafficBreaks(snapshot: Snapshot, policy: Resource): Break[] {
  const { policy: facts } = policy;
  const subject = facts?.subject?.pods;
  if (facts?.tier !== 'NetworkPolicy' || facts.unclear || policy.owned || !subject) return [];
  const workloads = snapshot.links.select(policy, subject).to.slice(0, MOST);
  const ports = (facts.ingress?.rules ?? []).flatMap((rule) => rule.ports ?? []);
  return ports.flatMap((port) =>
    workloads.flatMap((workload) => [
      ...calls(snapshot, policy, port, workload),
      ...routes(snapshot, policy, port, workload),
    ]),
  );
}

/** The ports of Services that lead to a port of a workload. */
function leadingTo({ links }: Snapshot, workload: Resource, { numbers, protocols }: PolicyPort) {
  return links.selectedBy(workload, [serviceKind]).flatMap(({ from: service }) =>
    service.service
      ? endpointsOf(service, service.service, links)
          .ports.filter(
            ({ port, backends }) =>
              protocols.includes(port.protocol) &&
              backends.some((item) => item.workload === workload && item.number === numbers?.first),
          )
          .map((endpoints) => ({ service, endpoints }))
      : [],
  );
}

function make(
  kind: Break['kind'],
  policy: Resource,
  port: PolicyPort,
  partners: readonly Resource[],
  excuse: Break['excuse'],
): Break[] {
  const { written, numbers } = port;
  return written?.origin.verbatim && written.origin.uri === policy.uri && numbers && numbers.first === numbers.last
    ? [{ kind, resource: policy, at: written, newText: CLOSED, partners, excuse }]
    : [];
}

/** The port as it is now called: its callers get through for certain. */
function calls(snapshot: Snapshot, policy: Resource, port: PolicyPort, workload: Resource): Break[] {
  const { links } = snapshot;
  const { clusterDomain } = snapshot.settingsOf(policy.uri);
  const callers = leadingTo(snapshot, workload, port)
    .flatMap(({ service }) => callersOf(service, links, clusterDomain))
    .filter(({ workload: caller, call }) => {
      const { allowed, verdict } = callVerdict(links, caller, call);
      return allowed === true && verdict?.ingress.decision.by === 'rule' && verdict.ingress.decision.policy === policy;
    });
  const [first] = callers;
  if (!first) return [];
  const partners = [workload, ...callers.flatMap(({ workload: caller, call }) => [caller, call.from])];
  return make('address-blocked', policy, port, partners, (now) => {
    const caller = now.file(first.workload.uri)?.resources[first.workload.index];
    const again =
      caller &&
      callersOf(serviceNow(now, first.call.services[0]), now.links, clusterDomain).find(
        (item) => item.workload === caller,
      );
    return !again || callVerdict(now.links, again.workload, again.call).allowed !== false
      ? 'another rule lets it through, or what decides is not here'
      : undefined;
  });
}

/** The port as it is now reached by an Ingress or route, or from a node. */
function routes(snapshot: Snapshot, policy: Resource, port: PolicyPort, workload: Resource): Break[] {
  const { links } = snapshot;
  return leadingTo(snapshot, workload, port).flatMap(({ service, endpoints }) => {
    const by = links
      .referrers(service)
      .find(
        ({ from, reference }) => reference.role === 'routes' && tableOf(from)?.layer === 'edge' && !from.owned,
      )?.from;
    if (!by || enteredBackends(links, endpoints, by).some(({ verdict }) => verdict.allowed !== true)) return [];
    return make('policy-blocks-route', policy, port, [workload, service, by], (now) => {
      const again = serviceNow(now, service);
      const open = again.service
        ? endpointsOf(again, again.service, now.links).ports.flatMap((item) => enteredBackends(now.links, item, by))
        : [];
      return open.every(({ verdict }) => verdict.allowed !== false) ? 'another rule or policy lets it in' : undefined;
    });
  });
}

function serviceNow(now: Snapshot, before: Resource | undefined): Resource {
  const found = before && now.file(before.uri)?.resources[before.index];
  if (!found) throw new Error('the break took a Service away');
  return found;
}
