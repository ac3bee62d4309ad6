/** What this server and its clients say to each other beyond LSP. */
import type { Location, Position, Range } from 'vscode-languageserver';
import type { Hop, TraceEnd, TraceVerdict } from '../core/index';
import type { ViewGraph } from './view-graph';

/** `initializationOptions`. All are off unless a client asks. */
export interface InitializationOptions {
  /** Diagnostics are pulled by the client instead of pushed. */
  readonly pullDiagnostics?: boolean;
  /** The client draws Podpath's own views: it takes `status` and `topologyChanged` and has the command `showLocations`. */
  readonly views?: boolean;
  /** Settings for clients without `workspace/configuration`. */
  readonly settings?: unknown;
}

/** Requests (R) and notifications (N), to the server unless said otherwise. */
export const methods = {
  /** R: TopologyParams -> TopologyAnswer. */
  topology: 'podpath/topology',
  /** R: NodeAtParams -> id of a node, or null. */
  nodeAt: 'podpath/nodeAt',
  /** R: EnvironmentsParams -> EnvironmentsAnswer. */
  environments: 'podpath/environments',
  /** N: SelectEnvironmentParams. */
  selectEnvironment: 'podpath/selectEnvironment',
  /** R: RenderedMarksParams -> RenderedMark[]. */
  renderedMarks: 'podpath/renderedMarks',
  /** R: CreatePoliciesParams -> CreatePoliciesAnswer. */
  createPolicies: 'podpath/createPolicies',
  /** R: TraceAtParams -> TraceEndsAnswer. */
  traceEnds: 'podpath/traceEnds',
  /** R: TraceParams -> TraceAnswer. */
  trace: 'podpath/trace',
  /** R: TraceAtParams -> ReachAnswer[], one for each workload that the position is about. */
  whoCanReach: 'podpath/whoCanReach',
  /** N, to the client: what a topology was made from has changed. */
  topologyChanged: 'podpath/topologyChanged',
  /** N, to the client: Status. */
  status: 'podpath/status',
  /** R, to the client: FindFilesParams -> URIs of manifests and .gitignore files. */
  findFiles: 'podpath/findFiles',
  /** R, to the client: ReadFilesParams -> texts in the same order, null for what does not exist. */
  readFiles: 'podpath/readFiles',
} as const;

/** The client's command behind a code lens. Its arguments are a URI, a Position and Location[]. */
export const showLocations = 'podpath.showLocations';

/** The client's command that opens what a kustomization builds. Its argument is the URI of a file of the kustomization. */
export const showRendered = 'podpath.showRendered';

/**
 * The scheme of documents that hold what a kustomization builds, which clients get by `workspace/textDocumentContent`.
 * The query is the URI of a file that the kustomization is made of; the path is for people.
 */
export const renderedScheme = 'podpath-rendered';

export interface CreatePoliciesParams {
  readonly textDocument: { readonly uri: string };
}

/** A new file and its text; null where nothing is to be made. */
export type CreatePoliciesAnswer = { readonly uri: string; readonly text: string } | null;

export interface RenderedMarksParams {
  readonly textDocument: { readonly uri: string };
}

/** Lines that are not as the object's own file has them, counted from 0; `end` is the last one. */
export interface RenderedMark {
  readonly change: 'changed' | 'added';
  readonly start: number;
  readonly end: number;
  /** The place that changed or added them, from the folder of the kustomization: `kustomization.yaml:4`. */
  readonly by: string;
}

export interface TopologyParams {
  /** A folder: what lies below it. A file: its workspace folder. Absent: everything. */
  readonly uri?: string;
  /**
   * A file. Where everything is too much to look at, as much around this file as is not; where it is a variant of others,
   * which everything leaves out, what is applied with it.
   */
  readonly near?: string;
}

export interface TopologyAnswer {
  /** The folder or file that `near` was narrowed to; asking again with it as `uri` gives the same. */
  readonly scope?: { readonly uri: string; readonly path: string };
  readonly graph: ViewGraph;
  /** For each node id that can be opened, its place and those of its problems, in their order. */
  readonly places: Readonly<Record<string, NodePlace>>;
}

export interface NodePlace {
  readonly uri: string;
  readonly range: Range;
  readonly problems: readonly Location[];
}

export interface NodeAtParams extends TopologyParams {
  readonly textDocument: { readonly uri: string };
  readonly position: Position;
}

export interface TraceAtParams {
  readonly textDocument: { readonly uri: string };
  readonly position: Position;
}

/** Ends as `podpath trace` takes them; others may be typed. */
export interface TraceEndsAnswer {
  readonly from: readonly TraceEnd[];
  readonly to: readonly TraceEnd[];
  /** The workload at the position, one of `from`. */
  readonly at?: string;
  /** The first port of the Service at the position, one of `to`. */
  readonly toward?: string;
}

export interface TraceParams {
  /** A file of the world that is looked at. */
  readonly textDocument: { readonly uri: string };
  readonly from: string;
  readonly to: string;
}

export interface TraceAnswer {
  readonly verdict: TraceVerdict;
  /** The environment that it was traced in, where a kustomization builds what the file holds. */
  readonly environment?: string;
  readonly hops: readonly TracedHop[];
}

export interface TracedHop extends Omit<Hop, 'at' | 'detail'> {
  readonly detail?: string;
  /** The line that decides. */
  readonly location?: Location;
}

export interface ReachAnswer {
  /** The workload that is reached, as `podpath trace` takes it. */
  readonly to: string;
  /** As in TraceAnswer. */
  readonly environment?: string;
  readonly rows: readonly ReachRow[];
}

export interface ReachRow {
  readonly name: string;
  /** As `podpath trace` takes it; absent for pods that are not here. */
  readonly from?: string;
  readonly ports: string;
  readonly location?: Location;
}

export interface EnvironmentsParams {
  /** The file that a person works in. */
  readonly textDocument?: { readonly uri: string };
}

export interface EnvironmentsAnswer {
  readonly environments: readonly EnvironmentItem[];
  readonly selected: string | null;
}

/** What is applied on its own. */
export interface EnvironmentItem {
  readonly uri: string;
  /** The folder of the kustomization. */
  readonly path: string;
  /** What applies it, where the same folder is applied several times. */
  readonly by?: string;
  /** How many objects it builds. */
  readonly resources: number;
  /** The file is part of it. */
  readonly isOwn: boolean;
}

export interface SelectEnvironmentParams {
  /** One of the environments; null for all of them. */
  readonly uri: string | null;
}

export interface Status {
  readonly loading: boolean;
  readonly files: number;
  readonly resources: number;
  readonly errors: number;
  readonly warnings: number;
  /** Kustomizations to choose from, and the one that is chosen. */
  readonly environments: number;
  readonly environment?: string;
}

export interface FindFilesParams {
  /** Files, or folders with all below them. */
  readonly places: readonly string[];
}

export interface ReadFilesParams {
  readonly uris: readonly string[];
}
