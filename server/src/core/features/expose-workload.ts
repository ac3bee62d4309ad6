/** A Service for a workload that has none, as `kubectl expose` makes it: the action of the page expose-workload. */
import type { Fix } from '../finding';
import { nameKey } from '../keys';
import type { ReadResource } from '../kinds/read';
import { service as serviceKind } from '../kinds/service';
import { tableOf } from '../kinds/table';
import { namespacesAgree } from '../links';
import { dns1035Label } from '../names';
import { servingContainers } from '../network/endpoints';
import type { Resource } from '../resource';
import type { NewService } from '../rules/shared/new-service';
import { addService, servicePorts } from '../rules/shared/new-service';
import { ownSelector } from '../rules/shared/own-selector';
import { kindAndName } from '../rules/shared/words';
import { isTemplated } from '../templated';
import type { Snapshot } from '../workspace';
import { targetAt } from './target';

/** Offered at the kind, the name, the pod labels and the container ports of a workload that no Service selects. */
export function exposeWorkload(snapshot: Snapshot, uri: string, offset: number): Fix[] {
  const target = targetAt(snapshot, uri, offset);
  if (target?.type !== 'resource' && target?.type !== 'podLabel' && target?.type !== 'containerPort') return [];
  const { at, kind } = target.resource;
  const file = snapshot.read(uri);
  const document = file?.documents.find((item) => item.at.start <= at.start && at.end <= item.at.end);
  const read = document?.reads.find(({ resource }) => resource.at.start === at.start && resource.kind === kind);
  if (!file || !document || !read || document.value?.type !== 'map' || document.value.flow) return [];
  const service = isExposed(snapshot, target.resource) ? undefined : serviceFor(read);
  if (!service) return [];
  return [
    {
      title: `Create Service for ${kindAndName(read.resource)}`,
      edits: [addService(service, uri, file.text, document.at.end)],
    },
  ];
}

/** A Service selects its pods, or has its name. */
function isExposed({ links }: Snapshot, workload: Resource): boolean {
  if (links.selectedBy(workload, [serviceKind]).length > 0) return true;
  for (const { resources } of links.rings(nameKey(serviceKind, workload.name ?? ''), workload))
    if (resources.some(({ namespace }) => namespacesAgree(namespace, workload.namespace) !== 'no')) return true;
  return false;
}

/** What the Service says; undefined where its name, pods or ports are not known. */
function serviceFor(read: ReadResource): NewService | undefined {
  const { resource } = read;
  const { name, pods, names } = resource;
  const selector = selectorOf(read);
  if (name === undefined || dns1035Label(name) !== undefined || !pods || !tableOf(resource)?.pods?.serves)
    return undefined;
  const ports = servicePorts(servingContainers(pods).flatMap((container) => container.ports));
  if (!selector || ports.length === 0) return undefined;
  const labels = resource.labels.map(({ key, value }) => [key.text, value.text] as const);
  return { name, namespace: names.namespace?.text, labels, headless: false, selector, ports };
}

/** The pairs by which the controller finds its pods, else all labels of the pods; undefined where they are no plain pairs. */
function selectorOf(read: ReadResource): (readonly [string, string])[] | undefined {
  const own = ownSelector(read);
  const labels = (read.resource.pods?.labels ?? []).map(({ key, value }) => [key.text, value.text] as const);
  const pairs =
    own && own.requirements.length > 0
      ? own.requirements.map(({ requirement: { key, operator, values } }) =>
          operator === 'In' && values.length === 1 ? ([key, values[0] ?? ''] as const) : undefined,
        )
      : labels;
  const known = pairs.filter((pair) => pair !== undefined);
  return own?.unknown ||
    known.length === 0 ||
    known.length < pairs.length ||
    known.some((pair) => pair.some(isTemplated))
    ? undefined
    : known;
}
