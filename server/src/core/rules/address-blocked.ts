import type { Draft, Text } from '../finding';
import { list, say } from '../finding';
import type { Links } from '../links';
import type { Call } from '../network/calls';
import { callText, readersOf } from '../network/calls';
import type { Destination, Judged, PodsDestination } from '../network/policy/call-verdicts';
import { callVerdict, destinationVerdict } from '../network/policy/call-verdicts';
import type { Resource } from '../resource';
import { defineRule } from './define';
import { allowConnection } from './shared/allow-connection';
import { decidingLine, nodeWords, whoDenies } from './shared/blocked';
import { judgedCalls } from './shared/judged-calls';
import { kindAndName, mention, named } from './shared/words';

/** Pods that are told to call what policies keep them from: the call ends in a timeout, and nothing says why. */
export const addressBlocked = defineRule({
  id: 'address-blocked',
  summary: 'Pods are told to call a Service that policies do not let them reach',
  levels: ['warning'],
  about: ['addresses'],
  *linked(resource, links, settings) {
    for (const call of judgedCalls(resource, links, settings)) {
      const draft = judge(resource, call, links);
      if (draft) yield draft;
    }
  },
});

function judge(resource: Resource, call: Call, links: Links): Draft | undefined {
  for (const caller of readersOf(resource, call.address, links)) {
    if (caller.owned) continue;
    const { allowed, destination, verdict, failing } = callVerdict(links, caller, call);
    const [part] = failing;
    if (part) return draft(caller, call, part, failing.length, links);
    if (allowed === false && destination && verdict) return draft(caller, call, { destination, verdict }, 0, links);
  }
  return undefined;
}

/** `failing`: how many of the workloads behind the Service are not reached, 0 for all. */
function draft(caller: Resource, call: Call, { destination, verdict }: Judged, failing: number, links: Links): Draft {
  const { service, port, protocol } = destination;
  const isPods = destination.type === 'pods';
  const behind = isPods ? destination.workload : destination.by;
  const end = isPods ? podWords(destination) : `address ${destination.address.text} of ${kindAndName(behind)}`;
  const { egress, ingress } = verdict;
  const reasons: Text[] = [];
  if (egress.allowed === false)
    reasons.push(
      say`on the way out ${whoDenies(egress.decision, 'egress')}${isPods ? nodeWords([behind]) : onServicePort(caller, call, destination, links)}`,
    );
  if (ingress.allowed === false)
    reasons.push(say`on the way in ${whoDenies(ingress.decision, 'ingress')}${nodeWords([caller])}`);
  return {
    level: 'warning',
    at: call.address.host.origin,
    path: call.reference.path,
    message:
      failing > 0
        ? say`policies keep ${kindAndName(caller)} from some ${isPods ? 'pods' : 'addresses'} of ${named(service)}, which ${callText(call)} means (${end}, port ${port}/${protocol}${failing > 1 ? `, and ${failing - 1} more` : ''}), so that a part of the connections fails: ${list(reasons)}`
        : say`policies keep ${kindAndName(caller)} from ${named(service)}, which ${callText(call)} means (${end}, port ${port}/${protocol}): ${list(reasons)}`,
    related: [
      ...(egress.allowed === false ? decidingLine(egress.decision, 'egress') : []),
      ...(ingress.allowed === false ? decidingLine(ingress.decision, 'ingress') : []),
      mention(behind),
    ],
    fixes: allowConnection(caller, destination, verdict, links),
  };
}

/** That policies let the port of the Service through, which is another one behind it. */
function onServicePort(caller: Resource, call: Call, destination: Destination, links: Links): Text {
  const number = call.ports[call.services.indexOf(destination.service)]?.number;
  if (number === undefined || number === destination.port) return [];
  return destinationVerdict(links, caller, destination, number).allowed === true
    ? say`; port ${number}, which is let through, is the Service's own: policies see the one behind it`
    : [];
}

function podWords({ workload, pod }: PodsDestination): string {
  const number = pod?.pods?.numbered?.start;
  return number === undefined
    ? kindAndName(workload)
    : `pod ${workload.name ?? ''}-${number} of ${kindAndName(workload)}`;
}
