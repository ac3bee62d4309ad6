/** Everything that points at the object, label or port under the cursor. */
import type { Call } from '../network/calls';
import { callsTo } from '../network/calls';
import { podPort } from '../network/endpoints';
import { namedPort } from '../network/backend-port';
import type { Resource } from '../resource';
import { podSelector } from '../resource';
import type { Span } from '../value';
import type { Snapshot } from '../workspace';
import { callIn } from './hover-calls';
import { kustomizationReferences, patchReferences } from './kustomize/definition';
import { patchedObjects } from './kustomize/named-objects';
import type { Target } from './target';
import { targetAt } from './target';

/** Spans in file order; with `withDeclaration` also the place itself. */
export function references(snapshot: Snapshot, uri: string, offset: number, withDeclaration: boolean): readonly Span[] {
  const target = targetAt(snapshot, uri, offset) ?? patchedTarget(snapshot, uri, offset);
  if (!target) return kustomizationReferences(snapshot, uri, offset);
  const subjects = subjectsOf(snapshot, target);
  const spans = subjects.flatMap((subject) => [
    ...(withDeclaration ? [subject.nameAt] : []),
    ...pointingAt(snapshot, subject),
  ]);
  return target.type === 'servicePort'
    ? portUsers(snapshot, target.resource, target.port, withDeclaration)
    : [...spans, ...patchReferences(snapshot, target)];
}

/** The name in a patch stands for the object that is patched. */
function patchedTarget(snapshot: Snapshot, uri: string, offset: number): Target | undefined {
  const meant = patchedObjects(snapshot, uri, offset);
  const [resource] = meant?.objects ?? [];
  return meant && resource && { type: 'resource', resource, span: meant.at };
}

/** A name or selector stands for what it leads to. */
function subjectsOf(snapshot: Snapshot, target: Target): readonly Resource[] {
  const { links } = snapshot;
  if (target.type === 'address') return callIn(snapshot, target.resource, target.address)?.services ?? [];
  if (target.type === 'section') return links.resolve(target.resource, target.parent.reference).to;
  if (target.type === 'reference') return links.resolve(target.resource, target.reference).to;
  if (target.type === 'selector') return links.select(target.resource, target.use).to;
  return [target.resource];
}

function pointingAt(snapshot: Snapshot, subject: Resource): Span[] {
  const { links } = snapshot;
  return [
    ...links.referrers(subject).map(({ reference }) => reference.name.origin),
    ...links.selectedBy(subject).map(({ use }) => use.at),
    ...calls(snapshot, subject).map(({ reference }) => reference.name.origin),
  ];
}

/** The addresses that mean a Service, in ConfigMaps also where nobody here reads them. */
function calls(snapshot: Snapshot, service: Resource): Call[] {
  return service.service ? callsTo(service, snapshot.links, snapshot.settingsOf(service.uri).clusterDomain) : [];
}

/** Backends that name a Service port, and the container ports it leads to. */
function portUsers(
  snapshot: Snapshot,
  service: Resource,
  port: Parameters<typeof podPort>[1],
  withDeclaration: boolean,
): Span[] {
  const { links } = snapshot;
  const called = calls(snapshot, service).flatMap(({ address, services, ports }) =>
    address.port && ports[services.indexOf(service)]?.port === port ? [address.port.origin] : [],
  );
  const backends = links
    .referrers(service)
    .flatMap(({ reference }) =>
      reference.port && service.service && namedPort(service.service, reference.port) === port
        ? [reference.port.origin]
        : [],
    );
  const use = podSelector(service);
  const declared = use
    ? links
        .select(service, use)
        .to.flatMap((workload) => (workload.pods && podPort(workload.pods, port)?.declared?.at) ?? [])
    : [];
  return [...(withDeclaration ? [port.at] : []), ...backends, ...called, ...declared];
}
