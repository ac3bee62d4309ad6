/**
 * Ingress from extensions/v1beta1 and networking.k8s.io/v1beta1 to networking.k8s.io/v1: `serviceName` and `servicePort`
 * become `service.name` and `service.port`, `backend` becomes `defaultBackend`, every path has a pathType.
 */
import type { TextEdit } from '../../finding';
import type { Field } from '../../path';
import { field, mapAt, select } from '../../path';
import type { Entry, MapValue, Scalar, Span } from '../../value';
import { entry } from '../../value';
import { after, requote } from '../shared/words';
import { columnOf } from '../../text';

/** Edits of `spec`; undefined when a backend cannot be rewritten. */
export function rewriteIngress(spec: Field, text: string): readonly TextEdit[] | undefined {
  const fallback = field(spec, 'backend');
  const paths = select(spec, 'rules.*.http.paths.*');
  const nested = [fallback, ...paths.map((path) => field(path, 'backend'))].map((at) => nest(mapAt(at), text));
  if (nested.includes(undefined)) return undefined;
  return [
    ...(fallback.key ? [rename(fallback.key, 'defaultBackend')] : []),
    ...nested.flatMap((edits) => edits ?? []),
    ...paths.flatMap((path) => addPathType(mapAt(path), text)),
  ];
}

function nest(backend: MapValue | undefined, text: string): readonly TextEdit[] | undefined {
  const name = entry(backend, 'serviceName');
  const port = entry(backend, 'servicePort');
  if (!backend || (!name && !port)) return [];
  if (!name || port?.value.type !== 'scalar' || !areNeighbours(backend, name, port)) return undefined;
  const isFirst = (item: Entry) => item.key.origin.start <= Math.min(name.key.origin.start, port.key.origin.start);
  const number = /^\d+$/.test(port.value.text) ? port.value : undefined;
  // A number in quotes was taken for a number; in the current API that is a field of its own type.
  const unquoted = number && number.style !== 'plain' ? [{ at: number.origin, newText: number.text }] : [];
  const inner = number ? 'number' : 'name';
  if (backend.flow) {
    const open = (item: Entry, keys: readonly string[]) =>
      edit(item.key.origin, keys.map((key) => requote(item.key, key)).join(': { '));
    const last = isFirst(name) ? port : name;
    return [
      open(name, isFirst(name) ? ['service', 'name'] : ['name']),
      open(port, isFirst(port) ? ['service', 'port', inner] : ['port', inner]),
      ...unquoted,
      edit(after(port.value.origin), last === port ? ' } }' : ' }'),
      ...(last === name ? [edit(after(name.value.origin), ' }')] : []),
    ];
  }
  const indent = columnOf(text, backend.origin.start);
  const line = (depth: number) => `\n${' '.repeat(indent + 2 * depth)}`;
  const lead = (item: Entry) => (isFirst(item) ? `service:${line(1)}` : '  ');
  return [
    edit(name.key.origin, `${lead(name)}name`),
    edit(port.key.origin, `${lead(port)}port:${line(2)}${inner}`),
    ...unquoted,
  ];
}

/** Nothing stands between the two, and an edit of either changes only itself. */
function areNeighbours(backend: MapValue, name: Entry, port: Entry): boolean {
  const places = [name, port].map((item) => backend.entries.indexOf(item));
  return (
    Math.abs((places[0] ?? 0) - (places[1] ?? 0)) === 1 &&
    [backend, name.key, name.value, port.key, port.value].every(({ origin }) => origin.verbatim)
  );
}

/** Before v1 a path without a type was ImplementationSpecific. */
function addPathType(path: MapValue | undefined, text: string): TextEdit[] {
  const next = (entry(path, 'backend') ?? path?.entries[0])?.key;
  if (!path || !next?.origin.verbatim || entry(path, 'pathType')) return [];
  const { uri, start } = next.origin;
  const pair = `${requote(next, 'pathType')}: ${requote(next, 'ImplementationSpecific')}`;
  const gap = path.flow ? ', ' : `\n${' '.repeat(columnOf(text, start))}`;
  return [edit({ uri, start, end: start }, pair + gap)];
}

function rename(key: Scalar, to: string): TextEdit {
  return edit(key.origin, requote(key, to));
}

function edit({ uri, start, end }: Span, newText: string): TextEdit {
  return { at: { uri, start, end }, newText };
}
