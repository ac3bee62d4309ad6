/** A new Service for the pods of a workload, as a document of its own behind that of the workload. */
import type { Fix, TextEdit } from '../../finding';
import type { Links } from '../../links';
import { dns1123Label } from '../../names';
import type { ContainerPort } from '../../pod-facts';
import type { Resource } from '../../resource';
import { isTemplated } from '../../templated';
import { addDocument, endOfDocument } from './new-document';
import { kindAndName, quoted } from './words';

type Pair = readonly [key: string, value: string];

/** What the document says. */
export interface NewService {
  readonly name: string;
  readonly namespace: string | undefined;
  readonly labels: readonly Pair[];
  readonly headless: boolean;
  readonly selector: readonly Pair[];
  /** The lines of each port, see `servicePorts`. */
  readonly ports: readonly (readonly string[])[];
}

/** An edit that puts the Service behind the document that ends at `end` of a file's `text`, in the style of the file. */
export function addService(service: NewService, uri: string, text: string, end: number): TextEdit {
  return addDocument(linesOf(service, itemIndent(text)), uri, text, end);
}

function linesOf({ name, namespace, labels, headless, selector, ports }: NewService, indent: string): string[] {
  const pair = ([key, value]: Pair) => `    ${quoted(key)}: ${quoted(value)}`;
  return [
    'apiVersion: v1',
    'kind: Service',
    'metadata:',
    `  name: ${quoted(name)}`,
    ...(namespace === undefined ? [] : [`  namespace: ${quoted(namespace)}`]),
    ...(labels.length > 0 ? ['  labels:', ...labels.map(pair)] : []),
    'spec:',
    ...(headless ? ['  clusterIP: None'] : []),
    '  selector:',
    ...selector.map(pair),
    ...(ports.length > 0 ? ['  ports:'] : []),
    ...ports.flatMap((port) => port.map((line, index) => `  ${indent}${index === 0 ? '- ' : '  '}${line}`)),
  ];
}

/** How far the items of lists are indented below their key in a file. */
function itemIndent(text: string): string {
  const [, key = '', item = '  '] = /^( *)(?:- )?[\w"']+:[ \t]*\r?\n( *)- /m.exec(text) ?? [];
  return item.length > key.length ? '  ' : '';
}

/** The lines of each port. Several ports are told apart by names: those of the containers, else as kubectl numbers them. */
export function servicePorts(declared: readonly ContainerPort[]): string[][] {
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

/** Labels that change with each release: a Service that asks for them loses its pods at the next one. */
const passing = new Set([
  'app.kubernetes.io/version',
  'chart',
  'controller-revision-hash',
  'helm.sh/chart',
  'pod-template-hash',
  'version',
]);

/** Creates the headless Service `name`; none where the pods have no labels to select by, or there is no place for a document. */
export function createHeadlessService(workload: Resource, name: string, links: Links): Fix[] {
  const { pods, uri, names } = workload;
  const labels = (pods?.labels ?? []).filter(({ key, value }) => !passing.has(key.text) && !isTemplated(value.text));
  const text = links.text(workload);
  const end = uri === workload.at.uri ? endOfDocument(workload, text) : undefined;
  if (!pods || labels.length === 0 || workload.owned || end === undefined) return [];
  const containers = pods.containers.filter(({ role }) => role !== 'init');
  const service: NewService = {
    name,
    namespace: names.namespace?.text,
    labels: [],
    headless: true,
    selector: labels.map(({ key, value }) => [key.text, value.text]),
    ports: servicePorts(containers.flatMap(({ ports }) => ports)),
  };
  return [
    {
      title: `Create the headless Service ${name} for ${kindAndName(workload)}`,
      edits: [addService(service, uri, text, end)],
    },
  ];
}
