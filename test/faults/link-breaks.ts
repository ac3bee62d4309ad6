/** Breaks of what links objects: selectors, labels, ports, names and namespaces. */
import type { Reference, Resource, SelectorUse, Snapshot } from '../../server/src/core/index';
import { callNeighbours } from './address-breaks';
import type { Break, Make } from './breaks';

type Links = Snapshot['links'];
type Referrer = ReturnType<Links['referrers']>[number];
type SelectedBy = ReturnType<Links['selectedBy']>[number];

/** The breaks of a resource that something here is linked with; routes of the Gateway API have their own. */
export function linkBreaks(snapshot: Snapshot, resource: Resource, make: Make): Break[] {
  return [
    ...selectorBreaks(snapshot, resource, make),
    ...labelBreaks(snapshot, resource, make),
    ...portBreaks(snapshot, resource, make),
    ...(resource.gateway ? [] : routeBreaks(snapshot, resource, make)),
    ...governingBreaks(snapshot, resource, make),
    ...nameBreaks(snapshot, resource, make),
  ];
}

function selectorBreaks(snapshot: Snapshot, resource: Resource, make: Make): Break[] {
  const use = serviceSelector(resource);
  if (!use || snapshot.links.select(resource, use).to.length === 0) return [];
  const excuse: Break['excuse'] = (now, broken) => {
    const again = serviceSelector(broken);
    return again && stillLinked(now.links.select(broken, again));
  };
  return use.pairs.flatMap(({ key, value }) => [
    ...make('selector value', value, excuse),
    ...make('selector key', key, excuse),
  ]);
}

function labelBreaks(snapshot: Snapshot, resource: Resource, make: Make): Break[] {
  const selecting = selectors(snapshot, resource);
  return (resource.pods?.labels ?? [])
    .filter(({ key }) => selecting.some(({ use }) => use.pairs.some((pair) => pair.key.text === key.text)))
    .flatMap(({ value }) =>
      make('pod label', value, (now) =>
        selecting.every(({ from, use }) => now.links.select(from, use).to.length > 0)
          ? 'its Services reach other pods'
          : undefined,
      ),
    );
}

function portBreaks(snapshot: Snapshot, resource: Resource, make: Make): Break[] {
  const { service } = resource;
  if (!service) return [];
  const use = serviceSelector(resource);
  const workloads = use ? snapshot.links.select(resource, use).to : [];
  const named = new Set(
    workloads.flatMap(({ pods }) =>
      (pods?.containers ?? []).flatMap(({ ports }) => ports.map(({ name }) => name?.text)),
    ),
  );
  const wanted = referrers(snapshot, resource).flatMap(({ reference }) => reference.port?.text ?? []);
  return service.ports.flatMap(({ port, targetPort }) => [
    ...(typeof targetPort?.value === 'string' && named.has(targetPort.text)
      ? make('targetPort name', targetPort, () => undefined)
      : []),
    ...(port && wanted.includes(port.text) ? make('Service port', port, otherPorts(snapshot, resource)) : []),
  ]);
}

/** Explains a miss by another Service of that name, which has the port. */
function otherPorts(snapshot: Snapshot, resource: Resource): Break['excuse'] {
  const naming = referrers(snapshot, resource).filter(({ reference }) => reference.port);
  return (now) =>
    naming.every(({ from, reference }) => hasPort(now, current(now, from), reference))
      ? 'another Service of that name has the port'
      : undefined;
}

function routeBreaks(snapshot: Snapshot, resource: Resource, make: Make): Break[] {
  // No rule judges the Routes of OpenShift: they are read for the policies of their pods.
  if (resource.kind !== 'Ingress') return [];
  return resource.references
    .filter((reference) => reference.role === 'routes' && snapshot.links.resolve(resource, reference).to.length > 0)
    .flatMap((reference) => {
      const excuse: Break['excuse'] = (now, broken) => {
        const again = broken.references.find((other) => other.path === reference.path);
        return again && stillLinked(now.links.resolve(broken, again));
      };
      return [
        ...make('Ingress backend name', reference.name, excuse),
        ...make(
          'Ingress backend port',
          hasPort(snapshot, resource, reference) ? reference.port : undefined,
          () => undefined,
        ),
      ];
    });
}

