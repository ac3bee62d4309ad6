/** Ports of the node that pods take, and the nodes that they take them on. */
import { tableOf } from '../../kinds/table';
import { portNumber } from '../../ports';
import type { ContainerPort, Pods } from '../../pod-facts';
import type { Label, Resource } from '../../resource';
import type { Scalar } from '../../value';

/** The port of the node that a container port takes; with hostNetwork every containerPort is one. 0 means none. */
export function hostPortOf({ hostPort, number }: ContainerPort, { hostNetwork }: Pods): Scalar | undefined {
  if (hostPort && hostPort.value !== 0) return hostPort;
  return hostNetwork && portNumber(number?.value) !== undefined ? number : undefined;
}

/** A DaemonSet: its number of pods is that of the nodes. */
export function runsOnEveryNode(workload: Resource): boolean {
  const spec = tableOf(workload)?.pods;
  return spec !== undefined && spec.defaultReplicas === undefined && spec.replicas === undefined;
}

/** The labels by which pods choose nodes, without those that nearly every node of a cluster has in common. */
export function chosenNodes({ nodeSelector }: Pods): readonly Label[] {
  return nodeSelector.filter(({ key }) => !/^(?:beta\.)?kubernetes\.io\/(?:os|arch)$/.test(key.text));
}
