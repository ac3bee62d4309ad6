import type { Draft } from '../finding';
import { list, say } from '../finding';
import { networkPolicy } from '../kinds/network-policy';
import type { Links } from '../links';
import type { Call } from '../network/calls';
import { callsOf, callText } from '../network/calls';
import { resolverOf } from '../network/dns-search';
import { dnsVerdict } from '../network/policy/dns-server';
import type { Resource } from '../resource';
import { sameKind } from '../resource';
import { defineRule } from './define';
import { addRule, dnsRule, labelsAddedTo } from './shared/add-policy-rule';
import { isOwnPolicy } from './shared/blocked';
import { kindAndName, mention, named } from './shared/words';

/** Pods that are isolated for egress ask no DNS server either, and that is the first thing that fails (network policy recipe 11). */
export const policyBlocksDns = defineRule({
  id: 'policy-blocks-dns',
  summary: 'A policy isolates the egress of pods that call Services by name, and no policy lets them ask DNS',
  levels: ['warning'],
  about: ['policy'],
  *linked(resource, links, { clusterDomain }) {
    const egress = resource.policy?.egress;
    const subject = resource.policy?.subject?.pods;
    if (!sameKind(resource, networkPolicy) || !egress || !subject || resource.owned) return;
    const silenced = links.select(resource, subject).to.flatMap((workload) => {
      const call = unresolved(resource, workload, links, clusterDomain);
      return call ? [{ workload, call, isByTcp: dnsVerdict(links, workload, 'TCP').allowed === true }] : [];
    });
    if (silenced.length > 0) yield draft(resource, egress.at, silenced, links);
  },
});

interface Silenced {
  readonly workload: Resource;
  readonly call: Call;
  /** The server may be asked by TCP, which is done for long answers only. */
  readonly isByTcp: boolean;
}

/** A call by name that fails since this policy, the first of those that isolate the workload, keeps it from DNS. */
function unresolved(policy: Resource, workload: Resource, links: Links, domain: string): Call | undefined {
  if (!workload.pods || workload.owned || resolverOf(workload.pods, '', domain).server === 'node') return undefined;
  if (workload.pods.dns.policy?.text === 'None') return undefined;
  const call = callsOf(workload, links, domain).find(
    ({ address, services }) => address.form !== 'variable' && services.length > 0,
  );
  if (!call) return undefined;
  const { allowed, decision } = dnsVerdict(links, workload, 'UDP');
  return allowed === false && decision.by === 'isolation' && isOwnPolicy(policy, decision) ? call : undefined;
}

function draft(policy: Resource, at: Draft['at'], silenced: readonly Silenced[], links: Links): Draft {
  const shown = silenced.slice(0, 3);
  const more = silenced.length > shown.length ? ` and ${silenced.length - shown.length} more` : '';
  const way = silenced.every(({ isByTcp }) => isByTcp)
    ? 'no way to DNS but TCP: questions are asked on UDP port 53, which is closed'
    : 'no way to DNS (UDP and TCP port 53)';
  const added = labelsAddedTo(policy);
  const cause = added
    ? say`; a kustomization adds ${added.key.text}=${added.value.text} to its peers, which the DNS server does not have: let the peer choose the namespace kube-system alone`
    : say``;
  return {
    level: 'warning',
    at,
    path: 'spec.egress',
    message: say`${kindAndName(policy)} leaves ${list(shown.map(({ workload }) => named(workload)))}${more} ${way}, and ${shown.length === 1 ? 'its pods call' : 'their pods call'} ${list([...new Set(shown.map(({ call }) => callText(call)))].map((text) => [text]))} by name${cause}`,
    related: shown.flatMap(({ workload, call }) => [
      { at: call.address.host.origin, message: say`${kindAndName(workload)} calls ${callText(call)}` },
      ...call.services.slice(0, 1).map(mention),
    ]),
    fixes: added ? [] : addRule(policy, 'egress', dnsRule, 'Allow DNS', links),
  };
}