/** The serviceName of a StatefulSet, the subdomain of other pods. */
function governingBreaks(snapshot: Snapshot, resource: Resource, make: Make): Break[] {
  return resource.references
    .filter(({ role, target }) => resource.pods && role === 'attaches' && target.kind === 'Service')
    .filter((reference) => snapshot.links.resolve(resource, reference).to.length > 0)
    .flatMap((reference) =>
      make('governing Service', reference.name, (now, broken) => {
        const again = broken.references.find((other) => other.path === reference.path);
        return again && stillLinked(now.links.resolve(broken, again));
      }),
    );
}

/** The port is one of the Service: an ExternalName Service may have none. */
export function hasPort(snapshot: Snapshot, resource: Resource, { port, ...reference }: Reference): boolean {
  return snapshot.links
    .resolve(resource, { ...reference, port })
    .to.some(({ service }) => service?.ports.some((item) => [item.port?.text, item.name?.text].includes(port?.text)));
}

function nameBreaks(snapshot: Snapshot, resource: Resource, make: Make): Break[] {
  const { name, namespace } = resource.names;
  const isNamed = resource.service !== undefined && referrers(snapshot, resource).length > 0;
  const use = serviceSelector(resource);
  const takesPart =
    isNamed ||
    selectors(snapshot, resource).length > 0 ||
    (use !== undefined && snapshot.links.select(resource, use).to.length > 0) ||
    resource.references.some(
      (reference) => reference.role === 'routes' && snapshot.links.resolve(resource, reference).to.length > 0,
    );
  const excuse = dependents(snapshot, resource);
  return [
    ...(takesPart ? make('namespace', namespace, excuse) : []),
    ...(isNamed ? make('Service name', name, excuse) : []),
  ];
}

/** Explains a miss by those who need the object: all of them find another one. */
function dependents(snapshot: Snapshot, resource: Resource): Break['excuse'] {
  const naming = referrers(snapshot, resource);
  const selecting = selectors(snapshot, resource);
  const use = serviceSelector(resource);
  const reaches = use !== undefined && snapshot.links.select(resource, use).to.length > 0;
  return (now, broken) => {
    const reasons = [
      ...naming.map(({ from, reference }) => stillLinked(now.links.resolve(current(now, from), reference))),
      ...selecting.map(({ from, use: wanted }) => stillLinked(now.links.select(current(now, from), wanted))),
      ...(reaches ? [stillLinked(now.links.select(broken, use))] : []),
      ...broken.references
        .filter(({ role }) => role === 'routes')
        .map((reference) => stillLinked(now.links.resolve(broken, reference))),
    ];
    return reasons.every((reason) => reason !== undefined) ? reasons[0] : undefined;
  };
}

/** A resource as it is now: its file may be the broken one. */
function current(now: Snapshot, { uri, index }: Resource): Resource {
  const found = now.file(uri)?.resources[index];
  if (!found) throw new Error(`the break took an object out of ${uri}`);
  return found;
}

/** Who names an object for certain; Endpoints carry the name of their Service, they do not lead to it. */
function referrers(snapshot: Snapshot, resource: Resource): readonly Referrer[] {
  return snapshot.links
    .referrers(resource)
    .filter(
      ({ from, reference }) =>
        from.manual === undefined && snapshot.links.resolve(from, reference).to.includes(resource),
    );
}

/** Services that choose the pods of a workload for certain. */
function selectors(snapshot: Snapshot, resource: Resource): readonly SelectedBy[] {
  return resource.pods
    ? snapshot.links
        .selectedBy(resource)
        .filter(({ from, use }) => from.service && snapshot.links.select(from, use).to.includes(resource))
    : [];
}

function serviceSelector(resource: Resource): SelectorUse | undefined {
  return resource.service ? resource.selectors.find(({ role }) => role === 'selects') : undefined;
}

export function stillLinked({ to, maybe, unknown }: ReturnType<Snapshot['links']['select']>): string | undefined {
  if (unknown) return 'a template';
  if (to.length > 0) return 'another object is meant now';
  return maybe.length > 0 ? 'an object in an unset namespace or a kustomization may be meant' : undefined;
}

/** Objects that a resource is linked with, both ways. */
export function linked(snapshot: Snapshot, resource: Resource): Resource[] {
  const { links } = snapshot;
  return [
    ...(serviceSelector(resource) ? resource.selectors.flatMap((use) => links.select(resource, use).to) : []),
    ...resource.references.flatMap((reference) => links.resolve(resource, reference).to),
    ...links.referrers(resource).map(({ from }) => from),
    ...(resource.pods ? links.selectedBy(resource).map(({ from }) => from) : []),
    ...callNeighbours(snapshot, resource),
  ].filter((other) => other !== resource && !other.clusterScoped);
}
