/** Hostnames of listeners and routes (Gateway API types: Hostname, HTTPRouteSpec.Hostnames, Listener.Hostname). */

/** True when a hostname takes a request's host. `*.` covers one or more labels; no hostname takes all. */
export function takesHost(hostname: string | undefined, host: string): boolean {
  if (isEvery(hostname)) return true;
  const wanted = hostname.toLowerCase();
  const name = host.toLowerCase().replace(/:\d+$/, '').replace(/\.$/, '');
  return wanted.startsWith('*.') ? name.length > wanted.length - 1 && name.endsWith(wanted.slice(1)) : wanted === name;
}

/**
 * The hosts for which a listener and a route agree, each as the narrower of the two; `*` where neither names any. Empty
 * where they have nothing in common, so that the route does not attach.
 */
export function commonHostnames(listener: string | undefined, route: readonly string[]): string[] {
  if (route.length === 0) return [isEvery(listener) ? '*' : listener];
  return route.flatMap((hostname) => narrower(listener, hostname) ?? []);
}

function narrower(a: string | undefined, b: string): string | undefined {
  if (isEvery(a) || a.toLowerCase() === b.toLowerCase()) return b;
  if (covers(a, b)) return b;
  return covers(b, a) ? a : undefined;
}

/** `*.example.com` covers `a.example.com`, `a.b.example.com` and `*.b.example.com`. */
function covers(wildcard: string, hostname: string): boolean {
  if (!wildcard.startsWith('*.')) return false;
  const bare = hostname.startsWith('*.') ? hostname.slice(1) : hostname;
  return bare.length > wildcard.length - 1 && bare.toLowerCase().endsWith(wildcard.slice(1).toLowerCase());
}

/** Orders hostnames as they are tried: exact ones first, then by length (HTTPRouteSpec.Hostnames). */
export function compareHostnames(a: string | undefined, b: string | undefined): number {
  const rank = (hostname: string | undefined) => (isEvery(hostname) ? 2 : hostname.startsWith('*.') ? 1 : 0);
  return rank(a) - rank(b) || (b?.length ?? 0) - (a?.length ?? 0);
}

function isEvery(hostname: string | undefined): hostname is undefined | '' | '*' {
  return hostname === undefined || hostname === '' || hostname === '*';
}
