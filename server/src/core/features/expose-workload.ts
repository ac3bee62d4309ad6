/** A Service for a workload that has none, as `kubectl expose` makes it: the action of the page expose-workload. */
import type { Fix } from '../finding';
import { nameKey } from '../keys';
import type { ReadResource } from '../kinds/read';
import { service } from '../kinds/service';
import { tableOf } from '../kinds/table';
import { namespacesAgree } from '../links';
import { dns1035Label, dns1123Label } from '../names';
import { servingContainers } from '../network/endpoints';
import type { ContainerPort, Resource } from '../resource';
import { ownSelector } from '../rules/shared/own-selector';
import { kindAndName, quoted } from '../rules/shared/words';
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
  const lines = isExposed(snapshot, target.resource) ? undefined : serviceFor(read, itemIndent(file.text));
  if (!lines) return [];
  const end = file.text.slice(0, document.at.end).trimEnd().length;
  const gap = file.text.includes('\r\n') ? '\r\n' : '\n';
  return [
    {
      title: `Create Service for ${kindAndName(read.resource)}`,
      edits: [
        {
          at: { uri, start: end, end },
          newText: ['', '---', ...lines].join(gap) + (end === file.text.length ? gap : ''),
        },
      ],
    },
  ];
}

/** A Service selects its pods, or has its name. */
function isExposed({ links }: Snapshot, workload: Resource): boolean {
  if (links.selectedBy(workload, [service]).length > 0) return true;
  for (const { resources } of links.rings(nameKey(service, workload.name ?? ''), workload))
    if (resources.some(({ namespace }) => namespacesAgree(namespace, workload.namespace) !== 'no')) return true;
  return false;
}

/** How far the items of lists are indented below their key in a file. */
function itemIndent(text: string): string {
  const [, key = '', item = '  '] = /^( *)(?:- )?[\w"']+:[ \t]*\r?\n( *)- /m.exec(text) ?? [];
  return item.length > key.length ? '  ' : '';
}

/** The lines of the Service; undefined where its name, pods or ports are not known. */
function serviceFor(read: ReadResource, indent: string): string[] | undefined {
  const { resource } = read;
  const { name, pods, names } = resource;
  const selector = selectorOf(read);
  if (name === undefined || dns1035Label(name) !== undefined || !pods || !tableOf(resource)?.pods?.serves)
    return undefined;
  const ports = portsOf(servingContainers(pods).flatMap((container) => container.ports));
  if (!selector || ports.length === 0) return undefined;
  const pair = ([key, value]: readonly [string, string]) => `${quoted(key)}: ${quoted(value)}`;
  const labels = resource.labels.map(({ key, value }) => [key.text, value.text] as const);
  return [
    'apiVersion: v1',
    'kind: Service',
    'metadata:',
    `  name: ${quoted(name)}`,
    ...(names.namespace ? [`  namespace: ${quoted(names.namespace.text)}`] : []),
    ...(labels.length > 0 ? ['  labels:', ...labels.map((label) => `    ${pair(label)}`)] : []),
    'spec:',
    '  selector:',
    ...selector.map((label) => `    ${pair(label)}`),
    '  ports:',
    ...ports.flatMap((port) => port.map((line, index) => `  ${indent}${index === 0 ? '- ' : '  '}${line}`)),
  ];
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

/** The lines of each port. Several ports are told apart by names: those of the containers, else as kubectl numbers them. */
function portsOf(declared: readonly ContainerPort[]): string[][] {
  const ports = new Map<string, ContainerPort>();
  for (const port of declared)
    if (typeof port.number?.value === 'number') {
      const key = `${port.number.text}/${port.protocol}`;
      if (!ports.has(key)) ports.set(key, port);
    }
  const taken = new Set<string>();
  return [...ports.values()].map(({ name, number, protocol }, index) => {
    const own = name && !isTemplated(name.text) && dns1123Label(name.text) === undefined ? name.text : undefined;
    const unique = own !== undefined && !taken.has(own) ? own : ports.size > 1 ? `port-${index + 1}` : undefined;
    if (unique !== undefined) taken.add(unique);
    return [
      ...(unique === undefined ? [] : [`name: ${quoted(unique)}`]),
      `port: ${number?.text ?? ''}`,
      ...(own !== undefined && own === unique ? [`targetPort: ${quoted(own)}`] : []),
      ...(protocol === 'TCP' ? [] : [`protocol: ${protocol}`]),
    ];
  });
}
