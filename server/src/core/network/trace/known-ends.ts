/** Ends of a connection that manifests show: pods of a workload, and single addresses. */
import type { Address } from '../../cidr';
import { addressAt, parseAddress, singleBlock } from '../../cidr';
import { nodeAddresses } from '../machines';
import type { Workload } from '../policy/ends';
import type { Allowed } from './opening-rule';
import type { Other } from './others';
import { internet } from './others';
import type { Scene } from './scene';
import { workloadName } from './scene';

/** Pods of a workload. */
export function knownPods(scene: Scene, end: Workload): Other {
  const name = workloadName(scene, end);
  const node = end.hostNetwork ? end.resource.pods?.nodeName?.text : undefined;
  return {
    type: 'known',
    end,
    name,
    hidden: end.hostNetwork
      ? `the addresses of the nodes that ${name} runs on`
      : `the address of ${name}, which no manifest here tells`,
    onNodes: end.hostNetwork,
    allowed: allowedPods(scene, end),
    ...(node === undefined ? {} : { node }),
  };
}

/** Pods of the host network are known by the addresses of their nodes only. */
function allowedPods(scene: Scene, { hostNetwork, addresses, resource }: Workload): Allowed | undefined {
  if (!hostNetwork) return { type: 'pods', workload: resource };
  const own = (addresses ?? []).map(({ first }) => addressAt(first));
  const all = own.length > 0 ? own : nodesOf(scene, resource.pods?.nodeName?.text);
  return all.length > 0 ? { type: 'blocks', cidrs: all.map(singleBlock) } : undefined;
}

/** The addresses of a Node that is here, or of all of them. */
export function nodesOf(scene: Scene, name: string | undefined): Address[] {
  return nodeAddresses(scene.network())
    .filter(({ node }) => name === undefined || node.name === name)
    .map(({ address }) => address);
}

/** An address outside; without one, any. */
export function addressOther(text: string | undefined): Other {
  const address = text === undefined ? undefined : parseAddress(text);
  if (!address) return internet;
  const { point } = address;
  return {
    type: 'known',
    end: { type: 'outside', ranges: [{ first: point, last: point }] },
    name: address.text,
    allowed: { type: 'blocks', cidrs: [singleBlock(address)] },
  };
}

/** The address of a client, which may be that of a Node. */
export function clientOther(scene: Scene, text: string | undefined): Other {
  const other = addressOther(text);
  const found = nodeAddresses(scene.network()).find(({ address }) => address.text === other.name);
  return found?.node.name === undefined ? other : { ...other, node: found.node.name };
}
