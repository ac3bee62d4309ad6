/** The topology in the shape that the view draws (client/webview/protocol.ts). */
import type {
  ContainerPort,
  Resource,
  ServicePort,
  Snapshot,
  Topology,
  TopologyEdge,
  TopologyNode,
} from '../core/index';
import { isolationLines, lineOf, opennessOf } from '../core/index';
import type { Names } from './texts';
import { toPlain, toPlainLine } from './texts';

export type ViewGraph = ReturnType<typeof toViewGraph>;

export function toViewGraph(topology: Topology, snapshot: Snapshot, names: Names) {
  const nodes = new Map(topology.nodes.map((node) => [node.id, toNode(node, snapshot, names)]));
  return { nodes: [...nodes.values()], edges: topology.edges.map((edge) => toEdge(edge, nodes, snapshot, names)) };
}

type ViewNode = ReturnType<typeof toNode>;

function toNode(
  { id, kind, layer, namespace, bundle, name, resource, findings }: TopologyNode,
  snapshot: Snapshot,
  names: Names,
) {
  return {
    id,
    kind,
    layer,
    name,
    ...(namespace === undefined ? {} : { namespace }),
    ...(bundle ? { bundle } : {}),
    ...(resource ? facts(resource, snapshot, names) : { missing: true }),
    problems: findings.map(({ rule, level, message }) => ({ rule, level, message: toPlain(message, snapshot, names) })),
  };
}

function facts(resource: Resource, snapshot: Snapshot, names: Names) {
  const { pods, nameAt } = resource;
  return {
    file: names.path(nameAt.uri),
    line: lineOf(snapshot, nameAt),
    ...(pods?.replicas === undefined ? {} : { replicas: pods.replicas }),
    detail: detail(resource),
    ...(pods
      ? {
          containers: pods.containers.map(({ name, ports }) => ({
            name: name?.text ?? '',
            ports: ports.map(containerPort),
          })),
          ...isolation(resource, snapshot, names),
        }
      : {}),
  };
}

/** How far policies close a workload, and in which words. */
function isolation(workload: Resource, snapshot: Snapshot, names: Names) {
  const openness = opennessOf(snapshot.links, workload);
  if (!openness) return {};
  const lines = isolationLines(snapshot.links, workload).map((line) => toPlainLine(line, snapshot, names));
  return { isolation: { ...openness, lines } };
}

/** Short lines for a card: the ports of a Service, the routes of an Ingress. */
function detail({ service, references }: Resource): string[] {
  const type = service && service.type !== 'ClusterIP' ? [service.type] : service?.headless ? ['headless'] : [];
  const routes = references.flatMap(({ route, name, port }) =>
    route ? [`${route.host?.text ?? '*'}${route.path?.text ?? '/'} → ${name.text}${port ? `:${port.text}` : ''}`] : [],
  );
  return [...type, ...(service?.ports ?? []).map(servicePort), ...routes];
}

function servicePort({ name, port, targetPort, nodePort, protocol }: ServicePort): string {
  const head = `${name ? `${name.text} ` : ''}${port?.text ?? '?'}/${protocol}`;
  const target = targetPort && targetPort.text !== port?.text ? ` → ${targetPort.text}` : '';
  return `${head}${target}${nodePort ? `, node port ${nodePort.text}` : ''}`;
}

function containerPort({ name, number, protocol }: ContainerPort): string {
  return `${name ? `${name.text} ` : ''}${number?.text ?? '?'}/${protocol}`;
}

function toEdge(
  { from, to, type, label, state, message: said }: TopologyEdge,
  nodes: ReadonlyMap<string, ViewNode>,
  snapshot: Snapshot,
  names: Names,
) {
  const message = said
    ? `${state === 'blocked' ? 'blocked: ' : ''}${type === 'allows' ? toPlainLine(said, snapshot, names) : toPlain(said, snapshot, names)}`
    : state === 'ok'
      ? undefined
      : why(nodes.get(from), nodes.get(to));
  return {
    from,
    to,
    type,
    state,
    ...(label === '' ? {} : { label }),
    ...(message === undefined ? {} : { message }),
  };
}

/** The finding at one end that speaks of the other, else what can be said without one. */
function why(from: ViewNode | undefined, to: ViewNode | undefined): string | undefined {
  if (!from || !to) return undefined;
  const finding =
    from.problems.find(({ message }) => message.includes(to.name)) ??
    to.problems.find(({ message }) => message.includes(from.name));
  if (finding) return finding.message;
  return 'missing' in to
    ? `${to.kind} ${to.name} is not here`
    : `the ports of ${from.kind} ${from.name} and ${to.kind} ${to.name} do not fit`;
}
