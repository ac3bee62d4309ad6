/** The outline of a file: its objects, their containers and ports. */
import type { Resource } from '../resource';
import type { Scalar, Span } from '../value';
import type { Snapshot } from '../workspace';
import { fullName } from './markdown';

export interface Symbol {
  readonly name: string;
  readonly detail: string;
  readonly type: 'object' | 'container' | 'port' | 'route';
  readonly span: Span;
  readonly nameSpan: Span;
  readonly children: readonly Symbol[];
}

export function symbols(snapshot: Snapshot, uri: string): readonly Symbol[] {
  return (snapshot.file(uri)?.resources ?? []).map(symbol);
}

function symbol(resource: Resource): Symbol {
  const { service, pods, references } = resource;
  return {
    name: fullName(resource) || resource.kind,
    detail: resource.kind,
    type: 'object',
    span: resource.at,
    nameSpan: resource.nameAt,
    children: [
      ...(service?.ports ?? []).map((port) =>
        leaf(
          'port',
          [port.name, port.port],
          `→ ${port.targetPort?.text ?? port.port?.text ?? '?'}/${port.protocol}`,
          port.at,
        ),
      ),
      ...(resource.gateway?.type === 'gateway' ? resource.gateway.gateway.listeners : []).map((listener) =>
        leaf('port', [listener.name, listener.port, listener.hostname], listener.protocol?.text ?? '', listener.at),
      ),
      ...(pods?.containers ?? []).map((container) => ({
        ...leaf('container', [container.name], container.image?.text ?? '', container.at),
        children: container.ports.map((port) => leaf('port', [port.name, port.number], port.protocol, port.at)),
      })),
      ...references
        .filter(({ route }) => route)
        .map(({ route, name, at }) => leaf('route', [route?.host, route?.path], `→ ${name.text}`, at)),
    ],
  };
}

function leaf(type: Symbol['type'], names: readonly (Scalar | undefined)[], detail: string, span: Span): Symbol {
  const written = names.filter((name) => name !== undefined);
  const inside = written.find(({ origin }) => origin.start >= span.start && origin.end <= span.end);
  return {
    name: written.map(({ text }) => text).join(' ') || '?',
    detail,
    type,
    span,
    nameSpan: inside?.origin ?? span,
    children: [],
  };
}
