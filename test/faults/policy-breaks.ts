/** Breaks of single words of NetworkPolicies, each for the rule that must find it. */
import type { Label, Resource, Snapshot } from '../../server/src/core/index';
import { callsOf } from '../../server/src/core/index';
import { service as serviceKind } from '../../server/src/core/kinds/service';
import { dnsVerdict } from '../../server/src/core/network/policy/dns-server';
import { rulePorts } from '../../server/src/core/rules/shared/policy-pods';
import { declaredPorts } from '../../server/src/core/rules/shared/selected-ports';
import type { PolicyRule } from '../../server/src/core/policy-facts';
import type { Break } from './breaks';
import { slip } from './slip';

type Scalar = Label['key'];

/** The rules that these breaks must wake. */
export const policyKinds = [
  'policy-peer-matches-nothing',
  'policy-port-is-service-port',
  'policy-port-unresolved',
  'policy-blocks-dns',
] as const;

type Make = (
  kind: (typeof policyKinds)[number],
  at: Scalar | undefined,
  newText: string | undefined,
  partners: readonly Resource[],
  excuse?: Break['excuse'],
) => Break[];

/** All of these breaks of a policy. */
export function policyBreaks(snapshot: Snapshot, resource: Resource, random: () => number): Break[] {
  const { policy } = resource;
  if (policy?.tier !== 'NetworkPolicy' || policy.unclear || resource.owned) return [];
  const make: Make = (kind, at, newText, partners, excuse = () => undefined) =>
    at?.origin.verbatim && at.origin.uri === resource.uri && newText !== undefined && newText !== at.text
      ? [{ kind, resource, at, newText, partners, excuse }]
      : [];
  const rules = [...(policy.ingress?.rules ?? []), ...(policy.egress?.rules ?? [])];
  return [
    ...rules.flatMap((rule) => peers(snapshot, resource, rule, random, make)),
    ...ports(snapshot, resource, random, make),
    ...(policy.egress?.rules ?? []).flatMap((rule) => dns(snapshot, resource, rule, make)),
  ];
}

/** A label of pods of the own namespace, which then nobody has. */
function peers(snapshot: Snapshot, policy: Resource, rule: PolicyRule, random: () => number, make: Make): Break[] {
  return (rule.peers ?? []).flatMap((peer) => {
    if (peer.type !== 'pods' || peer.namespaces !== 'own' || !peer.pods) return [];
    const { pairs } = peer.pods;
    const { to } = snapshot.links.select(policy, peer.pods);
    const [pair] = pairs;
    if (to.length === 0 || pairs.length !== 1 || !pair) return [];
    const wrong = slip(pair.value.text, random);
    return make('policy-peer-matches-nothing', pair.value, wrong, to, (now) =>
      isWorn(now, policy, wrong) ? 'others have the label' : undefined,
    );
  });
}

function isWorn(now: Snapshot, policy: Resource, value: string): boolean {
  return (now.file(policy.uri)?.resources ?? []).some(({ pods }) =>
    pods?.labels.some((label) => label.value.text === value),
  );
}

/** The number of the Service in place of that of the pods, and a name that no container has. */
function ports(snapshot: Snapshot, policy: Resource, random: () => number, make: Make): Break[] {
  return rulePorts(policy, snapshot.links).flatMap(({ rule, port, destinations }) => {
    const { written, numbers, name, protocols } = port;
    const declared = destinations.flatMap(declaredPorts);
    if (name !== undefined) {
      const isKnown = declared.some((item) => item.name?.text === name && protocols.includes(item.protocol));
      const wrong = slip(name, random);
      const isOther = !declared.some((item) => item.name?.text === wrong);
      return isKnown && isOther ? make('policy-port-unresolved', written, wrong, destinations) : [];
    }
    if (!numbers || numbers.first !== numbers.last || rule.ports?.length !== 1 || destinations.length !== 1) return [];
    const services = destinations.flatMap((item) => snapshot.links.selectedBy(item, [serviceKind]));
    const translated = services
      .flatMap(({ from }) => from.service?.ports ?? [])
      .find(
        (item) =>
          item.targetPort?.value === numbers.first &&
          item.port?.value !== numbers.first &&
          !declared.some(({ number }) => number?.value === item.port?.value),
      );
    const isTarget = services.some(({ from }) =>
      from.service?.ports.some((item) => (item.targetPort ?? item.port)?.value === translated?.port?.value),
    );
    return isTarget ? [] : make('policy-port-is-service-port', written, translated?.port?.text, destinations);
  });
}

/** The port of DNS, which somebody needs. */
function dns(snapshot: Snapshot, policy: Resource, rule: PolicyRule, make: Make): Break[] {
  const port = rule.ports?.find(({ protocols, numbers }) => protocols.includes('UDP') && numbers?.first === 53);
  const subject = policy.policy?.subject?.pods;
  if (!port?.written || !subject) return [];
  const { links } = snapshot;
  const { clusterDomain } = snapshot.settingsOf(policy.uri);
  const callers = links
    .select(policy, subject)
    .to.filter((workload) =>
      callsOf(workload, links, clusterDomain).some(
        ({ address, services }) => address.form !== 'variable' && services.length > 0,
      ),
    );
  if (callers.length === 0) return [];
  return make('policy-blocks-dns', port.written, '5399', callers, (now) =>
    callers.every(({ uri, index }) => {
      const caller = now.file(uri)?.resources[index];
      return !caller || dnsVerdict(now.links, caller, 'UDP').allowed !== false;
    })
      ? 'another rule or policy opens it'
      : undefined,
  );
}
