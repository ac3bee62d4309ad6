/** The network of a world as nodes and edges, with what is broken drawn as broken. The JSON of `podpath topology`. */
import { blockedCall, entryWords } from './features/blocked-words';
import type { Finding, Text } from './finding';
import { tableOf } from './kinds/table';
import { likely } from './links';
import type { KindTable } from './kinds/define';
import { isRefused } from './network/gateway-attachment';
import { namedPort } from './network/backend-port';
import { callText, callsOf } from './network/calls';
import { podPort } from './network/endpoints';
import type { EdgeType, Reference, Resource, SelectorUse } from './resource';
import { formatSelector } from './selector-text';
import type { Span } from './value';
import type { Snapshot } from './workspace';

export interface TopologyNode {
  readonly id: string;
  readonly kind: string;
  readonly namespace: string | undefined;
  /** The world that it is in, where several are drawn. */
  readonly bundle?: string | undefined;
  readonly name: string;
  readonly layer: KindTable['layer'];
  /** Absent for a placeholder: something that is named and not here. */
  readonly resource: Resource | undefined;
  readonly findings: readonly Finding[];
}

export interface TopologyEdge {
  readonly from: string;
  readonly to: string;
  readonly type: EdgeType;
  readonly label: string;
  /** `blocked`: a policy denies it. */
  readonly state: 'ok' | 'broken' | 'blocked';
  /** Who blocks it, or who lets it through. */
  readonly message?: Text | undefined;
}

export interface Topology {
  readonly nodes: readonly TopologyNode[];
  readonly edges: readonly TopologyEdge[];
}

/** The resources that are drawn (a world), and the namespace of those that name none. */
export interface TopologyScope {
  readonly resources: readonly Resource[];
  readonly namespace: string | undefined;
}

/** The topologies of worlds beside each other. Where there are several, ids begin with the name of the world. */
export function joinTopologies(parts: readonly { readonly bundle: string; readonly topology: Topology }[]): Topology {
  const [only] = parts;
  if (only && parts.length === 1) return only.topology;
  return {
    nodes: parts.flatMap(({ bundle, topology: { nodes } }) =>
      nodes.map((node) => ({ ...node, id: `${bundle}#${node.id}`, bundle })),
    ),
    edges: parts.flatMap(({ bundle, topology: { edges } }) =>
      edges.map((edge) => ({ ...edge, from: `${bundle}#${edge.from}`, to: `${bundle}#${edge.to}` })),
    ),
  };
}

/** Kinds that carry traffic are drawn always; configuration only where something that is drawn points at it. */
function isDrawn(resource: Resource): boolean {
  const layer = tableOf(resource)?.layer;
  return resource.pods !== undefined || (layer !== undefined && layer !== 'config' && resource.manual === undefined);
}

/** `v1/Service/shop/web`; what has no name is numbered by its place. */
function idOf(resource: Resource, namespace: string | undefined): string {
  const place = resource.name ?? `${resource.at.uri.slice(resource.at.uri.lastIndexOf('/') + 1)}#${resource.index}`;
  return [
    resource.apiVersion,
    resource.kind,
    ...(resource.clusterScoped ? [] : [resource.namespace ?? namespace ?? '']),
    place,
  ].join('/');
}

