/** Requests about connections: the ends to choose from, one connection traced, and who reaches a workload. */
import type { Scene, Snapshot, Workload } from '../core/index';
import {
  canonicalUri,
  destinations,
  endText,
  environmentName,
  formatRange,
  formatRequirement,
  isAllPorts,
  namespaceNameLabel,
  readSource,
  readTarget,
  sceneOf,
  serviceEnds,
  sources,
  trace,
  whoElseReaches,
  whoReaches,
  workloadsOf,
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
  const own = objectAt(snapshot, params, ({ pods, service }) => pods !== undefined || service !== undefined);
  const at = own && endText(scene, own);
  const to = destinations(scene);
  const toward = own?.service && serviceEnds(scene, own)[0]?.text;
  return {
    from: sources(scene),
    to,
    ...(at === undefined ? {} : { at }),
    ...(toward === undefined ? {} : { toward }),
  };
}

export function traceConnection(session: Session, params: TraceParams): TraceAnswer {
  const { snapshot, scene, environment } = sceneAt(session, params);
  const source = readSource(scene, params.from);
  const target = readTarget(scene, params.to);
  if (typeof source === 'string') return lost(source);
  if (typeof target === 'string') return lost(target);
  const { verdict, hops } = trace(scene, source, target);
  return {
    verdict,
    ...environment,
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

/** Who can connect to the workloads that a position is about. */
export function whoCanReach(session: Session, params: TraceAtParams): ReachAnswer[] {
  const { snapshot, scene, environment } = sceneAt(session, params);
  const here = objectAt(snapshot, params, (resource) => workloadsOf(snapshot.links, resource) !== undefined);
  return [...((here && workloadsOf(snapshot.links, here)) ?? [])].flatMap((own): ReachAnswer[] => {
    const text = endText(scene, own);
    const evaluation = scene.evaluation();
    const [to] = evaluation.workloadsOf(own);
    if (!to || text === undefined) return [];
    const rows = whoReaches(scene, evaluation, to).map(({ from, ports }) => ({
      ...party(session, snapshot, scene, from),
      ports: portsText(ports),
    }));
    const others = whoElseReaches(evaluation, to).map(({ peer, ports }) => ({
      name: othersText(peer),
      ports: portsText(ports),
    }));
    return [{ to: text, ...environment, rows: [...rows, ...others] }];
  });
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

/** Pods that are not here. */
function othersText(peer: ReturnType<typeof whoElseReaches>[number]['peer']): string {
  if (peer === 'entire-cluster') return 'any other pod of the cluster';
  const pods = peer.pods.map(formatRequirement).join(',');
  const [name, ...more] = peer.namespaces;
  const where =
    name === undefined
      ? 'any namespace'
      : name.key === namespaceNameLabel && name.operator === 'In' && more.length === 0
        ? `namespace ${name.values.join(' or ')}`
        : `namespaces with ${peer.namespaces.map(formatRequirement).join(',')}`;
  return `other pods${pods === '' ? '' : ` with ${pods}`} of ${where}`;
}

function portsText(ports: ReturnType<typeof whoReaches>[number]['ports']): string {
  if (isAllPorts(ports)) return 'all ports';
  return (['TCP', 'UDP', 'SCTP'] as const)
    .flatMap((protocol) =>
      ports[protocol].map(({ first, last }) => `${first}${first === last ? '' : `-${last}`}/${protocol}`),
    )
    .join(', ');
}

interface SceneAt {
  readonly snapshot: Snapshot;
  readonly scene: Scene;
  /** What answers say of where they hold. */
  readonly environment: { readonly environment?: string };
}

/** The world of a file or folder: the bundle that is shown, else the plain files around it. */
function sceneAt(session: Session, { textDocument }: Pick<TraceAtParams, 'textDocument'>): SceneAt {
  const snapshot = session.snapshot();
  const uri = canonicalUri(textDocument.uri);
  const folder = folderOf(session.folders, uri)?.uri;
  // A file without manifests stands for all that is in its folder of the workspace.
  const file = snapshot.file(uri) ? uri : (folder ?? session.folders[0]?.uri ?? uri);
  const worlds = worldsIn(session, snapshot, file);
  const world = (snapshot.environment === undefined ? undefined : worlds.find(({ bundle }) => bundle)) ?? worlds[0];
  // Two files of a folder are in one world where the same files are alternatives to both.
  const key = world?.bundle?.id ?? [folder ?? file, ...(world?.leftOut ?? [])].join('\n');
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
  const name = world?.bundle && environmentName(world.bundle.environment, session.names.path);
  return { snapshot, scene, environment: name === undefined ? {} : { environment: name } };
}
