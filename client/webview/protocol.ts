// What the extension host and the topology view say to each other. Types only, so that both sides can import them.

/** Where a node stands in the flow from the outside world to the pods; it chooses column, colour and icon. */
export type Layer = 'external' | 'edge' | 'service' | 'workload' | 'policy' | 'config';

export type ProblemLevel = 'error' | 'warning' | 'information' | 'hint';

/** One finding about a node, in the order in which `openProblem` counts them. */
export interface Problem {
  readonly rule: string;
  readonly level: ProblemLevel;
  readonly message: string;
}

/** A container of a workload's pods; `ports` are short texts such as `http 8080/TCP`. */
export interface Container {
  readonly name: string;
  readonly ports: readonly string[];
}

/** How far policies close pods in one direction: not at all, but for some, or for everybody. */
export type Openness = 'open' | 'limited' | 'closed';

/** What policies say of a workload; `lines` are sentences about who may come in and go out. */
export interface Isolation {
  readonly ingress: Openness;
  readonly egress: Openness;
  readonly lines: readonly string[];
}

/** One object. `id` is the id of `podpath topology`, for example `v1/Service/shop/web`, and is what `open` names. */
export interface TopologyNode {
  readonly id: string;
  readonly kind: string;
  readonly layer: Layer;
  /** Absent for what is in no namespace: cluster-wide objects and, with layer `external`, the outside world. */
  readonly namespace?: string;
  /** The kustomization, chart or folder it is applied with; given only where there are several. */
  readonly bundle?: string;
  readonly name: string;
  /** Relative to the workspace, with `/`. Absent where nothing can be opened: placeholders and the outside world. */
  readonly file?: string;
  /** 1-based. */
  readonly line?: number;
  /** A placeholder for the end of a broken edge: nothing in the manifests has this name. */
  readonly missing?: boolean;
  /** Of a workload, if its number of pods is fixed by the manifest. */
  readonly replicas?: number;
  /** Short lines for the card, for example a Service's `http 80/TCP → 8080`. */
  readonly detail?: readonly string[];
  readonly containers?: readonly Container[];
  /** Absent where no policy is about it. */
  readonly isolation?: Isolation;
  readonly problems: readonly Problem[];
}

export type EdgeType = 'routes' | 'selects' | 'calls' | 'allows' | 'applies' | 'attaches' | 'targets' | 'monitors';

/** `broken`: the other end is missing or does not fit. `blocked`: a policy denies it. */
export type EdgeState = 'ok' | 'broken' | 'blocked';

/** `allows` between two workloads: a connection that is called or that a policy names; drawn in the view of traffic only. */
export interface TopologyEdge {
  readonly from: string;
  readonly to: string;
  readonly type: EdgeType;
  /** A port, or a host, path and port; kept short. */
  readonly label?: string;
  readonly state: EdgeState;
  /** Why it is not `ok`; of what is allowed, by whom. */
  readonly message?: string;
}

/** All that the view shows. Edges whose ends are not among `nodes` are left out of the drawing. */
export interface TopologyView {
  readonly nodes: readonly TopologyNode[];
  readonly edges: readonly TopologyEdge[];
}

/**
 * From the host. `graph` replaces what is drawn and keeps zoom, selection and, where it can, places.
 * `select` marks the object under the editor's cursor; null: the cursor is on none.
 */
export type ToView =
  { readonly type: 'graph'; readonly graph: TopologyView } | { readonly type: 'select'; readonly id: string | null };

/**
 * From the view. `ready` comes once the page listens; the host answers with `graph`, then `select`.
 * `open` asks for the object's line; `openProblem` for the place of `problems[index]` of that node.
 */
export type ToHost =
  | { readonly type: 'ready' }
  | { readonly type: 'open'; readonly id: string }
  | { readonly type: 'openProblem'; readonly id: string; readonly index: number };
