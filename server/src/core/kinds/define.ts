/** What a kind's table may say. Features and rules read tables and facts; none names a kind it could read from here. */
import type { GatewayFacts } from '../gateway-facts';
import type { Field } from '../path';
import type { EdgeType, GroupKind, RouteMatch, ScrapedPort, Selects } from '../resource';
import type { NameRule } from '../names';

/** A version of the API that was or will be removed, with minors such as `1.22`. */
export interface OldApi {
  readonly apiVersion: string;
  readonly deprecatedIn: string;
  readonly removedIn: string;
  readonly replacement: string;
  /** Whose releases these are; Kubernetes itself where nothing is said. */
  readonly releasedBy?: 'Gateway API';
}

/** The pods a kind makes. Paths are dotted; `''` means the object itself (Pod). */
export interface PodsSpec {
  readonly template: string;
  readonly replicas?: string;
  /** Pods at a time when nothing is written; `undefined` where the number of nodes decides. */
  readonly defaultReplicas: number | undefined;
  /** Label keys that the control plane writes on the pods, with values that no manifest shows. */
  readonly runtimeLabels: readonly string[];
  /** Label keys that it writes with the name of the object. */
  readonly ownNameLabels?: readonly string[];
  /** Label keys that it writes with the name of the object, a dash and a number. */
  readonly numberedNameLabels?: readonly string[];
  /** Label keys that it writes with the number of the pod, where `numbered` gives them one. */
  readonly numberLabels?: readonly string[];
  /** The controller finds its pods by this selector, which must match the template. */
  readonly selector?: OwnSelectorSpec;
  /** Its references to Services mean the headless one that names its pods. */
  readonly governedByService?: boolean;
  /** Its pods are numbered: where the first number and their count stand, and the field that must have this value. */
  readonly numbered?: { readonly start?: string; readonly count: string; readonly only?: readonly [string, string] };
  /** Pods that serve again and again; Jobs end. */
  readonly serves: boolean;
}

export interface OwnSelectorSpec {
  readonly path: string;
  readonly form: SelectorForm;
  /** The API server refuses the object without it; the versions in `defaultedIn` take the template's labels instead. */
  readonly required: boolean;
  readonly defaultedIn?: readonly string[];
  /** The selector is the author's only where this field is true; else the control plane writes it. */
  readonly onlyWith?: string;
}

/** `map`: equality pairs (Service); `labelSelector`: matchLabels and matchExpressions. */
export type SelectorForm = 'map' | 'labelSelector';

export interface SelectorSpec {
  readonly role: EdgeType;
  readonly selects: Selects;
  readonly path: string;
  readonly form: SelectorForm;
  /** What an empty selector (`{}`) means; by the API types, an absent LabelSelector is always nothing unless said. */
  readonly empty: 'everything' | 'nothing';
  readonly absent: 'everything' | 'nothing';
  /** Where a map `{ any, matchNames }` says from which namespaces it chooses (monitoring.coreos.com NamespaceSelector). */
  readonly namespaces?: string;
  /** Only in these apiVersions. */
  readonly apiVersions?: readonly string[];
}

/** Ports that a monitor scrapes: of each item at `path` the first that is written counts. */
export interface ScrapeSpec {
  readonly path: string;
  readonly ports: readonly { readonly field: string; readonly of: ScrapedPort['of'] }[];
}

export interface ReferenceSpec {
  readonly role: EdgeType;
  /** Dotted path of the map that holds the reference, `*` for list items. */
  readonly path: string;
  /** The name, relative to `path`; `''` when the path itself is the name. */
  readonly name: string;
  readonly namespace?: string;
  /** The port, relative to `path`; the first that is written counts. */
  readonly port?: readonly string[];
  /** The port that is meant where none is written. */
  readonly portByDefault?: number;
  /** The port that the pods listen on, or the name of the Service's port, relative to `path`. */
  readonly targetPort?: string;
  /** The target's kind: fixed, or read from the reference. */
  readonly target: GroupKind | ((at: Field) => GroupKind | undefined);
  readonly route?: (at: Field) => RouteMatch;
  readonly optional?: string;
  /** Only in these apiVersions. */
  readonly apiVersions?: readonly string[];
}

/** A field that people write in the wrong place, and what to know about it. */
export interface MisplacedField {
  /** Dotted path of the map it stands in; `''` is the top level. */
  readonly under: string;
  readonly field: string;
  readonly hint: string;
}

export interface KindTable extends GroupKind {
  /** Groups that once served this kind. */
  readonly olderGroups?: readonly string[];
  readonly clusterScoped?: boolean;
  /** Rank in the topology, from the outside in. */
  readonly layer: 'edge' | 'service' | 'workload' | 'policy' | 'config';
  /** The rule its name keeps (apimachinery's NameIsDNSSubdomain and kin). */
  readonly nameRule: NameRule;
  readonly oldApis?: readonly OldApi[];
  readonly pods?: PodsSpec;
  /** Reads `spec` as a Service does: type, clusterIP, ports. */
  readonly exposesPorts?: boolean;
  /** Carries addresses in the form of Endpoints (subsets) or EndpointSlice. */
  readonly manual?: 'subsets' | 'slice';
  /** Its controller makes Services and pods that are named after it. */
  readonly makesServices?: boolean;
  readonly keepsData?: boolean;
  /** Pods read its data as they are, so addresses are looked for in them. */
  readonly keepsTexts?: boolean;
  /** Says who may talk to whom; the tier of a cluster-wide policy, where `spec.tier` does not name it. */
  readonly policy?: 'namespaced' | 'Admin' | 'Baseline' | 'spec.tier';
  /** Part of the Gateway API: how its facts are read. */
  readonly gatewayApi?: GatewayFacts['type'];
  /** Selectors of others choose objects of this kind, by the labels in their own metadata. */
  readonly chosenAs?: Exclude<Selects, 'pods'>;
  readonly selectors?: readonly SelectorSpec[];
  readonly scrapes?: readonly ScrapeSpec[];
  /** Items with `hosts` that TLS is asked for. */
  readonly tls?: string;
  readonly references?: readonly ReferenceSpec[];
  /** Rules ask for all objects of this kind; few exist in a workspace. */
  readonly listed?: boolean;
  readonly misplaced?: readonly MisplacedField[];
}

/** Identity function that gives a table its type. */
export function defineKind(table: KindTable): KindTable {
  return table;
}
