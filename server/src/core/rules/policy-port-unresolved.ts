import type { Draft } from '../finding';
import { list, say } from '../finding';
import { service as serviceKind } from '../kinds/service';
import type { Links } from '../links';
import { isNear } from '../near';
import type { PolicyAction } from '../policy-facts';
import type { Resource } from '../resource';
import { isTemplated } from '../templated';
import { defineRule } from './define';
import type { RulePort } from './shared/policy-pods';
import { rulePorts } from './shared/policy-pods';
import { declaredPorts, portsText } from './shared/selected-ports';
import { named, replace } from './shared/words';

/** A name stands for the number that a container gives it, with the protocol of the rule; other pods are not meant (NetworkPolicyPort.port). */
export const policyPortUnresolved = defineRule({
  id: 'policy-port-unresolved',
  summary: 'A policy names a port that no pod it is about has',
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
  const { name, written, protocols } = port;
  if (name === undefined || !written || isTemplated(name)) return undefined;
  const declared = destinations.flatMap(declaredPorts);
  if (declared.some((item) => isTemplated(item.name?.text ?? ''))) return undefined;
  const alike = declared.filter((item) => item.name?.text === name);
  if (alike.some(({ protocol }) => protocols.includes(protocol))) return undefined;
  const [other] = alike;
  const shown = destinations.slice(0, 3);
  const declares = list(shown.map((workload) => say`${named(workload)} declares ${portsText(workload)}`));
  const names = new Set(declared.flatMap((item) => (protocols.includes(item.protocol) ? (item.name?.text ?? []) : [])));
  const near = [...names].filter((candidate) => isNear(name, candidate));
  const meant = near.length > 0 ? near : names.size === 1 ? [...names] : [];
  const fixes = other ? [] : meant.flatMap((candidate) => replace(`Change to ${candidate}`, written, candidate));
  return {
    level: 'warning',
    at: written.origin,
    path: `${port.path}.port`,
    message: other
      ? say`the container port ${name} is ${other.protocol}, but the rule is for ${protocols.join(', ')}, so it ${verbs[rule.action]} nothing: ${declares}`
      : say`no pod that is meant has a container port named ${name}, so the rule ${verbs[rule.action]} nothing: ${declares}${ofService(name, destinations, links)}`,
    related: shown.map((workload) => ({
      at: declaredPorts(workload)[0]?.at ?? workload.nameAt,
      message: say`${named(workload)} declares ${portsText(workload)}`,
    })),
    fixes,
  };
}

const verbs: Readonly<Record<PolicyAction, string>> = { Allow: 'allows', Deny: 'denies', Pass: 'passes on' };

/** The name of a port of a Service is nothing to policies. */
function ofService(name: string, destinations: readonly Resource[], links: Links) {
  for (const workload of destinations)
    for (const { from } of links.selectedBy(workload, [serviceKind]))
      if (from.service?.ports.some((item) => item.name?.text === name))
        return say`. ${name} is the name of a port of ${named(from)}, which policies do not know`;
  return [];
}
