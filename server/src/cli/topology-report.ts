/** The JSON of `podpath topology`, from which its pictures are drawn. */
import type { EdgeType, Snapshot, Topology, TopologyNode } from '../core/index';
import { joinTopologies, plainText, topologyOf } from '../core/index';
import type { Loaded } from './load';
import type { Range } from './report';
import { rangeOf } from './report';
import type { NamedWorld } from './worlds';

export interface ReportedNode {
  readonly id: string;
  readonly kind: string;
  /** Absent for kinds without namespace. */
  readonly namespace?: string;
  readonly name: string;
  readonly file?: string;
  readonly range?: Range;
  /** Ids of the rules that find something at this object, hints apart. */
  readonly problems: readonly string[];
  /** It is named by another object, and not here. */
  readonly missing?: true;
}

export interface ReportedEdge {
  readonly from: string;
  readonly to: string;
  readonly type: EdgeType;
  readonly label: string;
  readonly state: string;
  /** Who blocks it. */
  readonly message?: string;
}

export interface TopologyReport {
  readonly version: 1;
  readonly bundle: string;
  /** Files of the same folder that are alternatives of others. */
  readonly leftOut: readonly string[];
  readonly nodes: readonly ReportedNode[];
  readonly edges: readonly ReportedEdge[];
}

/**
 * The worlds of PATH: all objects of the reported files, and those of other files that they are linked with. Where there
 * are several, ids begin with the world's name.
 */
export function topologyReport(
  { snapshot, show }: Loaded,
  worlds: readonly NamedWorld[],
  namespace: string,
): TopologyReport {
  const { nodes, edges } = joinTopologies(
    worlds.map((world) => ({ bundle: world.name, topology: drawWorld(snapshot, world, namespace) })),
  );

  function reportNode({ id, kind, namespace: of, name, resource, findings }: TopologyNode): ReportedNode {
    const problems = findings.filter(({ level }) => level !== 'hint');
    return {
      id,
      kind,
      ...(of === undefined ? {} : { namespace: of }),
      name,
      ...(resource
        ? { file: show(resource.at.uri), range: rangeOf(resource.at, snapshot.lines(resource.at.uri)) }
        : { missing: true as const }),
      problems: [...new Set(problems.map(({ rule }) => rule))].sort(),
    };
  }

  return {
    version: 1,
    bundle: worlds.map(({ name }) => name).join(' '),
    leftOut: worlds.flatMap(({ leftOut }) => leftOut),
    nodes: nodes.map(reportNode),
    edges: edges.map(({ message, ...edge }) => ({
      ...edge,
      ...(message ? { message: plainText(message, snapshot, show) } : {}),
    })),
  };
}

function drawWorld(snapshot: Snapshot, { resources, isReported }: NamedWorld, namespace: string): Topology {
  const { nodes, edges } = topologyOf(snapshot, { resources, namespace });
  const own = new Set(nodes.flatMap(({ id, resource }) => (resource && isReported(resource) ? [id] : [])));
  const touching = edges.filter(({ from, to }) => own.has(from) || own.has(to));
  const ends = new Set(touching.flatMap(({ from, to }) => [from, to]));
  return { nodes: nodes.filter(({ id }) => own.has(id) || ends.has(id)), edges: touching };
}

/** The nodes by namespace, those without one last; in the order of the report. */
export function byNamespace(nodes: readonly ReportedNode[]): [string | undefined, ReportedNode[]][] {
  const groups = new Map<string | undefined, ReportedNode[]>();
  for (const node of nodes) groups.set(node.namespace, [...(groups.get(node.namespace) ?? []), node]);
  return [...groups].sort(([a], [b]) => (a === undefined ? 1 : b === undefined ? -1 : a < b ? -1 : 1));
}
