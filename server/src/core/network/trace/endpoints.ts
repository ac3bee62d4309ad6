/** A Service and the pods behind it: which port is meant, who answers. */
import { chosenNumbers } from '../../pods-match';
import type { Protocol } from '../../ports';
import type { Resource, ServiceFacts, ServicePort } from '../../resource';
import { podSelector } from '../../resource';
import { formatSelector } from '../../selector-text';
import { parseAddress } from '../../cidr';
import { namedPods } from '../dns-endpoints';
import type { Container } from '../../pod-facts';
import { endpointsOf, podPort, servingContainers } from '../endpoints';
import type { WantedPort } from './written-ends';
import { podAt } from './ends';
import type { Hop } from './hop';
import { listed, nameOf } from './hop';
import type { Scene } from './scene';
import { homeOf } from './scene';

/** Where a connection ends: a port of pods, or of an address that is none of a pod here. */
export interface Endpoint {
  readonly workload: Resource | undefined;
  readonly pod: string | undefined;
  readonly address: string | undefined;
  readonly port: number;
  readonly protocol: Protocol;
  readonly container: Container | undefined;
}

export interface Reached {
  readonly hops: readonly Hop[];
  readonly endpoints: readonly Endpoint[];
}

/** Who answers at a port of a Service. `pod` is the name before that of the Service, as `db-0` in `db-0.db`. */
export function throughService(scene: Scene, service: Resource, wanted: WantedPort, pod?: string): Reached {
  const facts = service.service;
  if (!facts) return { hops: [], endpoints: [] };
  const name = nameOf(service, scene.namespace);
  const lost = (title: string, detail?: string): Reached => ({
    hops: [{ step: 'service', title, verdict: 'unresolved', at: service.nameAt, detail }],
    endpoints: [],
  });
  if (facts.type === 'ExternalName') return lost(`${name} is another name for ${facts.externalName?.text ?? '?'}`);
  const port = choosePort(facts, wanted);
  if (!port && !(facts.headless && typeof wanted.port === 'number'))
    return lost(
      wanted.port === undefined ? `${name} has no port` : `${name} has no port ${wanted.port}${ofProtocol(wanted)}`,
      facts.ports.length > 0 ? `it has ${listed(facts.ports.map(portText))}` : undefined,
    );
  const found = facts.headless
    ? headless(scene, service, facts, port, wanted, pod)
    : balanced(scene, service, facts, port);
  return {
    hops: [serviceHop(service, facts, port, wanted, name, found.endpoints), ...found.hops],
    endpoints: found.endpoints,
  };
}

/** The port that is meant; where none is written the only one, else the first. Clients mean TCP unless they say so. */
export function choosePort({ ports }: ServiceFacts, { port, protocol }: WantedPort): ServicePort | undefined {
  const suiting = ports.filter((item) => protocol === undefined || item.protocol === protocol);
  if (port === undefined) return suiting[0];
  const equal = suiting.filter((item) =>
    typeof port === 'number' ? item.port?.value === port : item.name?.text === port,
  );
  return equal.find((item) => item.protocol === 'TCP') ?? equal[0];
}

/** The port that a number of nodes leads to. */
export function chooseNodePort({ ports }: ServiceFacts, { port, protocol }: WantedPort): ServicePort | undefined {
  const equal = ports.filter(
    (item) =>
      port !== undefined && item.nodePort?.value === port && (protocol === undefined || item.protocol === protocol),
  );
  return equal.find((item) => item.protocol === 'TCP') ?? equal[0];
}

/** That a number is a port of other protocols too, where none is written. */
function otherProtocols(
  { ports }: ServiceFacts,
  chosen: ServicePort | undefined,
  { port, protocol }: WantedPort,
): string {
  if (!chosen || typeof port !== 'number' || protocol !== undefined) return '';
  const others = ports.filter((item) => item.port?.value === chosen.port?.value && item.protocol !== chosen.protocol);
  const texts = others.map((item) => `${port}/${item.protocol.toLowerCase()}`);
  return texts.length > 0 ? `there is ${listed(texts)} too: write it so to follow it` : '';
}

const ofProtocol = ({ protocol }: WantedPort) => (protocol === undefined ? '' : `/${protocol}`);

