import { answeringContainer } from '../controllers';
import type { Draft } from '../finding';
import { say } from '../finding';
import type { Container, ContainerPort, Pods } from '../pod-facts';
import type { Resource } from '../resource';
import { isTemplated } from '../templated';
import { defineRule } from './define';
import { chosenNodes, hostPortOf, runsOnEveryNode } from './shared/host-ports';
import { kindAndName, pairsText } from './shared/words';

/** A controller that listens on its nodes answers only there: clients and DNS must point to these nodes. */
export const ingressControllerExposure = defineRule({
  id: 'ingress-controller-exposure',
  summary: 'An ingress controller listens on the ports of some nodes only',
  levels: ['information'],
  about: ['pods'],
  *resource({ resource }) {
    const { pods } = resource;
    const controller = answeringContainer(resource);
    if (!pods || !controller) return;
    const ports = webPorts(controller, pods);
    if (ports.length > 0) yield* judge(resource, pods, ports);
  },
});

/** The web ports that the controller takes on its node. */
function webPorts({ ports }: Container, pods: Pods): readonly ContainerPort[] {
  return ports.filter((port) => [80, 443].some((web) => hostPortOf(port, pods)?.value === web));
}

function* judge(workload: Resource, pods: Pods, ports: readonly ContainerPort[]): Iterable<Draft> {
  const [port] = ports;
  if (!port || pods.nodeSelector.some(({ value }) => isTemplated(value.text))) return;
  const numbers = `${ports.length > 1 ? 'ports' : 'port'} ${ports.map(({ number, hostPort }) => (hostPort ?? number)?.text ?? '').join(' and ')}`;
  const chosen = chosenNodes(pods);
  const [first] = chosen;
  if (first) {
    yield {
      level: 'information',
      at: first.value.origin,
      message: say`this ingress controller answers on ${numbers} of the nodes with ${pairsText(chosen)} only: DNS and load balancers must point to these nodes`,
      related: [{ at: port.at, message: say`the port on the node` }],
    };
  } else if (!pods.nodeName && !runsOnEveryNode(workload)) {
    yield {
      level: 'information',
      at: (port.hostPort ?? port.number)?.origin ?? port.at,
      path: `${port.path}.${port.hostPort ? 'hostPort' : 'containerPort'}`,
      message: say`this ingress controller answers on ${numbers} of the nodes where its pods run, and nothing says which: choose them by a nodeSelector, or run it on all as a DaemonSet instead of ${kindAndName(workload)}`,
    };
  }
}
