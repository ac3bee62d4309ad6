/** What the Gateway API's own conformance tests expect, as the cases write it down. */

export interface Name {
  readonly namespace: string;
  readonly name: string;
}

export interface Condition {
  readonly type: string;
  readonly status: string;
  /** Null or empty: any. */
  readonly reason: string | null;
}

export interface RouteExpectation {
  readonly kind: string;
  readonly route: Name;
  readonly gateway: Name;
  readonly sections?: readonly string[];
  readonly condition?: Condition;
}

export interface ListenerExpectation {
  readonly name: string;
  readonly supportedKinds: readonly string[] | null;
  readonly conditions: readonly Condition[];
  readonly attachedRoutes: number;
}

export interface RequestExpectation {
  readonly gateway: Name | null;
  readonly request: {
    readonly host: string;
    readonly path: string;
    readonly method: string;
    readonly headers: Readonly<Record<string, string>>;
  };
  readonly status: number;
  readonly backend: string | null;
}

export interface Expected {
  readonly accepted?: readonly RouteExpectation[];
  readonly resolvedRefs?: readonly RouteExpectation[];
  readonly routeConditions?: readonly RouteExpectation[];
  readonly gatewayConditions?: readonly { readonly gateway: Name; readonly condition: Condition }[];
  readonly listeners?: readonly { readonly gateway: Name; readonly listeners: readonly ListenerExpectation[] }[];
  readonly zeroRoutes?: readonly Name[];
  readonly noAcceptedParents?: readonly { readonly kind: string; readonly route: Name }[];
  readonly requests?: readonly RequestExpectation[];
}
