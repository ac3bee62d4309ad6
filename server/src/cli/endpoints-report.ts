/** The JSON of `podpath endpoints`. */
import type { Backend, Endpoints, Resource, Settings } from '../core/index';
import { endpointsOf, lineOf, serviceName } from '../core/index';
import type { Loaded } from './load';

type ServiceFacts = NonNullable<Resource['service']>;
type ServicePort = ServiceFacts['ports'][number];

export type EndpointsReport = ReturnType<typeof endpointsReport>;

/** All Services of the reported plain files. `namespace` is that of Services that name none. */
export function endpointsReport(loaded: Loaded, namespace: string, { clusterDomain }: Settings) {
  const { snapshot, reported, show, bundleOf } = loaded;
  const place = (resource: Resource) => ({ file: show(resource.uri), line: lineOf(snapshot, resource.at) });

  function serviceOf(service: Resource, facts: ServiceFacts) {
    const endpoints = endpointsOf(service, facts, snapshot.links);
    return {
      namespace: service.namespace ?? namespace,
      name: service.name ?? '',
      type: facts.type,
      headless: facts.headless,
      ...place(service),
      bundle: bundleOf(service.uri),
      state: endpoints.state,
      dnsNames: service.name === undefined ? [] : [serviceName(service, namespace, clusterDomain)],
      ports: facts.ports.map((port) => portOf(port, endpoints)),
      addresses: addressesOf(endpoints, service.namespace ?? namespace),
      externalName: facts.type === 'ExternalName' ? (facts.externalName?.text ?? null) : null,
    };
  }

  function portOf(port: ServicePort, { ports }: Endpoints) {
    return {
      name: port.name?.text ?? null,
      port: numberOrText(port.port),
      protocol: port.protocol,
      targetPort: numberOrText(port.targetPort ?? port.port),
      nodePort: numberOrText(port.nodePort),
      backends: (ports.find((item) => item.port === port)?.backends ?? []).map(backendOf),
    };
  }

  function backendOf({ workload, number, container }: Backend) {
    return {
      kind: workload.kind,
      namespace: workload.namespace ?? namespace,
      name: workload.name ?? '',
      replicas: workload.pods?.replicas ?? null,
      container: container?.name?.text ?? null,
      port: number,
      declared: container !== undefined,
      ...place(workload),
    };
  }

  return {
    version: 1 as const,
    services: reported
      .flatMap((uri) => snapshot.file(uri)?.resources ?? [])
      .flatMap((resource) => (resource.service && !resource.owned ? [serviceOf(resource, resource.service)] : [])),
  };
}

function addressesOf({ addresses }: Endpoints, namespace: string) {
  return addresses.map(({ ip, port, ready, serving, terminating, family, pod, hostname }) => ({
    ip,
    port: port ?? null,
    ready,
    serving,
    terminating,
    family,
    pod: pod === undefined ? null : `${namespace}/${pod}`,
    hostname: hostname ?? null,
  }));
}

function numberOrText(scalar: { readonly value: unknown; readonly text: string } | undefined): number | string | null {
  if (scalar === undefined) return null;
  return typeof scalar.value === 'number' ? scalar.value : scalar.text;
}
