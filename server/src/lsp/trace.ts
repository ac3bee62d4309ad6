/** Requests about connections: the ends to choose from, one connection traced, and who reaches a workload. */
import type { Scene, Snapshot, Workload } from '../core/index';
import {
  canonicalUri,
  destinations,
  endText,
  formatRange,
  isAllPorts,
  readSource,
  readTarget,
  sceneOf,
  sources,
  trace,
  whoReaches,
} from '../core/index';
import { objectAt, toLocation } from './positions';
import type { ReachAnswer, ReachRow, TraceAnswer, TraceAtParams, TraceEndsAnswer, TraceParams } from './protocol';
import type { Session } from './session';
import { folderOf } from './session';
import { worldsIn } from './topology';

/** One scene for each world of a snapshot: its policies are evaluated once, when somebody asks. */
const scenes = new WeakMap<Snapshot, Map<string, Scene>>();

export function traceEnds(session: Session, params: TraceAtParams): TraceEndsAnswer {
  const { snapshot, scene } = sceneAt(session, params);
  const own = workloadAt(snapshot, params);
  const text = own && endText(scene, own);
  return { from: sources(scene), to: destinations(scene), ...(text === undefined ? {} : { at: text }) };
}

export function traceConnection(session: Session, params: TraceParams): TraceAnswer {
  const { snapshot, scene } = sceneAt(session, params);
  const source = readSource(scene, params.from);
  const target = readTarget(scene, params.to);
  if (typeof source === 'string') return lost(source);
  if (typeof target === 'string') return lost(target);
  const { verdict, hops } = trace(scene, source, target);
  return {
    verdict,
    hops: hops.map(({ at, step, title, verdict: of, detail }) => ({
      step,
      title,
      verdict: of,
      ...(detail === undefined ? {} : { detail }),
      ...(at ? { location: toLocation(snapshot, at, session.names.spelled) } : {}),
    })),
  };
}

function lost(title: string): TraceAnswer {
  return { verdict: 'unresolved', hops: [{ step: 'endpoint', title, verdict: 'unresolved' }] };
}

/** Who can connect to the workload at a position; null where there is none. */
export function whoCanReach(session: Session, params: TraceAtParams): ReachAnswer | null {
  const { snapshot, scene } = sceneAt(session, params);
  const own = workloadAt(snapshot, params);
  const text = own && endText(scene, own);
  const to = own && scene.evaluation().workloadsOf(own)[0];
  if (!to || text === undefined) return null;
  return {
    to: text,
    rows: whoReaches(scene, scene.evaluation(), to).map(({ from, ports }) => ({
      ...party(session, snapshot, scene, from),
      ports: isAllPorts(ports) ? 'all ports' : portsText(ports),
    })),
  };
}

type Party = ReturnType<typeof whoReaches>[number]['from'];

function party(session: Session, snapshot: Snapshot, scene: Scene, from: Party): Omit<ReachRow, 'ports'> {
  if (from.type === 'controller') return { name: 'routes: an ingress controller', from: 'internet' };
  if (from.type === 'range') {
    const text = formatRange(from.range);
    const isAll = from.range.last - from.range.first >= (1n << 32n) - 1n;
    return {
      name: isAll ? 'any address outside of the cluster' : `addresses ${text}`,
      from: text.split('-')[0] ?? text,
    };
  }
  return {
    name: workloadName(from),
    from: endText(scene, from.resource) ?? '',
    location: toLocation(snapshot, from.resource.nameAt, session.names.spelled),
  };
}

function workloadName({ kind, namespace, name, variant }: Workload): string {
  return `${kind} ${namespace.name}/${name}${variant === undefined ? '' : ` (${variant})`}`;
}

function portsText(ports: ReturnType<typeof whoReaches>[number]['ports']): string {
  return (['TCP', 'UDP', 'SCTP'] as const)
    .flatMap((protocol) =>
      ports[protocol].map(({ first, last }) => `${first}${first === last ? '' : `-${last}`}/${protocol}`),
    )
    .join(', ');
}

function workloadAt(snapshot: Snapshot, params: TraceAtParams) {
  return objectAt(snapshot, params, ({ pods }) => pods !== undefined);
}

/** The world of a file: the bundle that is shown, else the plain files around it. */
function sceneAt(session: Session, { textDocument }: Pick<TraceAtParams, 'textDocument'>) {
  const snapshot = session.snapshot();
  const file = canonicalUri(textDocument.uri);
  const [world] = worldsIn(session, snapshot, file);
  const key = world?.bundle?.id ?? folderOf(session.folders, file)?.uri ?? file;
  const known = scenes.get(snapshot) ?? new Map<string, Scene>();
  scenes.set(snapshot, known);
  const { namespace, clusterDomain } = snapshot.settingsOf(file);
  const scene =
    known.get(key) ??
    sceneOf({
      resources: world?.resources ?? [],
      links: snapshot.links,
      namespace: namespace === '' ? 'default' : namespace,
      domain: clusterDomain,
    });
  known.set(key, scene);
  return { snapshot, scene };
}
