import type { Text } from '../finding';
import { list, say } from '../finding';
import type { Call, Caller } from '../network/calls';
import { callOf, callText, callersOf, callsOf } from '../network/calls';
import type { Address } from '../address/facts';
import { podSelector } from '../resource';
import type { Resource } from '../resource';
import type { Snapshot } from '../workspace';
import { outcome, portLine } from './describe';
import { callPolicyLines } from './blocked-words';
import { code, fullName, plain, some, title } from './markdown';

/** An address: the Service that it means, and where the port leads. Nothing for hosts outside of the cluster. */
export function addressCard(snapshot: Snapshot, from: Resource, address: Address): Text[] {
  const call = callIn(snapshot, from, address);
  const [service] = call?.services ?? [];
  if (!call || (!service && !call.isCertain)) return [];
  return service ? calledCard(snapshot, call, service) : [say`${code(callText(call))}: ${missing(call)}`];
}

function calledCard({ links }: Snapshot, call: Call, service: Resource): Text[] {
  const found = outcome(service, links);
  const [port] = call.ports;
  const line = port?.port && found?.endpoints.ports.find((item) => item.port === port.port);
  const head = say`${code(callText(call))} → ${title(service)}`;
  if (port?.state === 'missing')
    return [say`${head}, which has no port ${port.number}`, say`${title(service)} ${found?.words}`];
  if (port?.state === 'untranslated')
    return [
      say`${head}, which is headless: its pods do not listen on ${port.number}`,
      ...(line ? [portLine(line)] : []),
    ];
  const use = podSelector(service);
  const { blocked, lines } = callPolicyLines(links, call);
  return [
    say`${head} ${found?.words}${blocked ? ', but policies block it' : []}`,
    ...(line && use ? [portLine(line)] : []),
    say`${service} (${service.at})`,
    ...lines,
  ];
}

function missing({ reference, resolution, from }: Call): Text {
  const namespace = reference.namespace?.text ?? from.namespace;
  const where = namespace === undefined ? 'here' : `here in namespace ${plain(namespace)}`;
  const other = resolution.elsewhere
    .slice(0, 3)
    .map((item) => say`${item} in namespace ${plain(item.namespace ?? '')}`);
  return say`Service ${code(reference.name.text)} is not ${where}${other.length > 0 ? say`; there is ${list(other)}` : []}`;
}

/** What an address of a resource means, by the settings of its file. */
export function callIn(snapshot: Snapshot, from: Resource, address: Address): Call | undefined {
  return callOf(from, address, snapshot.links, snapshot.settingsOf(from.uri).clusterDomain);
}

/** Who calls a Service: `Called by: Deployment shop/front (cart:80)`. */
export function calledByLine(snapshot: Snapshot, services: readonly Resource[]): Text[] {
  const callers = services.flatMap((service) =>
    callersOf(service, snapshot.links, snapshot.settingsOf(service.uri).clusterDomain),
  );
  const words = grouped(
    callers,
    ({ workload }) => workload,
    ({ call }) => callText(call),
  );
  return words.length > 0 ? [say`Called by: ${some(words)}`] : [];
}

/** What a workload calls: `Calls: Service shop/cart (cart:80)`. */
export function callsLine(snapshot: Snapshot, workload: Resource): Text[] {
  const calls = callsOf(workload, snapshot.links, snapshot.settingsOf(workload.uri).clusterDomain);
  const words = grouped(
    calls.filter(({ services }) => services.length > 0),
    ({ services }) => services[0],
    callText,
  );
  const lost = new Set(calls.filter(({ services }) => services.length === 0).map((call) => code(callText(call))));
  const others = [...lost].map((text) => [`${text}, not here`]);
  return words.length + lost.size > 0 ? [say`Calls: ${some([...words, ...others])}`] : [];
}

/** Each object once, with the addresses in brackets. */
function grouped<T extends Call | Caller>(
  items: readonly T[],
  objectOf: (item: T) => Resource | undefined,
  textOf: (item: T) => string,
): Text[] {
  const texts = new Map<Resource, Set<string>>();
  for (const item of items) {
    const object = objectOf(item);
    if (object) texts.set(object, (texts.get(object) ?? new Set()).add(textOf(item)));
  }
  return [...texts].map(([object, addresses]) => [
    { place: object.at, label: plain(`${object.kind} ${fullName(object)}`) },
    ` (${[...addresses].slice(0, 3).map(plain).join(', ')}${addresses.size > 3 ? ', …' : ''})`,
  ]);
}
