import type { Text } from '../finding';
import { say } from '../finding';
import { isPod } from '../kinds/table';
import { hostVariable, podNames, serviceNames, srvNames } from '../network/dns';
import type { Reference, Resource, ServicePort } from '../resource';
import type { Snapshot } from '../workspace';
import { outcome, portLine } from './describe';
import { calledByLine } from './hover-calls';
import { code, fullName, plain, some, title } from './markdown';

/** A Service: what it reaches, port by port, its names, and who leads to it. */
export function serviceCard(snapshot: Snapshot, service: Resource): Text[] {
  const found = outcome(service, snapshot.links);
  if (!found) return [];
  const ports = found.endpoints.workloads.length > 0 ? found.endpoints.ports.map(portLine) : [];
  return [
    say`${title(service)} ${found.words}`,
    ...ports,
    ...names(snapshot, service),
    ...namesOfPods(snapshot, service),
    ...reachedFrom(snapshot, service),
    ...calledByLine(snapshot, [service]),
  ];
}

/** One port of a Service. */
export function portCard(snapshot: Snapshot, service: Resource, port: ServicePort): Text[] {
  const found = outcome(service, snapshot.links);
  const line = found?.endpoints.ports.find((item) => item.port === port);
  if (!found || !line) return found ? [say`${title(service)} ${found.words}`] : [];
  return [portLine(line), say`${title(service)} ${found.words}`];
}

function names(snapshot: Snapshot, service: Resource): Text[] {
  const { clusterDomain } = snapshot.settingsOf(service.uri);
  const facts = service.service;
  if (!facts || service.name === undefined) return [];
  const variable = hostVariable(service, facts);
  const srv = srvNames(service, facts, clusterDomain);
  const parts = [
    `Names: ${serviceNames(service, clusterDomain).map(code).join(', ')}`,
    ...(srv.length > 0 ? [`SRV ${srv.slice(0, 3).map(code).join(', ')}`] : []),
    ...(variable ? [`env ${code(variable)}`] : []),
  ];
  return [[parts.join(' · ')]];
}

/** The names that a headless Service gives to pods of a StatefulSet, or with its name as their subdomain. */
function namesOfPods(snapshot: Snapshot, service: Resource): Text[] {
  if (!service.service?.headless) return [];
  const { clusterDomain } = snapshot.settingsOf(service.uri);
  const lines = snapshot.links.referrers(service).flatMap(({ from, reference }) => {
    const names = namesPods(from, reference) ? podNames(from, service, clusterDomain) : [];
    return names.length === 0 ? [] : [say`${isPod(from) ? '' : 'Pods of '}${from}: ${names.map(code).join(', ')}`];
  });
  return lines.slice(0, MAX_LINES);
}

/** Workloads of which a card lists the names. */
const MAX_LINES = 5;

/** A workload that names the Service for the sake of its pods' names leads no traffic there. */
function namesPods(from: Resource, { role }: Reference): boolean {
  return from.pods !== undefined && role === 'attaches';
}

function reachedFrom(snapshot: Snapshot, service: Resource): Text[] {
  const referrers = snapshot.links
    .referrers(service)
    .filter(({ from, reference }) => !from.manual && leadsHere(reference));
  const byObject = new Map<Resource, Reference[]>();
  for (const { from, reference } of referrers) byObject.set(from, [...(byObject.get(from) ?? []), reference]);
  if (byObject.size === 0) return [];
  return [
    say`Reached from: ${some([...byObject].map(([from, references]) => [...named(from), routesText(references)]))}`,
  ];
}

/** What attaches to a Service, or applies to it, is about it and sends nothing there: StatefulSets, routes of a mesh, policies. */
function leadsHere({ role }: Reference): boolean {
  return role !== 'attaches' && role !== 'applies';
}

/** `Ingress shop/front`: its namespace is named, since what leads here may stand in another. */
function named(from: Resource): Text {
  return [{ place: from.at, label: plain(`${from.kind} ${fullName(from)}`) }];
}

/** ` (example.com/, example.com/api)`: the routes by which an object leads somewhere. */
function routesText(references: readonly Reference[]): string {
  const routes = references.flatMap(({ route }) =>
    route ? [`${route.host?.text ?? ''}${route.path?.text ?? '/'}`] : [],
  );
  return routes.length > 0 ? ` (${routes.slice(0, 3).map(plain).join(', ')}${routes.length > 3 ? ', …' : ''})` : '';
}
