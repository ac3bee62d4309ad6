import type { Draft } from '../finding';
import { say } from '../finding';
import type { Field } from '../path';
import { each, field, scalarAt, textAt } from '../path';
import { portNumber, protocolOf, protocols, readPort } from '../ports';
import { isTemplated } from '../templated';
import type { Scalar } from '../value';
import { boolean } from '../value';
import { defineRule } from './define';
import type { TypeTable } from './shared/json-types';
import { wrongTypes } from './shared/json-types';
import { numberProblem, unquoteNumber } from './shared/numbers';
import type { ContainerField } from './shared/pod-spec';
import { containerFields, podTemplate, portHandlers } from './shared/pod-spec';
import { certain, replace } from './shared/words';

/** Ports that the API server refuses in a pod (core validation.go: validateContainerPorts and what follows it). */
export const invalidPodPorts = defineRule({
  id: 'invalid-pod-ports',
  summary: 'The API server refuses the ports of a pod',
  levels: ['error'],
  about: ['pods'],
  *resource(read) {
    const template = podTemplate(read);
    if (!template) return;
    const hostNetwork = boolean(field(template, 'spec', 'hostNetwork').value) === true;
    const containers = containerFields(template);
    for (const { at } of containers) {
      yield* wrongTypes(at, types);
      yield* duplicateNames(at);
      for (const port of each(field(at, 'ports'))) if (port.value?.type === 'map') yield* badPort(port);
      for (const { name, action, port } of portHandlers(at)) yield* badHandlerPort(`${name}.${action}`, action, port);
    }
    if (hostNetwork) for (const { list, at } of containers) if (list === 'containers') yield* hostPortDiffers(at);
    yield* hostPortsTwice(containers, hostNetwork);
  },
});

const types: TypeTable = [
  ['ports', 'list'],
  ['ports.*', 'map'],
];

function* badPort(port: Field): Iterable<Draft> {
  const number = field(port, 'containerPort');
  if (!number.value)
    yield { level: 'error', at: number.at, path: number.path, message: say`a container port needs a containerPort` };
  else yield* badNumber(number, 'containerPort');
  const hostPort = field(port, 'hostPort');
  if (hostPort.value && scalarAt(hostPort)?.value !== 0) yield* badNumber(hostPort, 'hostPort');
  const protocol = field(port, 'protocol');
  const text = textAt(protocol);
  if (text === undefined || text === '' || isTemplated(text) || protocolOf(text)) return;
  const meant = protocols.find((known) => known === text.toUpperCase());
  const written = scalarAt(protocol);
  yield {
    level: 'error',
    at: protocol.at,
    path: protocol.path,
    message: say`protocol ${text} is unknown; a port has ${protocols.join(', ')}`,
    fixes: meant && written ? certain(replace(`Change to ${meant}`, written, meant)) : [],
  };
}

function* badNumber(at: Field, name: string): Iterable<Draft> {
  const problem = numberProblem(at);
  if (problem)
    yield {
      level: 'error',
      at: at.at,
      path: at.path,
      message: say`${[name, textAt(at)].filter(Boolean).join(' ')} ${problem}`,
      fixes: unquoteNumber(at),
    };
}

function* badHandlerPort(name: string, action: string, port: Field): Iterable<Draft> {
  const written = scalarAt(port);
  if (written && isTemplated(written.text)) return;
  const reading = action === 'grpc' ? { problem: numberProblem(port) } : readPort(written?.value);
  if (!('problem' in reading) || reading.problem === undefined) return;
  yield {
    level: 'error',
    at: port.at,
    path: port.path,
    message: written
      ? say`port ${written.text} of ${name} ${reading.problem}`
      : say`${name} needs a port: a number or the name of a container port`,
    fixes: unquoteNumber(port),
  };
}

/**
 * The name of a port is unique in its container; other containers may repeat it. Of a port that a patch adds, which comes
 * first, and one of the container's own file, the patch is wrong.
 */
function* duplicateNames(container: Field): Iterable<Draft> {
  const seen = new Map<string, { readonly at: Field; readonly name: Scalar }>();
  for (const port of each(field(container, 'ports'))) {
    const at = field(port, 'name');
    const name = scalarAt(at);
    if (!name || name.text === '' || isTemplated(name.text)) continue;
    const first = seen.get(name.text);
    if (!first) {
      seen.set(name.text, { at, name });
      continue;
    }
    const own = container.at.uri;
    const isAdded = first.name.origin.uri !== own && name.origin.uri === own;
    const [wrong, other] = isAdded ? [first, { at, name }] : [{ at, name }, first];
    yield {
      level: 'error',
      at: wrong.at.at,
      path: wrong.at.path,
      message: say`container ${textAt(field(container, 'name'))} has two ports named ${name.text}; the other is at ${other.name.origin}`,
      related: [{ at: other.name.origin, message: say`the other port of this name` }],
    };
  }
}

/** On the node's network nothing translates a hostPort, so it must be the containerPort (validateHostNetwork). */
function* hostPortDiffers(container: Field): Iterable<Draft> {
  for (const port of each(field(container, 'ports'))) {
    const number = field(port, 'containerPort');
    const hostPort = field(port, 'hostPort');
    const [inside, outside] = [scalarAt(number)?.value, scalarAt(hostPort)?.value];
    if (typeof inside !== 'number' || typeof outside !== 'number' || outside === 0 || inside === outside) continue;
    yield {
      level: 'error',
      at: number.at,
      path: number.path,
      message: say`containerPort ${inside} differs from hostPort ${outside}, but with hostNetwork the container listens on the node itself: both must be equal`,
      related: [{ at: hostPort.at, message: say`hostPort ${outside}` }],
    };
  }
}

/**
 * A pod can bind a hostPort once for a protocol and hostIP (accumulateUniqueHostPorts). With hostNetwork every
 * containerPort is a hostPort. Init containers run one by one, so each is judged alone.
 */
function* hostPortsTwice(containers: readonly ContainerField[], hostNetwork: boolean): Iterable<Draft> {
  const shared = new Map<string, Field>();
  for (const { list, at } of containers) {
    const seen = list === 'containers' ? shared : new Map<string, Field>();
    for (const port of each(field(at, 'ports'))) {
      const written = field(port, 'hostPort');
      const host = written.value && scalarAt(written)?.value !== 0 ? written : undefined;
      const from = host ?? (hostNetwork ? field(port, 'containerPort') : undefined);
      const number = from && portNumber(scalarAt(from)?.value);
      if (!from || number === undefined) continue;
      const protocol = textAt(field(port, 'protocol')) ?? 'TCP';
      const key = `${protocol} ${textAt(field(port, 'hostIP')) ?? ''} ${number}`;
      const first = seen.get(key);
      if (!first) seen.set(key, from);
      else
        yield {
          level: 'error',
          at: from.at,
          path: host ? from.path : written.path,
          message: say`host port ${number} (${protocol}) is asked for twice in this pod${host ? '' : ', since hostNetwork makes every containerPort a host port'}; the first is at ${first.at}`,
          related: [{ at: first.at, message: say`the first use of host port ${number}` }],
        };
    }
  }
}
