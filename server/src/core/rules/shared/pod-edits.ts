/** Fixes that change the pods a selector or port is about, in the file of their workload. */
import type { Fix, TextEdit } from '../../finding';
import type { Links } from '../../links';
import { field } from '../../path';
import type { Container } from '../../pod-facts';
import type { Resource, ServicePort } from '../../resource';
import type { Span } from '../../value';
import { nameRules } from '../../names';
import { addItem } from './list-edits';
import { kindAndName, quoted } from './words';
import { treeAt } from './written-tree';
import { columnOf } from '../../text';

/** A pair of texts for a label map. */
interface Pair {
  readonly key: string;
  readonly value: string;
}

/** Adds labels to the template of a workload; none where a label of that key is there, which other selectors may need. */
export function addPodLabels(workload: Resource, pairs: readonly Pair[], links: Links): Fix[] {
  const { pods } = workload;
  const missing = pairs.filter(({ key }) => pods?.labels.every((label) => label.key.text !== key));
  if (!pods?.labelsAt || workload.owned || missing.length === 0 || missing.length < pairs.length) return [];
  const entries = missing.map(({ key, value }) => `${quoted(key)}: ${quoted(value)}`);
  const edit = insertFirst(links.text(workload), pods.labelsAt, pods.labels[0]?.key.origin, entries);
  const shown = pairs.map(({ key, value }) => `${key}=${value}`).join(',');
  return [{ title: `Add ${shown} to the pods of ${kindAndName(workload)}`, edits: [edit] }];
}

/** Adds labels to the metadata of an object; none where one of these keys is there already. */
export function addLabels(to: Resource, pairs: readonly Pair[], links: Links): Fix[] {
  if (to.owned || pairs.some(({ key }) => to.labels.some((label) => label.key.text === key))) return [];
  const entries = pairs.map(({ key, value }) => `${quoted(key)}: ${quoted(value)}`);
  const edit = insertLabels(to, entries, links.text(to));
  return edit
    ? [
        {
          title: `Add ${pairs.map(({ key, value }) => `${key}=${value}`).join(',')} to ${kindAndName(to)}`,
          edits: [edit],
        },
      ]
    : [];
}

