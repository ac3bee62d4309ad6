import { folderOf } from '../bundle/directory';
import type { Draft, Fix, Level } from '../finding';
import { list, say } from '../finding';
import type { Links } from '../links';
import { aliasEnd } from '../network/alias';
import type { Call } from '../network/calls';
import { calledPort } from '../network/called-port';
import type { CalledPort } from '../network/called-port';
import type { Resource, ServicePort } from '../resource';
import { defineRule } from './define';
import { portText } from './shared/backend-port';
import { judgedCalls } from './shared/judged-calls';
import { portsText } from './shared/selected-ports';
import { after, named, replaceNumber } from './shared/words';
import { endpointsOf } from '../network/endpoints';

/** A Service forwards the ports that it lists, and nothing else; behind a headless one the pods themselves answer. */
export const addressPortUnresolved = defineRule({
  id: 'address-port-unresolved',
  summary: 'An address in a variable, argument or ConfigMap calls a port that the Service does not have',
  levels: ['warning', 'information'],
  about: ['addresses'],
  *linked(resource, links, settings) {
    for (const call of judgedCalls(resource, links, settings)) {
      const draft = judge(call, links) ?? judgeAlias(call, links, settings.clusterDomain);
      if (draft) yield draft;
    }
  },
});

function judge(call: Call, links: Links): Draft | undefined {
  const { from, address, reference, resolution } = call;
  const [service] = call.services;
  const [first] = call.ports;
  if (!service || !first || resolution.to.length === 0) return undefined;
  if (first.state !== 'missing' && first.state !== 'undeclared') return undefined;
  const every = [...resolution.to, ...resolution.maybe].map((item) => calledPort(address, item, links));
  if (every.some(({ state }) => state !== first.state)) return undefined;
  const { ports = [] } = service.service ?? {};
  const target = ports.find((item) => (item.targetPort ?? item.nodePort)?.value === first.number);
  return {
    level: levelOf(from, service, first),
    at: (address.port ?? address.host).origin,
    path: reference.path,
    message: say`${named(service)} has no port ${wanted(call, first)}; ${has(service, first, links)}${hint(target, first)}`,
    related: [{ at: target?.at ?? ports[0]?.at ?? service.nameAt, message: say`the ports of ${named(service)}` }],
    fixes: (target ? [target] : ports.length === 1 && first.state === 'missing' ? ports : []).flatMap((port) =>
      fix(call, port),
    ),
  };
}

/** An alias forwards no ports: what counts are those of the Service that it is another name for. */
function judgeAlias(call: Call, links: Links, domain: string): Draft | undefined {
  const { address, reference, resolution } = call;
  const [alias] = resolution.to;
  if (!alias || resolution.to.length + resolution.maybe.length > 1) return undefined;
  const service = alias.service?.type === 'ExternalName' ? aliasEnd(alias, links, domain) : undefined;
  const called = service && calledPort(address, service, links);
  if (!service || called?.state !== 'missing') return undefined;
  const { ports = [] } = service.service ?? {};
  const target = ports.find((item) => (item.targetPort ?? item.nodePort)?.value === called.number);
  return {
    level: 'warning',
    at: (address.port ?? address.host).origin,
    path: reference.path,
    message: say`${named(alias)} is another name for ${named(service)}, which has no port ${wanted(call, called)}; ${has(service, called, links)}${hint(target, called)}`,
    related: [{ at: target?.at ?? ports[0]?.at ?? service.nameAt, message: say`the ports of ${named(service)}` }],
    fixes: (target ? [target] : ports.length === 1 ? ports : []).flatMap((port) => fix(call, port)),
  };
}

/** One in another folder may be a namesake; what a headless Service's pods do not declare may still be open. */
function levelOf(from: Resource, service: Resource, { state }: CalledPort): Level {
  const isClose =
    folderOf(from.uri) === folderOf(service.uri) ||
    (from.namespace !== undefined && from.namespace === service.namespace);
  return state === 'missing' && isClose ? 'warning' : 'information';
}

function wanted({ address }: Call, { number }: CalledPort): string {
  if (address.form === 'variable') return `for ${address.host.text}`;
  return address.port ? address.port.text : `${number ?? '?'}, which ${address.scheme ?? ''}:// means`;
}

function has(service: Resource, { state }: CalledPort, links: Links) {
  const facts = service.service;
  if (state === 'undeclared' && facts) {
    const [workload] = endpointsOf(service, facts, links).workloads;
    return say`it is headless, and ${workload && named(workload)} declares ${workload && portsText(workload)}`;
  }
  return say`it has ${list((facts?.ports ?? []).map((port) => [portText(port)]))}`;
}

function hint(target: ServicePort | undefined, { number, state }: CalledPort): string {
  if (!target || state !== 'missing' || number === undefined) return '';
  const field = target.targetPort?.value === number ? 'targetPort' : 'nodePort';
  return `. ${number} is the ${field} of its port ${target.port?.text ?? ''}: pods call the port of the Service`;
}

function fix({ address }: Call, { port }: ServicePort): Fix[] {
  if (typeof port?.value !== 'number') return [];
  if (address.port) return replaceNumber(`Change to ${port.text}`, address.port, port.value);
  const { origin } = address.host;
  if (address.form !== 'url' || !origin.verbatim) return [];
  return [{ title: `Add port ${port.text}`, edits: [{ at: after(origin), newText: `:${port.text}` }] }];
}
