/** What manifests of the Gateway API say, with the place of every word (gateway.networking.k8s.io API types). */
import type { Selector } from './labels';
import type { GroupKind, Reference } from './resource';
import type { Scalar, Span } from './value';

export type GatewayFacts =
  | { readonly type: 'gateway'; readonly gateway: ListenersFacts }
  | { readonly type: 'route'; readonly route: RouteFacts }
  | { readonly type: 'grant'; readonly grant: GrantFacts };

/** A Gateway or ListenerSet. */
export interface ListenersFacts {
  readonly listeners: readonly ListenerFacts[];
  /** From which namespaces ListenerSets may attach; by default from none. A ListenerSet takes none. */
  readonly allowedListeners: AllowedNamespaces;
  /** The Gateway that a ListenerSet adds its listeners to. */
  readonly parent: Reference | undefined;
  /** Addresses that a Gateway asks for. */
  readonly addresses: readonly Scalar[];
}

export interface ListenerFacts {
  readonly name: Scalar | undefined;
  readonly port: Scalar | undefined;
  readonly protocol: Scalar | undefined;
  readonly hostname: Scalar | undefined;
  /** `Terminate` where nothing is written. */
  readonly tlsMode: Scalar | undefined;
  readonly certificates: readonly Reference[];
  readonly allowedNamespaces: AllowedNamespaces;
  /** As written; undefined or empty: all that suit the protocol. */
  readonly allowedKinds: readonly GroupKind[];
  readonly path: string;
  readonly at: Span;
}

/** `From` of RouteNamespaces and ListenerNamespaces. */
export interface AllowedNamespaces {
  /** As written, else the default of the API. */
  readonly from: string;
  /** Undefined where it is not valid, or a template hides it. */
  readonly selector: Selector | undefined;
  /** What a person would change: the value, else the listener or the object. */
  readonly at: Span;
}

/** HTTPRoute, GRPCRoute, TLSRoute, TCPRoute or UDPRoute. */
export interface RouteFacts {
  readonly parents: readonly ParentFacts[];
  readonly hostnames: readonly Scalar[];
  readonly rules: readonly RuleFacts[];
}

export interface ParentFacts {
  readonly reference: Reference;
  readonly sectionName: Scalar | undefined;
  readonly port: Scalar | undefined;
}

export interface RuleFacts {
  /** Alternatives; none matches every request. */
  readonly matches: readonly MatchFacts[];
  readonly backends: readonly BackendFacts[];
  /** A redirect answers, and no backend is asked. */
  readonly redirects: boolean;
  readonly path: string;
}

/** HTTPRouteMatch, or GRPCRouteMatch as the HTTP request that it is. */
export interface MatchFacts {
  readonly path: TextMatch | undefined;
  readonly method: string | undefined;
  readonly headers: readonly NamedMatch[];
  readonly queryParams: readonly NamedMatch[];
}

export interface TextMatch {
  readonly type: string;
  readonly value: string;
}

export interface NamedMatch extends TextMatch {
  readonly name: string;
}

export interface BackendFacts {
  readonly reference: Reference;
  /** Its share; 0 gets nothing, 1 where nothing is written. */
  readonly weight: number;
}

/** Who may point at what in the namespace of a ReferenceGrant. */
export interface GrantFacts {
  readonly from: readonly (GroupKind & { readonly namespace: string | undefined })[];
  readonly to: readonly (GroupKind & { readonly name: string | undefined })[];
}