/** Before the first label; without labels behind the name, where that is the last of its line. */
function insertLabels(to: Resource, entries: readonly string[], text: string): TextEdit | undefined {
  const [first] = to.labels;
  const name = to.names.name?.origin;
  const place = first?.key.origin ?? name;
  // In a bundle the labels may come from another file than the object.
  if (!place?.verbatim || place.uri !== to.at.uri) return undefined;
  if (first) {
    const open = text.lastIndexOf('{', first.key.origin.start);
    const isFlow = open >= 0 && /^\{\s*$/.test(text.slice(open, first.key.origin.start));
    return isFlow
      ? insertion(first.key.origin, first.key.origin.start, `${entries.join(', ')}, `)
      : insertFirst(text, first.key.origin, first.key.origin, entries);
  }
  if (!name) return undefined;
  const column = columnOf(text, name.start);
  const before = text.slice(name.start - column, name.start);
  const end = text.indexOf('\n', name.end) < 0 ? text.length : text.indexOf('\n', name.end);
  const flow = /[{,]\s*name:\s*$/.test(before);
  if (flow) return insertion(name, name.end, `, labels: { ${entries.join(', ')} }`);
  const indent = /^( *)name: *$/.exec(before)?.[1];
  if (indent === undefined || !/^\s*(?:#.*)?$/.test(text.slice(name.end, end))) return undefined;
  return insertion(name, end, `\n${indent}labels:\n${indent}  ${entries.join(`\n${indent}  `)}`);
}

/**
 * Gives a workload the container port that a Service port names: the name goes to the port without one that is meant,
 * else a port is added. None where several containers could be meant.
 */
export function declareContainerPort(workload: Resource, port: ServicePort, links: Links): Fix[] {
  const containers = workload.pods?.containers.filter(({ role }) => role === 'main') ?? [];
  const [container] = containers;
  const name = port.targetPort?.text;
  if (!container || name === undefined || workload.owned || nameRules.portName(name) !== undefined) return [];
  const text = links.text(workload);
  const unnamed = containers.flatMap(({ ports }) =>
    ports.filter((item) => item.name === undefined && item.protocol === port.protocol),
  );
  const meant = unnamed.find(({ number }) => number?.value === port.port?.value) ?? unnamed[0];
  if (meant && (unnamed.length === 1 || meant.number?.value === port.port?.value))
    return [
      {
        title: `Name container port ${meant.number?.text ?? ''} of ${kindAndName(workload)} ${name}`,
        edits: [nameOf(meant, name, text)],
      },
    ];
  const number = port.port?.value;
  if (containers.length > 1 || typeof number !== 'number') return [];
  const edit = addPort(container, port, name, number, text);
  return edit
    ? [{ title: `Add container port ${number} named ${name} to ${kindAndName(workload)}`, edits: [edit] }]
    : [];
}

/** Gives a port of a Service a name. */
export function nameServicePort(service: Resource, port: ServicePort, name: string, links: Links): Fix[] {
  if (service.owned || port.at.uri !== service.at.uri) return [];
  const title = `Name port ${port.port?.text ?? ''} of ${kindAndName(service)} ${name}`;
  return [{ title, edits: [nameOf(port, name, links.text(service))] }];
}

function nameOf(port: { readonly at: Span }, name: string, text: string): TextEdit {
  const first = { ...port.at, end: port.at.start };
  return insertFirst(text, port.at, first, [`name: ${quoted(name)}`]);
}

function addPort(
  { ports, portsAt, image, name: named, at }: Container,
  { protocol }: ServicePort,
  name: string,
  number: number,
  text: string,
): TextEdit | undefined {
  const pairs = [
    `name: ${quoted(name)}`,
    `containerPort: ${number}`,
    ...(protocol === 'TCP' ? [] : [`protocol: ${protocol}`]),
  ];
  const flow = `{ ${pairs.join(', ')} }`;
  if (portsAt && text[portsAt.start] === '[')
    return insertion(portsAt, portsAt.start + 1, ports.length > 0 ? `${flow}, ` : flow);
  const item = (indent: number) => `- ${pairs.join(`\n${' '.repeat(indent + 2)}`)}`;
  if (portsAt) {
    const indent = columnOf(text, portsAt.start);
    return insertion(portsAt, portsAt.start, `${item(indent)}\n${' '.repeat(indent)}`);
  }
  const tree = treeAt(text, at);
  if (tree && field(tree, 'ports').key)
    return addItem(text, tree, 'ports', {
      name,
      containerPort: number,
      ...(protocol === 'TCP' ? {} : { protocol }),
    });
  if (text[at.start] === '{') return insertion(at, at.start + 1, ` ports: [${flow}],`);
  // Behind the line of the image (or name), so that a container still begins with what it began with.
  const line = (image ?? named)?.origin;
  if (!line) return undefined;
  const end = text.indexOf('\n', line.end) < 0 ? text.length : text.indexOf('\n', line.end);
  if (!/^\s*(?:#.*)?$/.test(text.slice(line.end, end))) return undefined;
  const indent = columnOf(text, at.start);
  return insertion(at, end, `\n${' '.repeat(indent)}ports:\n${' '.repeat(indent + 2)}${item(indent + 2)}`);
}

/** Puts entries before the first one of a map, in the map's style. `first` is the place of its first key. */
function insertFirst(text: string, map: Span, first: Span | undefined, entries: readonly string[]): TextEdit {
  if (text[map.start] === '{') {
    const isEmpty = /^\{\s*\}/.test(text.slice(map.start, map.end));
    return insertion(map, map.start + 1, ` ${entries.join(', ')}${isEmpty ? ' ' : ','}`);
  }
  const start = first?.start ?? map.start;
  const gap = `\n${' '.repeat(columnOf(text, start))}`;
  return insertion(map, start, `${entries.join(gap)}${gap}`);
}

function insertion({ uri }: Span, at: number, newText: string): TextEdit {
  return { at: { uri, start: at, end: at }, newText };
}