/** `http 80/TCP`. */
function portText({ name, port, protocol }: ServicePort): string {
  return `${name ? `${name.text} ` : ''}${port?.text ?? '?'}/${protocol}`;
}

function serviceHop(
  service: Resource,
  facts: ServiceFacts,
  port: ServicePort | undefined,
  wanted: WantedPort,
  name: string,
  endpoints: readonly Endpoint[],
): Hop {
  const at = port?.at ?? service.nameAt;
  const numbers = [...new Set(endpoints.map((item) => item.port))];
  if (facts.headless)
    return {
      step: 'service',
      title: `${name} is headless: its name leads straight to pods, on the port that is called`,
      verdict: 'ok',
      at,
    };
  const ips = facts.clusterIPs.map(({ text }) => text).join(' and ');
  const others = wanted.port === undefined && facts.ports.length > 1 ? 'no port is written, so its first is taken' : '';
  const what = endpoints.length > 0 && endpoints.every(({ workload }) => !workload) ? 'addresses' : 'pods';
  const choice =
    facts.sessionAffinity?.text === 'ClientIP'
      ? `one of its ${what} is chosen, the same for each client (sessionAffinity ClientIP)`
      : `one of its ${what} is chosen for each connection`;
  return {
    step: 'service',
    title: `${name} ${port ? portText(port) : ''} → ${numbers.length > 0 ? `port ${numbers.join(' or ')} of its ${what}` : (port?.targetPort?.text ?? '?')}`,
    verdict: 'ok',
    at,
    detail: [others, otherProtocols(facts, port, wanted), ips === '' ? '' : `cluster IP ${ips}`, choice]
      .filter((part) => part !== '')
      .join('; '),
  };
}

function balanced(scene: Scene, service: Resource, facts: ServiceFacts, port: ServicePort | undefined): Reached {
  const { state, maybe, workloads, manual, addresses } = endpointsOf(service, facts, scene.links);
  const name = nameOf(service, scene.namespace);
  if (!port) return { hops: [], endpoints: [] };
  if (state === 'no-selector') {
    const found = addresses.filter((item) => item.portName === (port.name?.text ?? '') && item.ready);
    if (found.length === 0)
      return nowhere(`${name} has no selector, and no EndpointSlice here gives it a ready address`, service);
    return ends(
      scene,
      found.flatMap(({ ip, port: number, protocol }) =>
        number === undefined ? [] : [addressEndpoint(scene, ip, number, protocol)],
      ),
      manual[0],
    );
  }
  const here =
    workloads.length > 0 ? workloads : maybe.filter((item) => homeOf(scene, item) === homeOf(scene, service));
  if (here.length === 0) {
    const selector = podSelector(service)?.selector;
    const asked = selector && selector !== 'nothing' ? ` with ${formatSelector(selector)}` : '';
    return nowhere(`no pod in namespace ${homeOf(scene, service)}${asked} is here`, service);
  }
  return fromWorkloads(scene, service, here, port);
}

function fromWorkloads(scene: Scene, service: Resource, workloads: readonly Resource[], port: ServicePort): Reached {
  const { protocol } = port;
  const parts = workloads.map((workload) => {
    const found = workload.pods && podPort(workload.pods, port);
    if (!found) return { workload, endpoints: [] };
    const { container, number } = found;
    const pods = chosenPods(service, workload);
    return {
      workload,
      endpoints: pods.map((pod) => ({ workload, pod, address: undefined, port: number, protocol, container })),
    };
  });
  const without = parts.filter(({ endpoints }) => endpoints.length === 0).map(({ workload }) => workload);
  const reached = ends(
    scene,
    parts.flatMap(({ endpoints }) => endpoints),
  );
  const isLost = reached.endpoints.length === 0;
  const lacking = without.map((workload): Hop => {
    const name = nameOf(workload, scene.namespace);
    const has = workload.pods && podPort(workload.pods, port);
    return {
      step: 'endpoint',
      title: has
        ? `${name} has no pod of the number that is chosen`
        : `${name} has no container port ${port.targetPort?.text ?? '?'}/${protocol}${isLost ? '' : ', so that none of its pods answers'}`,
      verdict: isLost ? 'unresolved' : 'ok',
      at: workload.nameAt,
    };
  });
  return { hops: [...reached.hops, ...lacking], endpoints: reached.endpoints };
}

