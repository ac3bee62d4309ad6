import type { Draft, Fix } from '../finding';
import { list, say } from '../finding';
import { isNear } from '../near';
import type { Field } from '../path';
import { each, field, scalarAt, textAt } from '../path';
import { portName } from '../names';
import { isTemplated } from '../templated';
import type { Scalar } from '../value';
import { defineRule } from './define';
import type { PortHandler } from './shared/pod-spec';
import { containerFields, podTemplate, portHandlers } from './shared/pod-spec';
import { certain, replace, replaceNumber } from './shared/words';

interface Port {
  readonly name: Scalar | undefined;
  readonly number: Scalar | undefined;
  readonly protocol: string;
  readonly at: Field;
}

/** The kubelet looks a probe's port name up among the ports of the same container (kubelet, probe.ResolveContainerPort). */
export const probePortUnresolved = defineRule({
  id: 'probe-port-unresolved',
  summary: 'A probe or lifecycle hook names a port that its container does not declare',
  levels: ['error', 'warning', 'hint'],
  about: ['pods'],
  *resource(read) {
    const template = podTemplate(read);
    if (!template) return;
    const containers = containerFields(template);
    for (const { at } of containers)
      for (const handler of portHandlers(at))
        yield* judge(
          at,
          handler,
          containers.map((container) => container.at),
        );
  },
});

function* judge(container: Field, handler: PortHandler, containers: readonly Field[]): Iterable<Draft> {
  const wanted = scalarAt(handler.port);
  if (!wanted || isTemplated(wanted.text)) return;
  const ports = portsOf(container);
  if (ports.some(({ name, number }) => [name, number].some((item) => item && isTemplated(item.text)))) return;
  const where = `${handler.name}.${handler.action}`;
  if (typeof wanted.value === 'number') {
    yield* nearNumber(container, handler, wanted, ports);
    return;
  }
  if (typeof wanted.value !== 'string' || portName(wanted.text) !== undefined) return;
  const named = ports.find(({ name }) => name?.text === wanted.text);
  if (named) {
    // The kubelet takes the number of a port of any protocol, and connects by TCP all the same.
    if (named.protocol === 'TCP') return;
    yield {
      level: 'warning',
      at: handler.port.at,
      path: handler.port.path,
      message: say`${where} connects to port ${wanted.text} by TCP, but the port is ${named.protocol}`,
      related: [{ at: named.at.at, message: say`port ${wanted.text} of container ${nameOf(container)}` }],
    };
    return;
  }
  const other = containers.find(
    (item) => item !== container && portsOf(item).some(({ name }) => name?.text === wanted.text),
  );
  const near = ports.filter(({ name }) => name && isNear(wanted.text, name.text));
  yield {
    level: 'error',
    at: handler.port.at,
    path: handler.port.path,
    message: say`container ${nameOf(container)} has no port ${wanted.text} for its ${where}; ${described(ports)}${other ? `. Container ${nameOf(other)} has it, but a probe sees the ports of its own container only` : ''}`,
    related: ports.slice(0, 3).map((port) => ({ at: port.at.at, message: say`port ${portText(port)}` })),
    fixes:
      near.length > 0
        ? certain(near.flatMap((port) => fixes(wanted, port)))
        : ports.length === 1
          ? ports.flatMap((port) => fixes(wanted, port))
          : [],
  };
}

/** A number needs no declared port; only a number that is one slip from the single declared one is worth a word. */
function* nearNumber(container: Field, handler: PortHandler, wanted: Scalar, ports: readonly Port[]): Iterable<Draft> {
  const [only, more] = ports;
  const declared = only?.number?.value;
  if (more || typeof declared !== 'number' || declared === wanted.value || !isSlip(wanted.text, String(declared)))
    return;
  yield {
    level: 'hint',
    at: handler.port.at,
    path: handler.port.path,
    message: say`${handler.name}.${handler.action} connects to port ${wanted.text}, and the only port of container ${nameOf(container)} is ${String(declared)}`,
    related: [{ at: only?.at.at ?? handler.port.at, message: say`the port of the container` }],
    fixes: replaceNumber(`Change to ${declared}`, wanted, declared),
  };
}

/** Two digits swapped, or one that is missing or too many. Another digit (8080, 8081) is mostly another port. */
function isSlip(wanted: string, declared: string): boolean {
  const [a, b] = [Array.from(wanted), Array.from(declared)];
  if (a.length === b.length)
    return a.filter((digit, at) => digit !== b[at]).length === 2 && a.sort().join('') === b.sort().join('');
  const [short, long] = a.length < b.length ? [wanted, declared] : [declared, wanted];
  return (
    long.length - short.length === 1 &&
    Array.from(long).some((_, at) => long.slice(0, at) + long.slice(at + 1) === short)
  );
}

const known = new WeakMap<Field, readonly Port[]>();

function portsOf(container: Field): readonly Port[] {
  const ports = known.get(container) ?? readPorts(container);
  known.set(container, ports);
  return ports;
}

function readPorts(container: Field): Port[] {
  return each(field(container, 'ports')).map((at) => ({
    name: scalarAt(field(at, 'name')),
    number: scalarAt(field(at, 'containerPort')),
    protocol: textAt(field(at, 'protocol')) ?? 'TCP',
    at,
  }));
}

function described(ports: readonly Port[]) {
  return ports.length === 0 ? 'it declares no ports' : say`it has ${list(ports.map((port) => say`${portText(port)}`))}`;
}

function portText({ name, number }: Port): string {
  return name ? `${name.text} (${number?.text ?? '?'})` : `${number?.text ?? '?'} without a name`;
}

function fixes(wanted: Scalar, { name, number }: Port): Fix[] {
  if (name) return replace(`Change to ${name.text}`, wanted, name.text);
  return typeof number?.value === 'number' ? replaceNumber(`Change to ${number.text}`, wanted, number.value) : [];
}

function nameOf(container: Field): string {
  return textAt(field(container, 'name')) ?? '';
}
