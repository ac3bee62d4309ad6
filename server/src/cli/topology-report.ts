/** The JSON of `podpath topology`, from which its pictures are drawn. */
import type { EdgeType, TopologyNode } from '../core/index';
import { topologyOf } from '../core/index';
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
export function topologyReport(loaded: Loaded, worlds: readonly NamedWorld[], namespace: string): TopologyReport {
  const parts = worlds.map((world) => drawWorld(loaded, world, namespace, worlds.length > 1 ? `${world.name}#` : ''));
  return {
    version: 1,
    bundle: worlds.map(({ name }) => name).join(' '),
    leftOut: worlds.flatMap(({ leftOut }) => leftOut),
    nodes: parts.flatMap(({ nodes }) => nodes),
    edges: parts.flatMap(({ edges }) => edges),
  };
}

function drawWorld({ snapshot, show }: Loaded, world: NamedWorld, namespace: string, prefix: string) {
  const { nodes, edges } = topologyOf(snapshot, { resources: world.resources, namespace });
  const own = new Set(nodes.flatMap(({ id, resource }) => (resource && world.isReported(resource) ? [id] : [])));
  const touching = edges.filter(({ from, to }) => own.has(from) || own.has(to));
  const ends = new Set(touching.flatMap(({ from, to }) => [from, to]));

  function reportNode({ id, kind, namespace: of, name, resource, findings }: TopologyNode): ReportedNode {
    const problems = findings.filter(({ level }) => level !== 'hint');
    return {
      id: prefix + id,
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
    nodes: nodes.filter(({ id }) => own.has(id) || ends.has(id)).map(reportNode),
    edges: touching.map(({ from, to, type, label, state }) => ({
      from: prefix + from,
      to: prefix + to,
      type,
      label,
      state,
    })),
  };
}

/** The nodes by namespace, those without one last; in the order of the report. */
export function byNamespace(nodes: readonly ReportedNode[]): [string | undefined, ReportedNode[]][] {
  const groups = new Map<string | undefined, ReportedNode[]>();
  for (const node of nodes) groups.set(node.namespace, [...(groups.get(node.namespace) ?? []), node]);
  return [...groups].sort(([a], [b]) => (a === undefined ? 1 : b === undefined ? -1 : a < b ? -1 : 1));
}
