import type { Draft } from '../finding';
import { say } from '../finding';
import type { ContainerPort, Pods } from '../pod-facts';
import type { Label, Resource } from '../resource';
import { sameKind } from '../resource';
import { isTemplated } from '../templated';
import type { Scalar } from '../value';
import { defineRule } from './define';
import { chosenNodes, hostPortOf, runsOnEveryNode } from './shared/host-ports';
import { named, pairText } from './shared/words';

/** A host port that pods of a workload need on their node. */
interface HostPort {
  readonly workload: Resource;
  readonly pods: Pods;
  readonly port: ContainerPort;
  readonly number: Scalar;
  /** What the nodes must carry; empty where any will do. */
  readonly nodes: string;
  readonly everyNode: boolean;
}

/** A node gives a host port to one pod; the scheduler leaves the others pending (NodePorts plugin). */
export const hostPortConflict = defineRule({
  id: 'host-port-conflict',
  summary: 'Several pods need one host port of a node',
  levels: ['warning'],
  about: ['pods'],
  *together(reads) {
    const wanted = reads.flatMap(({ resource }) => hostPorts(resource));
    for (const item of wanted) yield* replicas(item);
    const before = new Map<string, HostPort[]>();
    const under = (key: string) => before.get(key) ?? [];
    for (const item of wanted) {
      const port = `${item.port.protocol} ${String(item.number.value)}`;
      const [here, everywhere] = [`${port} on ${item.nodes}`, `${port} everywhere`];
      const other =
        item.nodes === '' && item.everyNode
          ? under(port).find((earlier) => collide(earlier, item))
          : (under(everywhere).find((earlier) => collide(earlier, item)) ??
            (item.nodes === '' ? undefined : under(here).find((earlier) => collide(earlier, item))));
      if (other) yield conflict(item, other);
      const keys = [port, here, ...(item.nodes === '' && item.everyNode ? [everywhere] : [])];
      for (const key of keys)
        before
          .set(key, before.get(key) ?? [])
          .get(key)
          ?.push(item);
    }
  },
});

function hostPorts(workload: Resource): HostPort[] {
  const { pods } = workload;
  if (!pods || pods.finished) return [];
  const wanted = pods.containers
    .filter(({ role }) => role !== 'init')
    .flatMap(({ ports }) => ports)
    .flatMap((port) => {
      const number = hostPortOf(port, pods);
      return typeof number?.value === 'number' ? [{ port, number }] : [];
    });
  if (wanted.length === 0) return [];
  const nodes = nodesOf(pods);
  const everyNode = runsOnEveryNode(workload) && !pods.nodeAffinity;
  return wanted.map(({ port, number }) => ({ workload, pods, port, number, nodes, everyNode }));
}

function* replicas({ workload, pods, port, number, nodes: wantedNodes }: HostPort): Iterable<Draft> {
  if (pods.replicas === undefined || pods.replicas < 2 || pods.spread || wantedNodes === '') return;
  const nodes = pods.nodeName ? `node ${pods.nodeName.text}` : `the nodes with ${nodesText(pods)}`;
  yield {
    level: 'warning',
    at: number.origin,
    path: `${port.path}.hostPort`,
    resource: workload,
    message: say`${pods.replicas} replicas need host port ${number.text} (${port.protocol}) on ${nodes}; each node has it once, so ${pods.nodeName ? 'only one of them runs' : 'it takes that many such nodes'}`,
    related: pods.nodeSelector
      .slice(0, 1)
      .map(({ key }) => ({ at: key.origin, message: say`the nodes that the pods may run on` })),
  };
}

function collide(a: HostPort, b: HostPort): boolean {
  return (
    a.number.value === b.number.value &&
    a.port.protocol === b.port.protocol &&
    overlapping(a.port.hostIP?.text, b.port.hostIP?.text) &&
    shareNodes(a, b) &&
    !(sameKind(a.workload, b.workload) && a.workload.name === b.workload.name)
  );
}

/** No address, and 0.0.0.0, mean all addresses of the node. */
function overlapping(a = '0.0.0.0', b = '0.0.0.0'): boolean {
  return a === b || a === '0.0.0.0' || b === '0.0.0.0';
}

/**
 * Pods surely meet on a node when one of the workloads runs on every node, or both on the same few. Two workloads that
 * may run anywhere find different nodes.
 */
function shareNodes(a: HostPort, b: HostPort): boolean {
  if ([a, b].some(({ pods }) => pods.nodeSelector.some(({ value }) => isTemplated(value.text)))) return false;
  // No node has two values of one label: the node of Linux is not that of Windows.
  if (a.pods.nodeSelector.some((label) => b.pods.nodeSelector.some((other) => excludes(label, other)))) return false;
  if (a.pods.nodeAffinity && b.pods.nodeAffinity) return false;
  const [here, there] = [a.nodes, b.nodes];
  const [hereAll, thereAll] = [a.everyNode, b.everyNode];
  if (hereAll && thereAll) return here === there || here === '' || there === '';
  if (hereAll || thereAll) return here === there || (hereAll ? here : there) === '';
  return here === there && here !== '' && !a.pods.nodeAffinity && !b.pods.nodeAffinity;
}

function excludes(one: Label, other: Label): boolean {
  return one.key.text === other.key.text && one.value.text !== other.value.text;
}

function nodesOf(pods: Pods): string {
  return pods.nodeName?.text ?? nodesText(pods);
}

function nodesText(pods: Pods): string {
  return chosenNodes(pods).map(pairText).sort().join(',');
}

function conflict({ workload, port, number }: HostPort, other: HostPort): Draft {
  return {
    level: 'warning',
    at: number.origin,
    path: `${port.path}.hostPort`,
    resource: workload,
    message: say`host port ${number.text} (${port.protocol}) is also asked for by ${named(other.workload)}, whose pods run on the same nodes: a node has it once, and the second pod stays pending`,
    related: [{ at: other.number.origin, message: say`host port ${other.number.text} of ${named(other.workload)}` }],
  };
}
