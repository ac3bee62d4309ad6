import type { Draft, Related, Text } from '../finding';
import { list, say } from '../finding';
import type { Links } from '../links';
import type { Call } from '../network/calls';
import { callText, readersOf } from '../network/calls';
import type { Destination, Judged, PodsDestination } from '../network/policy/call-verdicts';
import { callVerdict, destinationVerdict } from '../network/policy/call-verdicts';
import type { LinkedSide } from '../network/policy/verdicts';
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
  const opened = openedServicePort(caller, call, destination, links);
  const words: Text =
    opened === undefined
      ? []
      : say`; they let ${opened} through, the port of the Service, but see the one behind it, which is ${port}`;
  const reasons: Text[] = [];
  if (egress.allowed === false)
    reasons.push(say`on the way out ${whoDenies(egress.decision, 'egress')}${isPods ? nodeWords([behind]) : []}`);
  if (ingress.allowed === false)
    reasons.push(say`on the way in ${whoDenies(ingress.decision, 'ingress')}${nodeWords([caller])}`);
  return {
    level: 'warning',
    at: call.address.host.origin,
    path: call.reference.path,
    message:
      failing > 0
        ? say`policies keep ${kindAndName(caller)} from some ${isPods ? 'pods' : 'addresses'} of ${named(service)}, which ${callText(call)} means (${end}, port ${port}/${protocol}${failing > 1 ? `, and ${failing - 1} more` : ''}), so that a part of the connections fails: ${list(reasons)}${words}`
        : say`policies keep ${kindAndName(caller)} from ${named(service)}, which ${callText(call)} means (${end}, port ${port}/${protocol}): ${list(reasons)}${words}`,
    related: [
      ...(egress.allowed === false ? decidingLine(egress.decision, 'egress') : []),
      ...(ingress.allowed === false ? decidingLine(ingress.decision, 'ingress') : []),
      ...(opened === undefined ? [] : [egress, ingress].flatMap((side) => writtenPorts(side, opened))),
      mention(behind),
    ],
    fixes: allowConnection(caller, destination, verdict, links),
  };
}

/** The port of the Service, if policies let that through and it is another one behind the Service. */
function openedServicePort(caller: Resource, call: Call, destination: Destination, links: Links): number | undefined {
  const number = call.ports[call.services.indexOf(destination.service)]?.number;
  if (number === undefined || number === destination.port) return undefined;
  return destinationVerdict(links, caller, destination, number).allowed === true ? number : undefined;
}

/** Where the policies that deny one side write a port. */
function writtenPorts({ allowed, decision }: LinkedSide, number: number): Related[] {
  if (allowed !== false || decision.by !== 'isolation') return [];
  const rules = decision.policies.flatMap(({ policy }) =>
    [policy?.egress, policy?.ingress].flatMap((said) => said?.rules ?? []),
  );
  return rules
    .flatMap(({ ports }) => ports ?? [])
    .flatMap(({ written }) => (written?.value === number ? [written] : []))
    .slice(0, 2)
    .map(({ origin }) => ({ at: origin, message: say`the port of the Service, where policies see the one behind it` }));
}

function podWords({ workload, pod }: PodsDestination): string {
  const number = pod?.pods?.numbered?.start;
  return number === undefined
    ? kindAndName(workload)
    : `pod ${workload.name ?? ''}-${number} of ${kindAndName(workload)}`;
}