/** The pods that a Service chooses by their numbers; undefined stands for all pods of the workload. */
function chosenPods(service: Resource, { name, pods }: Resource): readonly (string | undefined)[] {
  const use = podSelector(service);
  const numbers = use && pods && chosenNumbers(use, pods);
  return numbers ? numbers.map((number) => `${name ?? ''}-${number}`) : [undefined];
}

/** DNS gives the addresses of pods, so that no port is changed on the way. */
function headless(
  scene: Scene,
  service: Resource,
  facts: ServiceFacts,
  port: ServicePort | undefined,
  wanted: WantedPort,
  pod: string | undefined,
): Reached {
  const { workloads, maybe, state, addresses, manual } = endpointsOf(service, facts, scene.links);
  const number = typeof wanted.port === 'number' ? wanted.port : port?.port?.value;
  const protocol = wanted.protocol ?? port?.protocol ?? 'TCP';
  if (typeof number !== 'number') return nowhere(`${nameOf(service, scene.namespace)} names no port number`, service);
  if (state === 'no-selector')
    return ends(
      scene,
      [...new Set(addresses.map(({ ip }) => ip))].map((ip) => addressEndpoint(scene, ip, number, protocol)),
      manual[0],
    );
  const here = (workloads.length > 0 ? workloads : maybe).filter(
    (workload) =>
      pod === undefined ||
      workload.name === pod ||
      namedPods(service, workload).some(({ hostname }) => hostname === pod),
  );
  if (here.length === 0) return nowhere(`no pod is behind ${nameOf(service, scene.namespace)}`, service);
  return ends(
    scene,
    here.flatMap((workload) =>
      (pod === undefined ? chosenPods(service, workload) : [pod]).map((one) =>
        podEndpoint(workload, one, number, protocol),
      ),
    ),
  );
}

/** A port of the pods of a workload, called by its number. */
export function podEndpoint(workload: Resource, pod: string | undefined, port: number, protocol: Protocol): Endpoint {
  const container = workload.pods
    ? servingContainers(workload.pods).find(({ ports }) =>
        ports.some((item) => item.number?.value === port && item.protocol === protocol),
      )
    : undefined;
  return { workload, pod, address: undefined, port, protocol, container };
}

export function addressEndpoint(scene: Scene, ip: string, port: number, protocol: Protocol): Endpoint {
  const address = parseAddress(ip);
  const workload = address && podAt(scene, address);
  return workload
    ? podEndpoint(workload, workload.name, port, protocol)
    : { workload: undefined, pod: undefined, address: ip, port, protocol, container: undefined };
}

/** What a trace calls an endpoint. */
export function endpointName({ namespace }: Scene, { workload, pod, address }: Endpoint): string {
  if (!workload) return address ?? '?';
  const name = nameOf(workload, namespace);
  return pod === undefined || pod === workload.name ? name : `${name}, pod ${pod}`;
}

function nowhere(title: string, { nameAt }: Resource): Reached {
  return { hops: [{ step: 'endpoint', title, verdict: 'unresolved', at: nameAt }], endpoints: [] };
}

/** The hops of endpoints; `by` is what lists the addresses. */
export function ends(scene: Scene, endpoints: readonly Endpoint[], by?: Resource): Reached {
  return {
    endpoints,
    hops: endpoints.map((endpoint): Hop => {
      const { workload, pod, address, port, protocol } = endpoint;
      const backend = endpointName(scene, endpoint);
      if (!workload)
        return {
          step: 'endpoint',
          title: `address ${address ?? '?'}, port ${port}/${protocol}`,
          verdict: 'ok',
          at: by?.nameAt,
          backend,
        };
      const count = workload.pods?.replicas;
      const many =
        pod !== undefined || count === undefined || workload.kind === 'Pod'
          ? ''
          : `, ${count} pod${count === 1 ? '' : 's'}`;
      return {
        step: 'endpoint',
        backend,
        title: `${backend}${many}, port ${port}/${protocol}`,
        verdict: count === 0 || workload.pods?.finished === true ? 'unresolved' : 'ok',
        at: workload.nameAt,
        ...(count === 0 ? { detail: 'it has no pods: replicas is 0' } : {}),
      };
    }),
  };
}
