import type { Draft, Fix } from '../../finding';
import { say } from '../../finding';
import type { Field } from '../../path';
import { field, scalarAt, textAt } from '../../path';
import { portNumber, readPort } from '../../ports';
import { isTemplated } from '../../templated';
import { isUnset } from '../../value';
import { numberProblem, unquoteNumber } from './numbers';
import { badName, refused } from './refused';

/** A backend of networking.k8s.io/v1: a Service with a port, or a resource (validateIngressBackend). */
export function* currentBackend(backend: Field): Iterable<Draft> {
  const service = field(backend, 'service');
  const resource = field(backend, 'resource');
  if (resource.value && service.value) {
    yield refused(backend, say`a backend is a service or a resource, not both`);
  } else if (resource.value) {
    yield* badResource(resource);
  } else if (service.value) {
    yield* badService(field(service, 'name'));
    yield* badPort(backend, field(service, 'port'));
  } else {
    const old = field(backend, 'serviceName').key;
    yield refused(
      backend,
      old
        ? say`serviceName and servicePort are the spelling of older API versions; networking.k8s.io/v1 has service.name and service.port`
        : say`a backend needs a service or a resource`,
    );
  }
}

function* badService(name: Field): Iterable<Draft> {
  if (!textAt(name)) yield refused(name, say`a backend needs the name of a Service`);
  yield* badName(name, 'dns1035Label', 'the name of a Service');
}

function* badPort(backend: Field, port: Field): Iterable<Draft> {
  const name = field(port, 'name');
  const number = field(port, 'number');
  const hasName = name.value !== undefined && textAt(name) !== '';
  const hasNumber = number.value !== undefined && scalarAt(number)?.value !== 0;
  if (hasName && hasNumber) {
    yield {
      ...refused(backend, say`a backend port has a name or a number, not both`),
      at: port.key?.origin ?? port.at,
    };
  } else if (hasName) {
    const written = scalarAt(name);
    if (written && typeof written.value !== 'string')
      yield refused(name, say`${written.text} is no name of a port; a number stands in port.number`, toNumber(name));
    else yield* badName(name, 'portName', 'the name of a port');
  } else if (hasNumber) {
    const problem = numberProblem(number);
    if (problem)
      yield refused(
        number,
        say`${['port', textAt(number)].filter(Boolean).join(' ')} ${problem}`,
        unquoteNumber(number),
      );
  } else {
    yield {
      ...refused(backend, say`a backend needs the number or name of a port of its Service`),
      at: port.key?.origin ?? port.at,
    };
  }
}

/** Renames `name: 80` to `number: 80`. */
function toNumber(name: Field): Fix[] {
  const { key } = name;
  return key?.origin.verbatim && portNumber(scalarAt(name)?.value) !== undefined
    ? [{ title: 'Change name to number', edits: [{ at: key.origin, newText: 'number' }] }]
    : [];
}

/** A TypedLocalObjectReference: kind and name are path segments. */
function* badResource(resource: Field): Iterable<Draft> {
  yield* badName(field(resource, 'apiGroup'), 'dns1123Subdomain', 'the API group');
  yield* pathSegments(resource);
}

/** Kind and name of a reference, as they become parts of a URL (IsPathSegmentName). */
export function* pathSegments(reference: Field): Iterable<Draft> {
  for (const key of ['kind', 'name']) {
    const at = field(reference, key);
    const text = textAt(at) ?? '';
    if (text === '') yield refused(at, say`the reference needs a ${key}`);
    else if (!isTemplated(text) && (text === '.' || text === '..' || /[/%]/.test(text)))
      yield refused(at, say`${key} ${text} must not be . or .. and must not contain / or %`);
  }
}

/** A backend of the two v1beta1 spellings: serviceName and servicePort, an IntOrString. */
export function* oldBackend(backend: Field): Iterable<Draft> {
  const resource = field(backend, 'resource');
  const name = field(backend, 'serviceName');
  const port = field(backend, 'servicePort');
  if (resource.value) {
    if (textAt(name) !== undefined) yield refused(backend, say`a backend is a service or a resource, not both`);
    else yield* badResource(resource);
    return;
  }
  if (!textAt(name) && isUnset(port.value) && field(backend, 'service').value) {
    yield refused(
      backend,
      say`service.name and service.port are the spelling of networking.k8s.io/v1; this version has serviceName and servicePort`,
    );
    return;
  }
  yield* badService(name);
  const written = scalarAt(port);
  if (!written) {
    yield refused(port, say`a backend needs the number or name of a port of its Service`);
    return;
  }
  const reading = readPort(written.value);
  if ('problem' in reading && !isTemplated(written.text))
    yield refused(port, say`port ${written.text} ${reading.problem}`, unquoteNumber(port));
}
