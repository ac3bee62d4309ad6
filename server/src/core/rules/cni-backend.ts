import { calicoEncapsulations } from '../cluster/calico';
import type { Cni } from '../cluster/facts';
import { flannelBackends } from '../cluster/flannel';
import { k3sBackends } from '../cluster/k3s';
import type { Draft } from '../finding';
import { list, say } from '../finding';
import { clusterKey } from '../keys';
import type { Links } from '../links';
import { isNear } from '../near';
import type { ClusterNetwork } from '../network/cluster';
import { clusterNetwork } from '../network/cluster';
import { nodeAddresses, shareNetwork } from '../network/machines';
import type { Resource } from '../resource';
import { flatten } from '../rings';
import { isTemplated } from '../templated';
import { defineRule } from './define';
import { mention, named, replace } from './shared/words';

/** How the network between nodes is set up: ways that do not exist, exclude each other, or do less than they seem to. */
export const cniBackend = defineRule({
  id: 'cni-backend',
  summary: 'The network between nodes is set up in a way that does not work, or does less than it seems to',
  levels: ['error', 'warning', 'information'],
  about: ['policy', 'cluster'],
  *linked(resource, links) {
    if (resource.policy && resource.group === 'networking.k8s.io') yield* notEnforced(resource, links);
    const { cluster } = resource;
    if (!cluster) return;
    for (const { ipip, vxlan, path } of cluster.bothEncapsulations)
      yield {
        level: 'error',
        at: ipip.origin,
        path,
        message: say`IP in IP (${ipip.text}) and VXLAN (${vxlan.text}) are both on: Calico refuses a pool with two encapsulations; set one of them to Never`,
        related: [{ at: vxlan.origin, message: say`VXLAN is ${vxlan.text}` }],
        fixes: [...replace('Turn IP in IP off', ipip, 'Never'), ...replace('Turn VXLAN off', vxlan, 'Never')],
      };
    for (const cni of cluster.cnis) yield* unknownMode(resource, cni);
    if (cluster.cnis.length === 0) return;
    const network = clusterNetwork(links, resource);
    for (const cni of cluster.cnis) yield* way(cni, network);
    yield* twoNetworks(resource, network);
  },
});

/** Words that a network knows for its ways. */
function knownModes(resource: Resource, { name }: Cni): readonly string[] {
  if (name === 'flannel') return [...(resource.cluster?.plan ? k3sBackends : flannelBackends).keys()];
  return name === 'calico' && resource.kind === 'Installation' ? Object.keys(calicoEncapsulations) : [];
}

function* unknownMode(resource: Resource, cni: Cni): Generator<Draft> {
  const { mode, name } = cni;
  const words = knownModes(resource, cni);
  if (!mode || words.length === 0 || words.includes(mode.text) || isTemplated(mode.text)) return;
  const meant = words.filter((word) => word === mode.text.toLowerCase() || isNear(mode.text, word));
  yield {
    level: 'warning',
    at: mode.origin,
    message: say`${name} knows no way ${mode.text} between nodes: it ends at its start; it knows ${words.join(', ')}`,
    fixes: meant.flatMap((word) => replace(`Change to ${word}`, mode, word)),
  };
}

function* way(cni: Cni, network: ClusterNetwork): Generator<Draft> {
  if (cni.name !== 'flannel') return;
  if (cni.transport === 'udp')
    yield {
      level: 'information',
      at: cni.at,
      message: cni.mode
        ? say`the backend udp is for debugging: every packet passes through the flannel process; vxlan is the usual one`
        : say`without Backend flannel takes udp, which is for debugging: every packet passes through the flannel process; vxlan is the usual one`,
      fixes: cni.mode ? replace('Change to vxlan', cni.mode, 'vxlan') : [],
    };
  if (cni.transport !== 'host-gw') return;
  const machines = nodeAddresses(network);
  const [first, ...others] = machines;
  const strange = first && others.find((other) => !shareNetwork(first.address, other.address));
  if (first && strange)
    yield {
      level: 'warning',
      at: cni.at,
      message: say`host-gw needs all nodes in one subnet, since they are each other's next hop; ${named(first.node)} has ${first.address.text} and ${named(strange.node)} ${strange.address.text}: take vxlan between subnets`,
      related: [mention(first.node), mention(strange.node)],
    };
}

/** Canal is one network of two programs; others get in each other's way. */
function* twoNetworks(resource: Resource, { objects }: ClusterNetwork): Generator<Draft> {
  const beside = objects.filter(({ distance }) => distance === 'file');
  const carriers = beside.flatMap(({ resource: from, facts }) =>
    facts.cnis.filter(({ carries }) => carries).map(({ name, at }) => ({ name, from, at })),
  );
  const tool = beside.find(({ facts }) => facts.plan?.defaultCni);
  const all = [
    ...(tool?.facts.plan?.defaultCni
      ? [{ name: tool.facts.plan.defaultCni, from: tool.resource, at: tool.resource.nameAt }]
      : []),
    ...carriers,
  ];
  const names = [...new Set(all.map(({ name }) => name))];
  const own = carriers.find(({ from }) => from === resource);
  const [first] = all;
  if (names.length < 2 || !own || !first || own.name === first.name) return;
  // One finding for each network but the first, at the first object that brings it.
  if (carriers.find(({ name }) => name === own.name)?.from !== resource) return;
  yield {
    level: 'information',
    at: own.at,
    message: say`there are ${names.length} networks for pods here, ${list(names.map((name) => [name]))}: ${named(first.from)} sets ${first.name} up, and each gives pods addresses by its own plan`,
    related: [mention(first.from)],
  };
}

/** flannel moves packets and knows no policies. Anything in the workspace that holds them silences this. */
function* notEnforced(policy: Resource, links: Links): Generator<Draft> {
  const everywhere = flatten(links.rings(clusterKey, policy));
  if (everywhere.length === 0 || everywhere.some(({ cluster }) => cluster?.cnis.some(({ enforces }) => enforces)))
    return;
  const { cni, plan, objects } = clusterNetwork(links, policy);
  if (cni?.name !== 'flannel' || plan?.defaultCni) return;
  const carrier = objects.find(({ facts }) => facts.cnis.some(({ name }) => name === 'flannel'));
  if (!carrier) return;
  yield {
    level: carrier.distance === 'far' ? 'information' : 'warning',
    at: policy.nameAt,
    message: say`${named(policy)} has no effect with flannel alone (${named(carrier.resource)}): it does not hold NetworkPolicies, so all traffic stays allowed; add Calico (Canal) or kube-network-policies, or take a network that holds them`,
    related: [mention(carrier.resource)],
  };
}
