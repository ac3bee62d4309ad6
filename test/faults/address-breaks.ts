/** Addresses that can be broken: the host or the port that a pod is told to call, and the port of a Service that is called. */
import type { Call, Caller, Resource, Snapshot } from '../../server/src/core/index';
import { callOf, callersOf, callsOf, isPlausible } from '../../server/src/core/index';
import { calledPort } from '../../server/src/core/network/called-port';
import type { Break, Make } from './breaks';

/** The Services that a workload calls, or the callers of a Service. */
export function callNeighbours(snapshot: Snapshot, resource: Resource): Resource[] {
  if (resource.pods)
    return callsOf(resource, snapshot.links, domainOf(snapshot, resource)).flatMap(({ services }) => services);
  const callers = resource.service ? calling(snapshot, resource) : [];
  return callers.flatMap(({ workload, call }) => [workload, call.from]);
}

/** The breaks of the texts of a workload, and of the ports of a Service that is called. */
export function addressBreaks(snapshot: Snapshot, resource: Resource, make: Make): Break[] {
  return [...hostBreaks(snapshot, resource, make), ...calledPortBreaks(snapshot, resource, make)];
}

function hostBreaks(snapshot: Snapshot, resource: Resource, make: Make): Break[] {
  return resource.addresses.flatMap((address, index) => {
    const call = callOf(resource, address, snapshot.links, domainOf(snapshot, resource));
    if (!call || address.form === 'variable' || !resource.pods || !isSound(call)) return [];
    return [
      ...make('address host', call.reference.name, hostExcuse(snapshot, call, index)),
      ...make('address port', address.port, (_, broken) => {
        const again = broken.addresses[index];
        return again && !isPlausible(again) ? 'a small number behind a word need not be a port' : undefined;
      }),
    ];
  });
}

/** It leads to one Service for certain, and to a port of it. */
function isSound({ services, ports, resolution }: Call): boolean {
  return services.length > 0 && resolution.to.length > 0 && ports.every(({ state }) => state === 'ok');
}

/** Explains a miss: a bare name may be a host anywhere, unless nobody else calls what it is nearly called. */
function hostExcuse(before: Snapshot, { services }: Call, index: number): Break['excuse'] {
  const others = services.flatMap((service) => calling(before, service));
  return (now, broken) => {
    const address = broken.addresses[index];
    const call = address && callOf(broken, address, now.links, domainOf(now, broken));
    if (!call) return 'what is written is no host of the cluster';
    if (call.services.length > 0) return 'another Service has that name';
    if (call.isCertain) return undefined;
    if (others.some(({ call: other }) => other.from.uri !== broken.uri || other.from.index !== broken.index))
      return 'the name may be a host anywhere, and others call the Service too';
    return services.every((service) => folderOf(service) !== folderOf(broken))
      ? 'the name may be a host anywhere, and the Service is in another folder'
      : undefined;
  };
}

function calledPortBreaks(snapshot: Snapshot, service: Resource, make: Make): Break[] {
  const callers = service.service ? calling(snapshot, service) : [];
  return (service.service?.ports ?? []).flatMap(({ port }) => {
    const sound = callers.filter(({ call }) => call.address.port?.text === port?.text && isSound(call));
    return sound.length > 0 && !service.service?.headless ? make('called port', port, stillCalled(sound)) : [];
  });
}

/** Explains a miss by another Service of that name, which has the port; one in a kustomization may be meant too. */
function stillCalled(callers: readonly Caller[]): Break['excuse'] {
  return (now) => {
    const isFine = callers.every(({ call: { from, address } }) => {
      const call = callOf(from, address, now.links, domainOf(now, from));
      const { to, maybe } = call?.resolution ?? { to: [], maybe: [] };
      return [...to, ...maybe].some((service) => calledPort(address, service, now.links).state === 'ok');
    });
    return isFine ? 'another Service of that name has the port' : undefined;
  };
}

function calling(snapshot: Snapshot, service: Resource): Caller[] {
  return callersOf(service, snapshot.links, domainOf(snapshot, service));
}

function domainOf(snapshot: Snapshot, { uri }: Resource): string {
  return snapshot.settingsOf(uri).clusterDomain;
}

function folderOf({ uri }: Resource): string {
  return uri.slice(0, uri.lastIndexOf('/'));
}
