/** What can be broken in manifests of the Gateway API: what routes attach to, where they lead, and what is granted. */
import type { Resource, Snapshot } from '../../server/src/core/index';
import type { Break, Make } from './breaks';
import { hasPort, stillLinked } from './breaks';

export const gatewayKinds = [
  'route backend name',
  'route backend port',
  'route parent name',
  'route section',
  'route hostname',
  'grant namespace',
  'certificate name',
] as const;

type Excuse = Break['excuse'];

export function gatewayBreaks(snapshot: Snapshot, resource: Resource, make: Make): Break[] {
  const { gateway } = resource;
  switch (gateway?.type) {
    case 'route':
      return [...backendBreaks(snapshot, resource, make), ...parentBreaks(snapshot, resource, make)];
    case 'gateway':
      return certificateBreaks(snapshot, resource, make);
    case 'grant':
      return grantBreaks(snapshot, resource, make);
    case undefined:
      return [];
  }
}

/** Explains a miss where the same reference leads to another object now. */
function linkedAgain(path: string): Excuse {
  return (now, broken) => {
    const again = broken.references.find((other) => other.path === path);
    return again && stillLinked(now.links.resolve(broken, again));
  };
}

function backendBreaks(snapshot: Snapshot, route: Resource, make: Make): Break[] {
  return route.references
    .filter(({ role }) => role === 'routes')
    .filter((reference) => snapshot.links.resolve(route, reference).to.length > 0)
    .flatMap((reference) => [
      ...make('route backend name', reference.name, linkedAgain(reference.path)),
      ...make('route backend port', hasPort(snapshot, route, reference) ? reference.port : undefined, () => undefined),
    ]);
}

function parentBreaks(snapshot: Snapshot, route: Resource, make: Make): Break[] {
  if (route.gateway?.type !== 'route') return [];
  const { parents, hostnames } = route.gateway.route;
  const known = parents.filter(({ reference }) => snapshot.links.resolve(route, reference).to.length > 0);
  const owners = known.flatMap(({ reference }) => snapshot.links.resolve(route, reference).to);
  const listeners = owners.flatMap(({ gateway }) => (gateway?.type === 'gateway' ? gateway.gateway.listeners : []));
  const exact = new Set(listeners.map(({ hostname }) => hostname?.text));
  // Where every listener is for one host, a slip in the route's own leads to none of them.
  const isBound = known.length === parents.length && exact.size === 1 && !exact.has(undefined);
  const far = (): string | undefined =>
    owners.every(({ namespace, uri }) => namespace === undefined && folder(uri) !== folder(route.uri))
      ? 'the Gateway is in another folder, and no namespace joins them'
      : undefined;
  return [
    ...known.flatMap(({ reference, sectionName }) => [
      ...make('route parent name', reference.name, linkedAgain(reference.path)),
      ...make('route section', sectionName, far),
    ]),
    ...(isBound ? hostnames.filter(({ text }) => exact.has(text)) : []).flatMap((hostname) =>
      make('route hostname', hostname, far),
    ),
  ];
}

function certificateBreaks(snapshot: Snapshot, gateway: Resource, make: Make): Break[] {
  return gateway.references
    .filter(({ path, role }) => role === 'attaches' && path.includes('certificateRefs'))
    .filter((reference) => snapshot.links.resolve(gateway, reference).to.length > 0)
    .flatMap((reference) => make('certificate name', reference.name, linkedAgain(reference.path)));
}

/** Breaks a grant that something in its file relies on. */
function grantBreaks(snapshot: Snapshot, grant: Resource, make: Make): Break[] {
  const relying = (snapshot.file(grant.uri)?.resources ?? []).some(({ namespace, references }) =>
    references.some(
      (reference) => reference.namespace?.text === grant.namespace && namespace !== grant.namespace && grant.namespace,
    ),
  );
  return relying ? make('grant namespace', grant.names.namespace, () => 'another grant allows it') : [];
}

function folder(uri: string): string {
  return uri.slice(0, uri.lastIndexOf('/'));
}
