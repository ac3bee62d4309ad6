/** Which route of an Ingress a request takes (Ingress documentation: path types, multiple matches, hostname wildcards). */

/** A rule as plain text. An absent host means every host, an absent path `/`, an absent pathType ImplementationSpecific. */
export interface Route {
  readonly host?: string | undefined;
  readonly path?: string | undefined;
  readonly pathType?: string | undefined;
}

export interface Request {
  /** With or without a port. */
  readonly host: string;
  /** With or without a query. */
  readonly path: string;
}

/** True when a rule's host takes a request's host. `*.` covers exactly one label; no host covers all. */
export function matchHost(rule: string | undefined, host: string): boolean {
  if (rule === undefined || rule === '' || rule === '*') return true;
  const wanted = rule.toLowerCase();
  const name = bareHost(host);
  if (!wanted.startsWith('*.')) return wanted === name;
  const dot = name.indexOf('.');
  return dot > 0 && name.slice(dot) === wanted.slice(1);
}

/**
 * True when a rule's path takes a request's path: Exact compares the text, Prefix whole elements between slashes, so
 * that `/aaa/bb` does not take `/aaa/bbb`. What ImplementationSpecific means is the controller's choice; most take it as Prefix.
 */
export function matchPath({ path = '/', pathType }: Pick<Route, 'path' | 'pathType'>, requested: string): boolean {
  const [bare = ''] = requested.split('?');
  if (pathType === 'Exact') return path === bare;
  const prefix = withoutSlash(path);
  const whole = withoutSlash(bare);
  return whole === prefix || whole.startsWith(`${prefix}/`);
}

/** The route that a request takes; undefined when none does, and the default backend answers. */
export function chooseRoute<T extends Route>(routes: readonly T[], request: Request): T | undefined {
  const [best] = routes.filter(({ host }) => matchHost(host, request.host)).sort((a, b) => hostRank(a) - hostRank(b));
  if (!best) return undefined;
  // The host decides first: a request for a host that has rules of its own never falls back to those of a wildcard.
  return routes
    .filter((route) => hostRank(route) === hostRank(best) && matchHost(route.host, request.host))
    .filter((route) => matchPath(route, request.path))
    .sort(compareRoutes)[0];
}

/** Orders routes as they are tried: exact hosts, wildcards, no host; then the longest path; then Exact before the others. */
export function compareRoutes(a: Route, b: Route): number {
  return (
    hostRank(a) - hostRank(b) ||
    withoutSlash(b.path ?? '/').length - withoutSlash(a.path ?? '/').length ||
    Number(a.pathType !== 'Exact') - Number(b.pathType !== 'Exact')
  );
}

function hostRank({ host }: Route): number {
  if (host === undefined || host === '' || host === '*') return 2;
  return host.startsWith('*.') ? 1 : 0;
}

/** A host in lower case, without port or final dot. */
function bareHost(host: string): string {
  return host.toLowerCase().replace(/:\d+$/, '').replace(/\.$/, '');
}

/** A trailing slash says nothing in a prefix; `/` is the empty prefix. */
function withoutSlash(path: string): string {
  return path.endsWith('/') ? path.slice(0, -1) : path;
}
