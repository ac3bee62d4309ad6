import type { Text } from '../finding';
import { list, say } from '../finding';
import { isPod } from '../kinds/table';
import type { Links, SelectedBy } from '../links';
import { podPort } from '../network/endpoints';
import type { Container, ContainerPort } from '../pod-facts';
import type { Label, Resource, SelectorUse } from '../resource';
import { hasPair } from '../resource';
import { chosenCount } from '../pods-match';
import type { Snapshot } from '../workspace';
import { portHead, reach, times } from './describe';
import { calledByLine, callsLine } from './hover-calls';
import { isolationLines } from './hover-policy';
import { code, count, plain, some, title } from './markdown';

/** A workload: how many pods, through which Services they are reached, what listens in them. */
export function workloadCard(snapshot: Snapshot, workload: Resource): Text[] {
  const { links } = snapshot;
  const chosen = links.selectedBy(workload);
  const services = chosen.filter(({ from }) => from.service);
  const isolation = isolationLines(links, workload);
  const isToldOf = ({ policy }: Resource) => policy !== undefined && isolation.length > 0;
  const others = chosen.filter(({ from }) => !from.service && from !== workload && !isToldOf(from));
  const replicas = workload.pods?.replicas;
  const pods = replicas === undefined || isPod(workload) ? '' : `, ${count(replicas, 'pod')}`;
  const through =
    services.length > 0
      ? say`reached through ${some(services.map(({ from }) => [{ resource: from }]))}`
      : ['no Service here selects it'];
  const referrers = [...new Set(links.referrers(workload).map(({ from }) => from))];
  return [
    say`${title(workload)}${pods}: ${through}`,
    ...containerLines(workload),
    ...services.map(({ from }) => servicePorts(from, workload)),
    ...calledByLine(
      snapshot,
      services.map(({ from }) => from),
    ),
    ...callsLine(snapshot, workload),
    ...isolation,
    ...(others.length > 0 ? [say`Chosen by: ${some(others.map(({ from }) => [{ resource: from }]))}`] : []),
    ...(referrers.length > 0 ? [say`Named by: ${some(referrers.map((from) => [{ resource: from }]))}`] : []),
  ];
}

function containerLines({ pods }: Resource): Text[] {
  const containers = (pods?.containers ?? []).filter(({ role }) => role !== 'init');
  if (containers.length === 0) return [];
  const texts = containers.map((container): Text => {
    const ports = container.ports.map(
      (port) => `${port.name ? `${code(port.name.text)} ` : ''}${plain(port.number?.text ?? '?')}/${port.protocol}`,
    );
    return [
      `${code(container.name?.text ?? '?')}${container.role === 'sidecar' ? ' (sidecar)' : ''}${ports.length > 0 ? ` ${ports.join(', ')}` : ' declares no ports'}`,
    ];
  });
  return [say`${containers.length > 1 ? 'Containers, sharing localhost' : 'Container'}: ${list(texts)}`];
}

function servicePorts(service: Resource, workload: Resource): Text {
  const ports = (service.service?.ports ?? []).map((port): Text => {
    const found = workload.pods && podPort(workload.pods, port);
    return [portHead(port, found ? [found] : [])];
  });
  return say`${service}: ${list(ports)}`;
}

/** What a selector chooses. */
export function selectionCard({ links }: Snapshot, from: Resource, use: SelectorUse): Text[] {
  if (use.selects === 'namespaces' || use.selects === 'nodes') return [];
  const { to, unknown } = links.select(from, use);
  if (unknown) return [say`${title(from)} has a templated selector: what it chooses is known when it is rendered`];
  const verb = use.role === 'allows' ? 'allows' : use.role === 'applies' ? 'applies to' : 'selects';
  const noun = use.selects === 'pods' ? 'pod' : use.selects === 'services' ? 'Service' : 'Ingress';
  const where = use.namespaces
    ? ` in namespace ${plain(use.namespaces.map(({ text }) => text).join(' or '))}`
    : use.anyNamespace
      ? ''
      : from.namespace === undefined
        ? ' here'
        : ` in namespace ${plain(from.namespace)}`;
  if (to.length === 0) return [say`${title(from)} ${verb} no ${noun}${where}`];
  return [
    use.selects === 'pods'
      ? say`${title(from)} ${verb} ${reach(to, use)}`
      : say`${title(from)} ${verb} ${to.length === 1 ? `one ${noun}` : `${to.length} of kind ${noun}`}`,
    some(
      to.map(
        (workload) =>
          say`${workload}${times(workload, workload.pods && chosenCount(use, workload.pods))} (${workload.at})`,
      ),
    ),
  ];
}

/** A label of a pod template: who selects pods by it. */
export function podLabelCard({ links }: Snapshot, workload: Resource, label: Label): Text[] {
  const by = links.selectedBy(workload).filter(({ use }) => hasPair(use.pairs, label));
  const pair = code(`${label.key.text}=${label.value.text}`);
  return [
    by.length > 0
      ? say`${pair} is asked for by ${some(by.map(({ from }: SelectedBy) => [{ resource: from }]))}`
      : say`${pair}: no selector here asks for it`,
  ];
}

/** A container port: which Service ports lead to it. */
export function containerPortCard(
  { links }: Snapshot,
  workload: Resource,
  container: Container,
  port: ContainerPort,
): Text[] {
  const name = `${port.name ? `${code(port.name.text)} ` : ''}${plain(port.number?.text ?? '?')}/${port.protocol} of container ${code(container.name?.text ?? '?')}`;
  const through = leadingTo(links, workload, port);
  return [
    through.length > 0 ? say`${name} is reached through ${some(through)}` : say`${name}: no Service here leads to it`,
  ];
}

function leadingTo(links: Links, workload: Resource, port: ContainerPort): Text[] {
  return links
    .selectedBy(workload)
    .flatMap(({ from }) =>
      (from.service?.ports ?? [])
        .filter(
          (servicePort) =>
            workload.pods &&
            podPort(workload.pods, servicePort)?.number === port.number?.value &&
            servicePort.protocol === port.protocol,
        )
        .map(
          (servicePort) =>
            say`${from} port ${plain(servicePort.port?.text ?? '?')}${servicePort.nodePort ? ` (node port ${plain(servicePort.nodePort.text)})` : ''}`,
        ),
    );
}
