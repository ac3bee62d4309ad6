/** The ports of a Service (validateServicePort, and what ValidateService checks around it). */
import type { Draft, Fix } from '../../finding';
import { say } from '../../finding';
import { qualifiedName } from '../../names';
import { nearestValid } from '../../nearest-name';
import type { Field } from '../../path';
import { field, scalarAt, textAt } from '../../path';
import { portNumber, protocolOf, protocols } from '../../ports';
import { addEntries } from '../shared/insert';
import { unquoteNumber } from '../shared/numbers';
import { entries } from '../../value';
import { refused } from '../shared/refused';
import { isUnknown } from '../shared/unknown-value';
import { replace } from '../shared/words';
import type { ServiceCheck, ServiceFields } from './define';
import { isUnset, numberAt, oneOf, stringAt } from '../shared/written';

/** A Service without ports reaches nothing; only headless and ExternalName Services may have none. */
export const portsRequired: ServiceCheck = function* ({ spec, type, headless }) {
  const ports = field(spec, 'ports');
  if (spec.value && spec.value.type !== 'map') return;
  const none = ports.value === undefined || (ports.value.type === 'list' && ports.value.items.length === 0);
  if (isPatch(spec)) return;
  if (none && type !== undefined && type !== 'ExternalName' && headless === false)
    yield refused(ports, say`a Service needs at least one port, unless it is headless or of type ExternalName`);
};

/** Neither ports nor a selector, but something else: a fragment that a tool merges into a Service. */
function isPatch(spec: Field): boolean {
  return entries(spec.value).length > 0 && !field(spec, 'ports').key && !field(spec, 'selector').key;
}

export const eachPort: ServiceCheck = function* ({ ports }) {
  for (const port of ports) {
    yield* number(port);
    yield* oneOf(field(port, 'protocol'), protocols);
    yield* targetPort(field(port, 'targetPort'));
    yield* appProtocol(field(port, 'appProtocol'));
  }
};

function* number(parent: Field): Iterable<Draft> {
  const at = field(parent, 'port');
  if (at.value === undefined) yield refused(at, say`this port of the Service has no number: give it a port`);
  else yield* outOfRange(at);
}

function* outOfRange(at: Field): Iterable<Draft> {
  const value = numberAt(at);
  // A fraction does not decode at all, which is said of its type.
  if (value !== undefined && (typeof value === 'bigint' || Number.isInteger(value)) && portNumber(value) === undefined)
    yield refused(at, say`${at.key?.text} ${String(value)} must be a whole number from 1 to 65535`);
}

/** Zero and the empty string mean the same as port (SetDefaults_Service). */
function* targetPort(at: Field): Iterable<Draft> {
  if (isUnset(at) || numberAt(at) === 0) return;
  yield* outOfRange(at);
  const text = stringAt(at);
  if (text !== undefined && /^\d+$/.test(text))
    yield refused(
      at,
      say`targetPort "${text}" in quotes is the name of a container port, and a name needs a letter; write the number without quotes`,
      unquoteNumber(at),
    );
}

function* appProtocol(at: Field): Iterable<Draft> {
  const text = stringAt(at);
  const written = scalarAt(at);
  const problem = text === undefined ? undefined : qualifiedName(text);
  if (problem === undefined || text === undefined || !written) return;
  const meant = nearestValid('qualifiedName', text);
  yield refused(
    at,
    say`appProtocol ${text} ${problem}`,
    meant === undefined ? [] : replace(`Change to ${meant}`, written, meant),
  );
}

/** Several ports are told apart by their names. */
export const portNames: ServiceCheck = function* ({ ports }) {
  const seen = new Map<string, Field>();
  for (const port of ports) {
    const name = field(port, 'name');
    if (isUnset(name) && ports.length > 1)
      yield refused(
        name,
        say`a Service with several ports needs a name for each; ${textAt(field(port, 'port')) === undefined ? 'this port' : `port ${textAt(field(port, 'port')) ?? ''}`} has none`,
      );
    yield* twice(
      name,
      stringAt(name) || undefined,
      seen,
      say`two ports of this Service have the name ${stringAt(name)}`,
    );
  }
};

/** A port, and a nodePort, is there once for each protocol. */
export const portsTwice: ServiceCheck = function* ({ ports }) {
  const numbers = new Map<string, Field>();
  const nodePorts = new Map<string, Field>();
  for (const port of ports) {
    const protocol = protocolAt(port);
    if (protocol === undefined) continue;
    const key = (at: Field) => {
      const value = numberAt(at);
      return value === undefined || value === 0 ? undefined : `${protocol} ${value}`;
    };
    const at = field(port, 'port');
    // The API server names the whole port, the number is what a person changes.
    for (const draft of twice(at, key(at), numbers, say`port ${textAt(at)}/${protocol} stands twice`))
      yield { ...draft, path: port.path };
    const nodePort = field(port, 'nodePort');
    yield* twice(nodePort, key(nodePort), nodePorts, say`nodePort ${textAt(nodePort)}/${protocol} stands twice`);
  }
};

function protocolAt(port: Field): string | undefined {
  const at = field(port, 'protocol');
  return isUnset(at) ? 'TCP' : isUnknown(at) ? undefined : protocolOf(stringAt(at));
}

function* twice(
  at: Field,
  key: string | undefined,
  seen: Map<string, Field>,
  message: Draft['message'],
): Iterable<Draft> {
  if (key === undefined) return;
  const first = seen.get(key);
  if (!first) seen.set(key, at);
  else
    yield {
      ...refused(at, say`${message}; the first is at ${first.at}`),
      related: [{ at: first.at, message: say`the first one` }],
    };
}

/** Only NodePort and LoadBalancer Services open ports of nodes. */
export const nodePortsOfType: ServiceCheck = function* (service) {
  if (service.type !== 'ClusterIP') return;
  for (const port of service.ports) {
    const at = field(port, 'nodePort');
    const value = numberAt(at);
    if (value !== undefined && value !== 0)
      yield refused(
        at,
        say`nodePort ${String(value)} needs type NodePort or LoadBalancer; this Service is of type ClusterIP`,
        toNodePort(service),
      );
  }
};

function toNodePort({ spec, textOf }: ServiceFields): Fix[] {
  const written = scalarAt(field(spec, 'type'));
  if (written) return replace('Change the type to NodePort', written, 'NodePort');
  const edits = addEntries(textOf, spec, [], { type: 'NodePort' });
  return edits.length > 0 ? [{ title: 'Set type: NodePort', edits }] : [];
}
