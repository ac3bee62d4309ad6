/** Which pods, addresses and ports stand behind a Service, against the endpoint controllers' tests. */
import type { Endpoints, Resource, Snapshot } from '../../server/src/core/index';
import { endpointsOf, familiesOf } from '../../server/src/core/index';
import { publishedIPs } from '../../server/src/core/network/addresses';
import { compare, type Family, type Outcome } from './family';
import { worldOfObjects } from './objects';
import { sliceEndpoints, slicesOf, subsetsOf } from './slices';

type Plain = Readonly<Record<string, unknown>>;

interface Fields {
  readonly service: { readonly metadata: Plain; readonly spec: Plain };
  readonly pods?: readonly { readonly metadata: { readonly namespace?: string; readonly labels?: Plain } }[];
  readonly existing?: readonly unknown[];
  readonly includeTerminating?: boolean;
  readonly addressType?: string;
  readonly expected: Plain;
}

interface Answer {
  readonly service: Resource & { readonly service: NonNullable<Resource['service']> };
  readonly endpoints: Endpoints;
  readonly resources: readonly Resource[];
  readonly findings: Snapshot extends never ? never : ReturnType<typeof worldOfObjects>['findings'];
}

function answer(item: Fields, service: unknown = item.service): Answer {
  const { resources, snapshot, findings } = worldOfObjects([service, ...(item.pods ?? []), ...(item.existing ?? [])]);
  const [first] = resources;
  if (!first?.service) throw new Error('the first object of a case is its Service');
  return {
    service: { ...first, service: first.service },
    endpoints: endpointsOf(first, first.service, snapshot.links),
    resources,
    findings,
  };
}

/** The expectations of a case that `got` answers; what it does not answer (labels of generated objects) is left out. */
function compareKnown(expected: Plain, got: Plain): Outcome {
  const keys = Object.keys(expected).filter((key) => key in got);
  const pick = (from: Plain) => Object.fromEntries(keys.map((key) => [key, from[key]]));
  return keys.length > 0
    ? compare(pick(expected), pick(got))
    : { notApplicable: `nothing of the product says ${Object.keys(expected).join(', ')}` };
}

function published(item: Fields): Outcome {
  const { endpoints } = answer(item);
  const { addresses, ports, state } = endpoints;
  const subsets = subsetsOf(addresses);
  const [port] = ports;
  return compareKnown(item.expected, {
    targetPort: port?.backends[0]?.number ?? null,
    ports: ports.flatMap(({ port: { name, protocol, appProtocol }, backends: [backend] }) =>
      backend
        ? [
            {
              name: name?.text ?? '',
              port: backend.number,
              protocol,
              ...(appProtocol ? { appProtocol: appProtocol.text } : {}),
            },
          ]
        : [],
    ),
    slices: slicesOf(addresses),
    endpoints: sliceEndpoints(addresses),
    subsets,
    readyAddresses: subsets.reduce((sum, subset) => sum + subset.addresses.length, 0),
    notReadyAddresses: subsets.reduce((sum, subset) => sum + subset.notReadyAddresses.length, 0),
    managed: state !== 'no-selector' && state !== 'external-name',
    hostnamePublished: addresses.some(({ hostname }) => hostname !== undefined),
  });
}

/** A case without a Service: one is made that selects the pod. */
function eligibility(item: Fields): Outcome {
  const [pod] = item.pods ?? [];
  const service = {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'probe', namespace: pod?.metadata.namespace },
    spec: { selector: pod?.metadata.labels, ports: [{ port: 80 }] },
  };
  const { endpoints } = answer(item, service);
  const terminating = endpoints.workloads.some(({ pods }) => pods?.live?.terminating);
  const inEndpoints = endpoints.workloads.length > 0 && (!terminating || item.includeTerminating === true);
  return compare(item.expected['inEndpoints'], inEndpoints);
}

function conditions(item: Fields): Outcome {
  const { spec } = item.service;
  // The case asks for the slice of one address type, which the Service therefore has.
  const families = item.addressType === undefined ? {} : { ipFamilies: [item.addressType] };
  const { endpoints } = answer(item, { ...item.service, spec: { ...spec, ...families } });
  const [endpoint] = sliceEndpoints(endpoints.addresses);
  const wanted = item.expected['endpoint'] as Plain;
  const known = ['addresses', 'targetPod', 'ready', 'serving', 'terminating', 'hostname'];
  return compare(
    Object.fromEntries(Object.entries(wanted).filter(([key, value]) => known.includes(key) && value !== null)),
    endpoint,
  );
}

/** The older controller published one address of the Service's first family. */
function legacyFamily(item: Fields): Outcome {
  const { service, resources } = answer(item);
  const pods = resources.find((resource) => resource.pods)?.pods;
  const [address] = pods ? publishedIPs(service.service, pods) : [];
  const [primary] = service.service.ipFamilies;
  const found = address && (primary === undefined || address.family === primary) ? address.ip : null;
  return compareKnown(item.expected, { address: found, error: found === null });
}

function manual(item: Fields): Outcome {
  const { service, endpoints, findings } = answer(item);
  const served = new Set(endpoints.addresses.map(({ portName }) => portName));
  return compareKnown(item.expected, {
    backed: endpoints.addresses.length > 0,
    unmatchedServicePorts: service.service.ports
      .map(({ name }) => name?.text ?? '')
      .filter((name) => !served.has(name)),
    rejected: findings.some(({ level }) => level === 'error'),
  });
}

function defaults(item: Fields): Outcome {
  const { service } = answer(item);
  const expected = item.expected['defaulted'] as Plain | undefined;
  const wantedPorts = (expected?.['ports'] ?? []) as readonly Plain[];
  const ports = service.service.ports.map(({ name, port, targetPort, protocol, nodePort }, index) => {
    const got: Plain = {
      name: name?.text,
      port: port?.value,
      targetPort: (targetPort ?? port)?.value,
      protocol,
      nodePort: nodePort?.value,
    };
    return Object.fromEntries(Object.keys(wantedPorts[index] ?? got).map((key) => [key, got[key]]));
  });
  return compareKnown(expected ?? {}, { ports, type: service.service.type });
}

const groups: Readonly<Record<string, (item: Fields) => Outcome>> = {
  'pod-eligibility': eligibility,
  'endpoint-conditions': conditions,
  families: (item) => compare(item.expected['addressTypes'], [...familiesOf(answer(item).service.service)].sort()),
  'families-legacy': legacyFamily,
  defaults,
  manual,
};

function isEmptySelector(selector: unknown): boolean {
  return typeof selector === 'object' && selector !== null && Object.keys(selector).length === 0;
}

export const endpoints: Family = {
  family: 'endpoints',
  run: (item) => {
    const fields = item as unknown as Fields;
    if (isEmptySelector((fields as Partial<Fields>).service?.spec['selector']))
      return {
        notApplicable:
          'an empty selector reaches the controller in its unit tests only: the API server keeps `selector: {}` as no selector',
      };
    return (groups[item.group] ?? published)(fields);
  },
};
