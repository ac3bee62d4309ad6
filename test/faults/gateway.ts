/** What can be broken in manifests of the Gateway API: what routes attach to, where they lead, and what is granted. */
import type { Reference, Resource, Snapshot } from '../../server/src/core/index';
import type { Break, Make } from './breaks';
import { hasPort, stillLinked } from './link-breaks';

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
      ...make(
        'route backend port',
        hasPort(snapshot, route, reference) ? reference.port : undefined,
        hasThatPort(reference.path),
      ),
      ...grantBreaks(snapshot, route, reference),
    ]);
}

/** Explains a miss where the Service has the wrong port too. */
function hasThatPort(path: string): Excuse {
  return (now, broken) => {
    const again = broken.references.find((other) => other.path === path);
    return again && hasPort(now, broken, again) ? 'the Service has that port too' : undefined;
  };
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

const referenceGrant = { group: 'gateway.networking.k8s.io', kind: 'ReferenceGrant' };

/** Moves the grants that a reference relies on to another namespace. */
function grantBreaks({ links }: Snapshot, route: Resource, { namespace, name }: Reference): Break[] {
  if (!namespace || namespace.text === route.namespace) return [];
  return links.all(route, referenceGrant).flatMap((grant) => {
    const at = grant.names.namespace;
    const facts = grant.gateway?.type === 'grant' ? grant.gateway.grant : undefined;
    const isMeant =
      grant.uri === route.uri &&
      facts?.from.some((item) => item.namespace === route.namespace && item.kind === route.kind) &&
      facts.to.some((item) => (item.name ?? name.text) === name.text);
    return at?.text === namespace.text && isMeant && at.origin.verbatim
      ? [
          {
            kind: 'grant namespace' as const,
            resource: grant,
            at,
            newText: `${at.text}x`,
            partners: [route],
            excuse: () => 'another grant allows it',
          },
        ]
      : [];
  });
}

function folder(uri: string): string {
  return uri.slice(0, uri.lastIndexOf('/'));
}
