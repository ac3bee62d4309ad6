/** A port of a Service that a route names: the judgement and its words, for every kind of route. */
import type { Draft, Fix } from '../../finding';
import { list, say } from '../../finding';
import type { Links } from '../../links';
import { isNear } from '../../near';
import { namedPort } from '../../network/backend-port';
import type { Reference, Resource, ServiceFacts, ServicePort } from '../../resource';
import { isTemplated } from '../../templated';
import type { Scalar } from '../../value';
import { certain, named, replace, replaceNumber } from './words';

/**
 * What to say when the Service is here and lacks the port; `path` is the field that the API server would name,
 * `caller` who uses the port and how.
 */
export function lacksPort(
  from: Resource,
  reference: Reference,
  links: Links,
  path: (port: Scalar) => string,
  caller = 'a route names',
): Draft | undefined {
  const { port } = reference;
  // A number in quotes is no port at all, which the rules about what is refused say.
  if (!port || isTemplated(port.text) || (typeof port.value === 'string' && /^\d+$/.test(port.value))) return undefined;
  const { to, maybe, unknown } = links.resolve(from, reference);
  const [first] = to;
  if (unknown || !first?.service) return undefined;
  if (![...to, ...maybe].every(({ service }) => service && contradicts(service, port))) return undefined;
  const { ports } = first.service;
  const target = ports.find((item) => item.targetPort !== undefined && item.targetPort.value === port.value);
  return {
    level: 'warning',
    at: port.origin,
    path: path(port),
    message: say`${named(first)} has no port ${port.text}; ${ports.length === 0 ? 'it has no ports' : say`it has ${list(ports.map((item) => say`${portText(item)}`))}`}${target ? `. ${port.text} is the targetPort of its port ${target.port?.text ?? ''}: ${caller} the port of the Service` : ''}`,
    related: [{ at: target?.at ?? ports[0]?.at ?? first.nameAt, message: say`the ports of ${named(first)}` }],
    fixes: fixesOf(ports, port, target),
  };
}

/** Whether a Service surely has no such port. One without ports is half written, unless it is headless. */
function contradicts(service: ServiceFacts, port: Scalar): boolean {
  if (service.ports.length === 0) return service.headless;
  const templated = service.ports.some(({ name, port: number }) =>
    [name, number].some((item) => item && isTemplated(item.text)),
  );
  return !templated && namedPort(service, port) === undefined;
}

/** `80 (http)`, `80`. */
export function portText({ port, name }: ServicePort): string {
  const number = port?.text ?? '';
  return name ? `${number} (${name.text})` : number;
}

/** The port behind a targetPort, or the one that is near, is meant for certain; the only one there is probably. */
function fixesOf(ports: readonly ServicePort[], port: Scalar, target: ServicePort | undefined): readonly Fix[] {
  if (target) return certain(fix(port, target));
  const near = typeof port.value === 'string' ? ports.filter(({ name }) => name && isNear(port.text, name.text)) : [];
  if (near.length > 0) return certain(near.flatMap((item) => fix(port, item)));
  return ports.length === 1 ? ports.flatMap((item) => fix(port, item)) : [];
}

/** A number stays a number and a name a name, since they stand in different fields. */
function fix(written: Scalar, { port, name }: ServicePort): Fix[] {
  if (typeof written.value === 'number')
    return typeof port?.value === 'number' ? replaceNumber(`Change to ${port.text}`, written, port.value) : [];
  return name ? replace(`Change to ${name.text}`, written, name.text) : [];
}
