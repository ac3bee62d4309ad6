import type { Draft, Fix } from '../finding';
import { say } from '../finding';
import { isPod } from '../kinds/table';
import type { Links } from '../links';
import type { Call } from '../network/calls';
import { callsOf, callText } from '../network/calls';
import { resolverOf } from '../network/dns-search';
import type { Pods } from '../pod-facts';
import type { Resource } from '../resource';
import { defineRule } from './define';
import { addBeside } from './shared/add-beside';
import { kindAndName, mention, replace } from './shared/words';

const policy = 'ClusterFirstWithHostNet';

/** A pod in the network of its node gets the node's DNS unless it says ClusterFirstWithHostNet (core/v1 PodSpec.dnsPolicy). */
export const hostNetworkDns = defineRule({
  id: 'host-network-dns',
  summary: 'Pods in the network of their node call Services by name without the DNS of the cluster',
  levels: ['warning'],
  about: ['pods'],
  *linked(resource, links, { clusterDomain }) {
    const { pods } = resource;
    if (!pods?.hostNetwork || !pods.dns.hostNetworkAt || pods.dns.nameservers.length > 0) return;
    if (resolverOf(pods, '', clusterDomain).server !== 'node') return;
    const call = callsOf(resource, links, clusterDomain).find(({ address }) => address.form !== 'variable');
    if (call) yield draft(resource, pods, call, links);
  },
});

function draft(workload: Resource, pods: Pods, call: Call, links: Links): Draft {
  const { dns } = pods;
  const [service] = call.services;
  const where = call.from === workload ? '' : ` of ${kindAndName(call.from)}`;
  const subject = isPod(workload)
    ? `${kindAndName(workload)} is in the network of its node and asks`
    : `the pods of ${kindAndName(workload)} are in the network of their node and ask`;
  return {
    level: 'warning',
    at: dns.policy?.origin ?? dns.hostNetworkAt ?? workload.at,
    message: say`${subject} the DNS server of the node, which knows no names of Services: ${call.address.host.text}${where} does not resolve; set dnsPolicy: ${policy}`,
    related: [
      { at: call.address.host.origin, message: [`calls ${callText(call)}`] },
      ...(service ? [mention(service)] : []),
    ],
    fixes: setPolicy(workload, pods, links),
  };
}

function setPolicy(workload: Resource, { dns }: Pods, links: Links): Fix[] {
  const title = `Set dnsPolicy: ${policy}`;
  if (workload.owned) return [];
  if (dns.policy) return replace(title, dns.policy, policy);
  // What a bundle renders has its words in other files.
  if (dns.specAt?.uri !== workload.uri || workload.uri.endsWith('.json')) return [];
  return [{ title, edits: [addBeside(links.text(workload), dns.specAt, 'dnsPolicy', policy)] }];
}
