import type { Draft } from '../finding';
import { say } from '../finding';
import { tableOf } from '../kinds/table';
import type { ContainerPort, Pods, Resource } from '../resource';
import { isTemplated } from '../templated';
import type { Scalar } from '../value';
import { defineRule } from './define';
import { named } from './words';

/** A host port that pods of a workload need on their node. */
interface HostPort {
  readonly workload: Resource;
  readonly pods: Pods;
  readonly port: ContainerPort;
  readonly number: Scalar;
}

/** A node gives a host port to one pod; the scheduler leaves the others pending (NodePorts plugin). */
export const hostPortConflict = defineRule({
  id: 'host-port-conflict',
  summary: 'Several pods need one host port of a node',
  levels: ['warning'],
  *together(reads) {
    const wanted = reads.flatMap(({ resource }) => hostPorts(resource));
    for (const item of wanted) yield* replicas(item);
    for (const [index, item] of wanted.entries()) {
      const other = wanted.slice(0, index).find((before) => collide(before, item));
      if (other) yield conflict(item, other);
    }
  },
});

/** With hostNetwork every containerPort is a host port. */
function hostPorts(workload: Resource): HostPort[] {
  const { pods } = workload;
  if (!pods || pods.finished) return [];
  return pods.containers
    .filter(({ role }) => role !== 'init')
    .flatMap(({ ports }) => ports)
    .flatMap((port) => {
      const number =
        port.hostPort && port.hostPort.value !== 0 ? port.hostPort : pods.hostNetwork ? port.number : undefined;
      return typeof number?.value === 'number' ? [{ workload, pods, port, number }] : [];
    });
}

function* replicas({ workload, pods, port, number }: HostPort): Iterable<Draft> {
  if (pods.replicas === undefined || pods.replicas < 2 || pods.spread || nodesOf(pods) === '') return;
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
    a.workload !== b.workload &&
    a.number.value === b.number.value &&
    a.port.protocol === b.port.protocol &&
    overlapping(a.port.hostIP?.text, b.port.hostIP?.text) &&
    shareNodes(a, b) &&
    !(a.workload.kind === b.workload.kind && a.workload.name === b.workload.name)
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
  const [here, there] = [nodesOf(a.pods), nodesOf(b.pods)];
  if (everywhere(a) && everywhere(b)) return here === there || here === '' || there === '';
  if (everywhere(a) || everywhere(b)) return here === there || (everywhere(a) ? here : there) === '';
  return here === there && here !== '';
}

/** A DaemonSet: its number of pods is that of the nodes. */
function everywhere({ workload }: HostPort): boolean {
  const spec = tableOf(workload)?.pods;
  return spec !== undefined && spec.defaultReplicas === undefined && spec.replicas === undefined;
}

function nodesOf(pods: Pods): string {
  return pods.nodeName?.text ?? nodesText(pods);
}

/** What nearly every node of a cluster has in common chooses none. */
const commonKeys = /^(?:beta\.)?kubernetes\.io\/(?:os|arch)$/;

function nodesText({ nodeSelector }: Pods): string {
  return nodeSelector
    .filter(({ key }) => !commonKeys.test(key.text))
    .map(({ key, value }) => `${key.text}=${value.text}`)
    .sort()
    .join(',');
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
