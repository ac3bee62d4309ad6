/** Everything that points at the object, label or port under the cursor. */
import { podPort } from '../network/endpoints';
import { namedPort } from '../network/backend-port';
import type { Resource } from '../resource';
import { podSelector } from '../resource';
import type { Span } from '../value';
import type { Snapshot } from '../workspace';
import type { Target } from './target';
import { targetAt } from './target';

/** Spans in file order; with `withDeclaration` also the place itself. */
export function references(snapshot: Snapshot, uri: string, offset: number, withDeclaration: boolean): readonly Span[] {
  const target = targetAt(snapshot, uri, offset);
  if (!target) return [];
  const subjects = subjectsOf(snapshot, target);
  const spans = subjects.flatMap((subject) => [
    ...(withDeclaration ? [subject.nameAt] : []),
    ...pointingAt(snapshot, subject),
  ]);
  return target.type === 'servicePort' ? portUsers(snapshot, target.resource, target.port, withDeclaration) : spans;
}

/** A name or selector stands for what it leads to. */
function subjectsOf({ links }: Snapshot, target: Target): readonly Resource[] {
  if (target.type === 'reference') return links.resolve(target.resource, target.reference).to;
  if (target.type === 'selector') return links.select(target.resource, target.use).to;
  return [target.resource];
}

function pointingAt({ links }: Snapshot, subject: Resource): Span[] {
  return [
    ...links.referrers(subject).map(({ reference }) => reference.name.origin),
    ...links.selectedBy(subject).map(({ use }) => use.at),
  ];
}

/** Backends that name a Service port, and the container ports it leads to. */
function portUsers(
  { links }: Snapshot,
  service: Resource,
  port: Parameters<typeof podPort>[1],
  withDeclaration: boolean,
): Span[] {
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
  return [...(withDeclaration ? [port.at] : []), ...backends, ...declared];
}
