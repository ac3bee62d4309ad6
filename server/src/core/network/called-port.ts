/** Whether a Service has the port that an address calls. */
import type { Address } from '../address/facts';
import { serviceVariable } from '../address/host';
import type { Links } from '../links';
import type { Resource, ServiceFacts, ServicePort } from '../resource';
import { isTemplated } from '../templated';
import { endpointsOf, servingContainers } from './endpoints';

/**
 * `missing`: the Service has no such port. `undeclared`: a headless Service, and no container of its pods declares the
 * port. `untranslated`: a headless Service whose pods listen on another port than the one that is called.
 */
export type CalledPortState = 'ok' | 'missing' | 'undeclared' | 'untranslated' | 'unknown';

export interface CalledPort {
  readonly state: CalledPortState;
  /** The number that is called; undefined where nothing says it. */
  readonly number: number | undefined;
  /** The port of the Service that is meant. */
  readonly port: ServicePort | undefined;
}

/** Ports that clients take when a URL names none. */
const schemePorts = new Map([
  ['http', 80],
  ['https', 443],
  ['ws', 80],
  ['wss', 443],
]);

/** The port of a Service that an address calls. */
export function calledPort(address: Address, service: Resource, links: Links): CalledPort {
  const facts = service.service;
  const number = calledNumber(address);
  const unknown: CalledPort = { state: 'unknown', number, port: undefined };
  if (!facts || facts.type === 'ExternalName' || facts.ports.length === 0 || hasTemplatedPorts(facts)) return unknown;
  if (address.form === 'variable') return portOfVariable(address, facts);
  if (number === undefined) return unknown;
  const port = facts.ports.find((item) => item.port?.value === number);
  if (facts.headless) return portOfPods(service, facts, number, port, links);
  if (port) return { state: 'ok', number, port };
  return { ...unknown, state: 'missing' };
}

/** The number that is written, or that the scheme implies. */
function calledNumber({ form, port, openPort, scheme }: Address): number | undefined {
  if (port) return typeof port.value === 'number' ? port.value : undefined;
  return form === 'url' && !openPort ? schemePorts.get(scheme ?? '') : undefined;
}

function portOfVariable(address: Address, facts: ServiceFacts): CalledPort {
  const variable = serviceVariable(address.host.text);
  const { portName, portNumber } = variable ?? {};
  const port = facts.ports.find(({ port, name }) =>
    portNumber !== undefined
      ? port?.value === portNumber
      : portName === undefined || name?.text.toUpperCase().replace(/[-.]/g, '_') === portName,
  );
  const number = portNumber ?? (typeof port?.port?.value === 'number' ? port.port.value : undefined);
  return { state: port ? 'ok' : 'missing', number, port };
}

/** DNS of a headless Service gives addresses of pods, so what counts is what listens in them. */
function portOfPods(
  service: Resource,
  facts: ServiceFacts,
  number: number,
  port: ServicePort | undefined,
  links: Links,
): CalledPort {
  const { workloads, ports } = endpointsOf(service, facts, links);
  const declared = workloads.map(({ pods }) => (pods ? servingContainers(pods).flatMap((item) => item.ports) : []));
  if (declared.flat().some((item) => item.number?.value === number)) return { state: 'ok', number, port };
  const numbers = new Set(ports.find((item) => item.port === port)?.backends.map((backend) => backend.number));
  if (port && numbers.size > 0 && !numbers.has(number)) return { state: 'untranslated', number, port };
  const isTarget = ports.some(({ backends }) => backends.some((backend) => backend.number === number));
  if (port || isTarget) return { state: 'ok', number, port };
  const isDeclared = declared.length > 0 && declared.every((items) => items.length > 0);
  const isOpen = declared.flat().some((item) => !item.number || isTemplated(item.number.text));
  return { state: isDeclared && !isOpen ? 'undeclared' : 'unknown', number, port };
}

function hasTemplatedPorts({ ports }: ServiceFacts): boolean {
  return ports.some(({ port, name }) => [port, name].some((item) => item && isTemplated(item.text)));
}
