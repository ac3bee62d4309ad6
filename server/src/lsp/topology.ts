/** The requests of the topology view. */
import type { Location } from 'vscode-languageserver';
import type { Resource, Snapshot, Topology, World } from '../core/index';
import {
  canonicalUri,
  environmentName,
  joinTopologies,
  shownResources,
  topologyOf,
  trafficEdges,
  worldsOf,
} from '../core/index';
import { objectAt, toLocation, toRange } from './positions';
import type { NodeAtParams, NodePlace, TopologyAnswer, TopologyParams } from './protocol';
import type { Session } from './session';
import { folderOf } from './session';
import { toViewGraph } from './view-graph';

interface Drawn {
  readonly topology: Topology;
  readonly ids: ReadonlyMap<Resource, string>;
}

/** One topology per snapshot and scope: moving the cursor asks for it again and again. */
const drawn = new WeakMap<Snapshot, Map<string, Drawn>>();

/** More objects than this are no picture any more. */
const MAX_OBJECTS = 400;

export function topology(session: Session, { uri, near }: TopologyParams): TopologyAnswer {
  const snapshot = session.snapshot();
  const scope = uri === undefined && near !== undefined ? around(session, snapshot, canonicalUri(near)) : undefined;
  const { topology } = draw(session, snapshot, uri ?? scope);
  const places: Record<string, NodePlace> = {};
  for (const { id, resource, findings } of topology.nodes) {
    if (!resource) continue;
    const problems = findings.map((finding): Location => toLocation(snapshot, finding.at, session.names.spelled));
    places[id] = {
      uri: session.names.spelled(resource.nameAt.uri),
      range: toRange(snapshot, resource.nameAt),
      problems,
    };
  }
  return {
    ...(scope === undefined ? {} : { scope: { uri: scope, path: session.names.path(scope) } }),
    graph: toViewGraph(topology, snapshot, session.names),
    places,
  };
}

/** What is drawn for a file: what `narrow` says if the file is part of that, else the world as it is for the file alone. */
function around(session: Session, snapshot: Snapshot, file: string): string | undefined {
  const scope = narrow(session, snapshot, file);
  const isDrawn = (at: string | undefined) => {
    const { ids } = draw(session, snapshot, at);
    return shownResources(snapshot, file).some((resource) => ids.has(resource));
  };
  return !isDrawn(scope) && isDrawn(file) ? file : scope;
}

/** The largest folder around a file that holds few enough objects; undefined where all of them are few enough. */
function narrow({ folders }: Session, snapshot: Snapshot, file: string): string | undefined {
  const root = folderOf(folders, file)?.uri;
  if (root === undefined || count(snapshot, '') <= MAX_OBJECTS) return undefined;
  let scope = parent(file);
  while (scope !== root && count(snapshot, `${parent(scope)}/`) <= MAX_OBJECTS) scope = parent(scope);
  return scope;
}

/** Objects in files whose URI starts so. */
function count(snapshot: Snapshot, start: string): number {
  let objects = 0;
  for (const uri of snapshot.uris()) if (uri.startsWith(start)) objects += snapshot.file(uri)?.resources.length ?? 0;
  return objects;
}

function parent(uri: string): string {
  return uri.slice(0, uri.lastIndexOf('/'));
}

/** The id of the node of the object at a position, or near it. */
export function nodeAt(session: Session, params: NodeAtParams): string | null {
  const snapshot = session.snapshot();
  const { ids } = draw(session, snapshot, params.uri);
  const found = objectAt(snapshot, params, (resource) => ids.has(resource));
  return found ? (ids.get(found) ?? null) : null;
}

function draw(session: Session, snapshot: Snapshot, uri: string | undefined): Drawn {
  const scope = uri === undefined ? '' : canonicalUri(uri);
  const scopes = drawn.get(snapshot) ?? new Map<string, Drawn>();
  drawn.set(snapshot, scopes);
  const known = scopes.get(scope);
  if (known) return known;
  const topology = joinTopologies(
    worldsIn(session, snapshot, scope).map(({ bundle, resources }) => ({
      bundle: bundle ? environmentName(bundle.environment, session.names.path) : '',
      topology: withTraffic(snapshot, topologyOf(snapshot, { resources, namespace: undefined })),
    })),
  );
  const ids = new Map(topology.nodes.flatMap(({ resource, id }) => (resource ? [[resource, id] as const] : [])));
  scopes.set(scope, { topology, ids });
  return { topology, ids };
}

function withTraffic(snapshot: Snapshot, { nodes, edges }: Topology): Topology {
  return { nodes, edges: [...edges, ...trafficEdges(snapshot, nodes)] };
}

/** The worlds of everything, of a folder, or of a file. */
export function worldsIn({ folders }: Session, snapshot: Snapshot, scope: string): readonly World[] {
  if (scope === '') return folders.flatMap(({ uri }) => worldsOf(snapshot, `${uri}/`, uri));
  if (!snapshot.file(scope)) return worldsOf(snapshot, `${scope}/`, scope);
  return worldsOf(snapshot, scope, folderOf(folders, scope)?.uri ?? parent(scope));
}
