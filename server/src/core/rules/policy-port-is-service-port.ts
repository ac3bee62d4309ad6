import type { Draft } from '../finding';
import { list, say } from '../finding';
import { service as serviceKind } from '../kinds/service';
import type { Links } from '../links';
import { podPort } from '../network/endpoints';
import type { Protocol } from '../ports';
import type { Resource, ServicePort } from '../resource';
import { defineRule } from './define';
import type { RulePort } from './shared/policy-pods';
import { rulePorts } from './shared/policy-pods';
import { declaredPorts } from './shared/selected-ports';
import { mention, named, replaceNumber } from './shared/words';

/** A Service port that the pods of a workload answer on another port. */
interface Translated {
  readonly service: Resource;
  readonly port: ServicePort;
  readonly number: number;
}

/** Policies are held where packets arrive at pods, when the port of the Service is translated already (network policy recipe 09). */
export const policyPortIsServicePort = defineRule({
  id: 'policy-port-is-service-port',
  summary: 'A policy names the port of a Service where the pods listen on another port',
  levels: ['warning'],
  about: ['policy'],
  *linked(resource, links) {
    for (const item of rulePorts(resource, links)) {
      const draft = judge(item, links);
      if (draft) yield draft;
    }
  },
});

function judge({ rule, port, destinations }: RulePort, links: Links): Draft | undefined {
  const { written, numbers, protocols } = port;
  const [protocol] = protocols;
  if (!written || !protocol || numbers?.first !== numbers?.last || numbers === undefined) return undefined;
  const wanted = numbers.first;
  const found: Translated[] = [];
  for (const workload of destinations) {
    const translated = translations(workload, protocol, wanted, links);
    // Its pods may listen there, whatever the Services say.
    if (translated === undefined || (translated.length === 0 && declaredPorts(workload).length === 0)) return undefined;
    found.push(...translated);
  }
  const pods = [...new Set(found.map(({ number }) => number))];
  const [first] = found;
  if (!first || pods.every((number) => isOpen(rule.ports ?? [], protocol, number))) return undefined;
  return {
    level: 'warning',
    at: written.origin,
    path: `${port.path}.port`,
    message: say`${wanted} is the port of ${named(first.service)}, but policies see the port of the pods, which is ${list(pods.map((number) => [String(number)]))}: ${list(destinations.slice(0, 3).map(named))} ${destinations.length === 1 ? 'has' : 'have'} no port ${wanted}`,
    related: [
      { at: first.port.targetPort?.origin ?? first.port.at, message: say`the port that the Service leads to` },
      ...destinations.slice(0, 2).map(mention),
    ],
    fixes: pods.flatMap((number) => replaceNumber(`Use the pod port ${number}`, written, number)),
  };
}

/** The Services that lead this port of theirs to another one of the pods; undefined where the pods have the port itself. */
function translations(
  workload: Resource,
  protocol: Protocol,
  wanted: number,
  links: Links,
): readonly Translated[] | undefined {
  const { pods } = workload;
  if (!pods || declaredPorts(workload).some((item) => item.number?.value === wanted && item.protocol === protocol))
    return undefined;
  const found: Translated[] = [];
  for (const { from } of links.selectedBy(workload, [serviceKind]))
    for (const port of from.service?.ports ?? []) {
      const number = port.protocol === protocol ? podPort(pods, port)?.number : undefined;
      if (number === wanted) return undefined;
      if (number !== undefined && port.port?.value === wanted) found.push({ service: from, port, number });
    }
  return found;
}

function isOpen(ports: readonly RulePort['port'][], protocol: Protocol, number: number): boolean {
  return ports.some(
    ({ numbers, protocols }) =>
      numbers !== undefined && protocols.includes(protocol) && numbers.first <= number && number <= numbers.last,
  );
}