export function topologyOf(snapshot: Snapshot, scope: TopologyScope): Topology {
  const world = new Set(scope.resources);
  const drawn = scope.resources.filter(isDrawn);
  const nodes = new Map<string, TopologyNode>();
  const edges = new Map<string, TopologyEdge>();
  const ids = new Map<Resource, string>();

  const environments = new Map(snapshot.bundles().map(({ id, environment }) => [id, environment]));
  const findingsOf = new Map<string, readonly Finding[]>();
  const taken = new Map<string, number>();

  function node(resource: Resource): string {
    const known = ids.get(resource);
    if (known !== undefined) return known;
    const id = unique(nodes, taken, idOf(resource, scope.namespace), resource);
    ids.set(resource, id);
    const ofFile = findingsOf.get(resource.at.uri) ?? snapshot.findings(resource.at.uri);
    findingsOf.set(resource.at.uri, ofFile);
    const findings = findingsWithin(ofFile, resource.at).filter((finding) => holdsIn(finding, resource));
    nodes.set(id, {
      id,
      kind: resource.kind,
      namespace: namespaceOf(resource),
      name: resource.name ?? '',
      layer: layerOf(resource),
      resource,
      findings,
    });
    return id;
  }

  /** A finding about a line that several bundles render holds in some of them only. */
  const holdsIn = ({ bundles }: Finding, { uri }: Resource) =>
    bundles === undefined || bundles.includes(environments.get(uri) ?? '');

  const namespaceOf = (resource: Resource) =>
    resource.clusterScoped ? undefined : (resource.namespace ?? scope.namespace);

  function placeholder(from: Resource, reference: Reference): string {
    const namespace = reference.namespace?.text ?? namespaceOf(from);
    const { group, kind } = reference.target;
    const id = [group, kind, namespace ?? '', reference.name.text].join('/');
    if (!nodes.has(id))
      nodes.set(id, {
        id,
        kind,
        namespace,
        name: reference.name.text,
        layer: tableOf(reference.target)?.layer ?? 'config',
        resource: undefined,
        findings: [],
      });
    return id;
  }

  /** The place of pods that a selector asks for and no workload makes. */
  function missingPods(namespace: string | undefined, wanted: string): string {
    const id = ['v1', 'Pod', namespace ?? '', wanted].join('/');
    if (!nodes.has(id))
      nodes.set(id, { id, kind: 'Pod', namespace, name: wanted, layer: 'workload', resource: undefined, findings: [] });
    return id;
  }

  function edge(item: TopologyEdge): void {
    const key = `${item.from}\n${item.to}\n${item.type}\n${item.label}`;
    if (!edges.has(key)) edges.set(key, item);
  }

  function addReference(from: Resource, reference: Reference): void {
    const type = reference.role;
    if (type === 'reads') return;
    const resolution = snapshot.links.resolve(from, reference);
    const found = likely(resolution).filter((resource) => world.has(resource));
    const label = referenceLabel(reference);
    if (found.length === 0) {
      // Only what must be there is drawn as missing; a certificate or a class may well live in the cluster.
      if (!resolution.unknown && !reference.optional && (type === 'routes' || type === 'targets'))
        edge({ from: node(from), to: placeholder(from, reference), type, label, state: 'broken' });
      return;
    }
    for (const target of found) {
      const lacksPort =
        target.service !== undefined &&
        reference.port !== undefined &&
        target.service.ports.length > 0 &&
        !namedPort(target.service, reference.port);
      const isBroken = lacksPort || isRefused(from, reference, target, snapshot.links);
      const entry = type === 'routes' && !isBroken ? entryWords(snapshot.links, from, target, reference) : undefined;
      const state = isBroken ? 'broken' : entry?.blocked ? 'blocked' : 'ok';
      edge({ from: node(from), to: node(target), type, label, state, message: entry?.blocked ? entry.why : undefined });
    }
  }

  function addCalls(workload: Resource): void {
    const domain = snapshot.settingsOf(workload.uri).clusterDomain;
    for (const call of callsOf(workload, snapshot.links, domain)) {
      const link = { from: node(workload), type: 'calls', label: callText(call) } as const;
      if (call.services.length === 0) edge({ ...link, to: placeholder(call.from, call.reference), state: 'broken' });
      call.services.forEach((service, index) => {
        const port = call.ports[index]?.state;
        const isLost = port === 'missing' || port === 'untranslated';
        const message = isLost ? undefined : blockedCall(snapshot.links, workload, call);
        const state = isLost ? 'broken' : message ? 'blocked' : 'ok';
        if (world.has(service)) edge({ ...link, to: node(service), state, message });
      });
    }
  }

  function addSelector(from: Resource, use: SelectorUse): void {
    if (use.selects === 'namespaces' || use.selects === 'nodes') return;
    const { to, maybe, unknown } = snapshot.links.select(from, use);
    if (to.length + maybe.length === 0 && !unknown && from.service && use.selector !== 'nothing') {
      const lost = missingPods(namespaceOf(from), formatSelector(use.selector));
      edge({ from: node(from), to: lost, type: use.role, label: '', state: 'broken' });
    }
    for (const workload of to.filter((resource) => world.has(resource))) {
      const ports = from.service?.ports ?? [];
      const lost =
        workload.pods && ports.length > 0 && ports.every((port) => workload.pods && !podPort(workload.pods, port));
      edge({
        from: node(from),
        to: node(workload),
        type: use.role,
        label: portsLabel(from, workload),
        state: lost ? 'broken' : 'ok',
      });
    }
  }

  for (const resource of drawn) node(resource);
  for (const resource of drawn) {
    for (const reference of resource.references) addReference(resource, reference);
    for (const use of resource.selectors) addSelector(resource, use);
    if (resource.pods) addCalls(resource);
  }
  return { nodes: [...nodes.values()], edges: [...edges.values()] };
}

function layerOf(resource: Resource): KindTable['layer'] {
  return tableOf(resource)?.layer ?? (resource.pods ? 'workload' : 'config');
}

/** Of findings in the order of the file, those inside a span. */
function findingsWithin(findings: readonly Finding[], { start, end }: Span): Finding[] {
  let [low, high] = [0, findings.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((findings[middle]?.at.start ?? Infinity) < start) low = middle + 1;
    else high = middle;
  }
  const found: Finding[] = [];
  for (let finding = findings[low]; finding && finding.at.start <= end; finding = findings[++low])
    if (finding.at.end <= end) found.push(finding);
  return found;
}

/** Two files may hold the same object; the second gets its place as a suffix. `taken` counts what has been given away. */
function unique(
  nodes: ReadonlyMap<string, TopologyNode>,
  taken: Map<string, number>,
  id: string,
  resource: Resource,
): string {
  if (!nodes.has(id)) return id;
  const file = resource.at.uri.slice(resource.at.uri.lastIndexOf('/') + 1);
  const base = `${id}@${file}`;
  let number = taken.get(base) ?? 1;
  let suffix = number === 1 ? base : `${base}#${number}`;
  while (nodes.has(suffix)) suffix = `${base}#${++number}`;
  taken.set(base, number + 1);
  return suffix;
}

/** `example.com/ -> 80` for a route, the port for others. */
function referenceLabel({ route, port }: Reference): string {
  const path = route ? `${route.host?.text ?? ''}${route.path?.text ?? '/'}` : '';
  return [path, port?.text].filter((part) => part).join(' -> ');
}

/** `80 -> 8080, 443 -> 8443`: the ports of a Service, as they arrive at a workload. */
function portsLabel(service: Resource, workload: Resource): string {
  return (service.service?.ports ?? [])
    .map((port) => {
      const number = workload.pods && podPort(workload.pods, port)?.number;
      const from = port.port?.text ?? '?';
      return number === undefined
        ? `${from} -> ${port.targetPort?.text ?? from}?`
        : String(number) === from
          ? from
          : `${from} -> ${number}`;
    })
    .join(', ');
}
