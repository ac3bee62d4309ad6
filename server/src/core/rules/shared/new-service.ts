/** Fixes that write a Service for the pods of a workload, as a document of its own behind that of the workload. */
import type { Fix } from '../../finding';
import type { Links } from '../../links';
import type { Label, Pods, Resource } from '../../resource';
import { isTemplated } from '../../templated';
import { columnOf } from '../../text';
import { kindAndName, quoted } from './words';

/** Labels that change with each release: a Service that asks for them loses its pods at the next one. */
const passing = new Set([
  'app.kubernetes.io/version',
  'chart',
  'controller-revision-hash',
  'helm.sh/chart',
  'pod-template-hash',
  'release-date',
  'version',
]);

/** Creates the headless Service `name`; none where the workload has no labels to select by, or no place for a document. */
export function createHeadlessService(workload: Resource, name: string, links: Links): Fix[] {
  const { pods } = workload;
  const labels = (pods?.labels ?? []).filter(({ key, value }) => !passing.has(key.text) && !isTemplated(value.text));
  if (!pods || labels.length === 0 || workload.owned) return [];
  const at = endOfDocument(workload, links.text(workload));
  if (at === undefined) return [];
  const text = links.text(workload);
  const gap = at > 0 && text[at - 1] !== '\n' ? '\n' : '';
  const lines = headlessService(workload, name, labels, pods);
  const newText = `${gap}---\n${lines.join('\n')}\n`;
  return [
    {
      title: `Create the headless Service ${name} for ${kindAndName(workload)}`,
      edits: [{ at: { uri: workload.uri, start: at, end: at }, newText }],
    },
  ];
}

function headlessService(workload: Resource, name: string, labels: readonly Label[], pods: Pods): string[] {
  const namespace = workload.names.namespace?.text;
  const ports = portLines(pods);
  return [
    'apiVersion: v1',
    'kind: Service',
    'metadata:',
    `  name: ${quoted(name)}`,
    ...(namespace ? [`  namespace: ${quoted(namespace)}`] : []),
    'spec:',
    '  clusterIP: None',
    '  selector:',
    ...labels.map(({ key, value }) => `    ${quoted(key.text)}: ${quoted(value.text)}`),
    ...(ports.length > 0 ? ['  ports:', ...ports] : []),
  ];
}

/** The ports of the containers. Several must have different names, so ports without one are left out beside others. */
function portLines({ containers }: Pods): string[] {
  const all = containers.filter(({ role }) => role !== 'init').flatMap(({ ports }) => ports);
  const numbered = all.filter(({ number }) => typeof number?.value === 'number');
  const names = new Set<string>();
  const chosen = numbered.filter(({ name }, index) => {
    if (name === undefined) return index === 0 && numbered.length === 1;
    const isFirst = !names.has(name.text) && !isTemplated(name.text);
    names.add(name.text);
    return isFirst;
  });
  return chosen.flatMap(({ name, number, protocol }) => [
    ...(name
      ? [`    - name: ${quoted(name.text)}`, `      port: ${number?.text ?? ''}`]
      : [`    - port: ${number?.text ?? ''}`]),
    ...(protocol === 'TCP' ? [] : [`      protocol: ${protocol}`]),
  ]);
}

/** Where the next document begins, or the file ends; undefined for items of a list, JSON, and what a bundle renders. */
function endOfDocument({ uri, at }: Resource, text: string): number | undefined {
  if (at.uri !== uri || uri.endsWith('.json') || columnOf(text, at.start) > 0) return undefined;
  const next = /^---(?:\s|$)/m.exec(text.slice(at.end));
  return next ? at.end + next.index : text.length;
}
