import { protocolOf } from '../ports';
import type { Field } from '../path';
import { each, field, scalarAt, select, textAt } from '../path';
import type { ManualAddress, ManualBackends, ManualPort, Reference, ServiceFacts } from '../resource';
import { ipFamilies, serviceTypes, sourceRangesAnnotation } from '../resource';
import type { Scalar } from '../value';
import { boolean } from '../value';

/** A Service's type, addresses and ports, with the API server's defaults (core/v1 defaults.go). */
export function readService(tree: Field): ServiceFacts {
  const spec = field(tree, 'spec');
  const written = textAt(field(spec, 'type'));
  const single = scalarAt(field(spec, 'clusterIP'));
  const listed = each(field(spec, 'clusterIPs')).flatMap((at) => scalarAt(at) ?? []);
  const clusterIPs = listed.length > 0 ? listed : single && single.text !== '' ? [single] : [];
  const type = serviceTypes.find((known) => known === written) ?? 'ClusterIP';
  return {
    type,
    headless: type === 'ClusterIP' && clusterIPs[0]?.text === 'None',
    clusterIPs: clusterIPs.filter((ip) => ip.text !== 'None'),
    ipFamilies: select(spec, 'ipFamilies.*').flatMap((at) => ipFamilies.find((known) => known === textAt(at)) ?? []),
    dualStack: textAt(field(spec, 'ipFamilyPolicy'))?.endsWith('DualStack') === true,
    externalName: scalarAt(field(spec, 'externalName')),
    ports: each(field(spec, 'ports')).map((at) => ({
      name: scalarAt(field(at, 'name')),
      port: scalarAt(field(at, 'port')),
      targetPort: targetPort(field(at, 'targetPort')),
      nodePort: scalarAt(field(at, 'nodePort')),
      protocol: protocolOf(textAt(field(at, 'protocol'))) ?? 'TCP',
      appProtocol: scalarAt(field(at, 'appProtocol')),
      path: at.path,
      at: at.at,
    })),
    publishNotReadyAddresses: boolean(field(spec, 'publishNotReadyAddresses').value) === true,
    externalTrafficPolicy: scalarAt(field(spec, 'externalTrafficPolicy')),
    sessionAffinity: scalarAt(field(spec, 'sessionAffinity')),
    externalAddresses: [
      ...select(spec, 'externalIPs.*'),
      field(spec, 'loadBalancerIP'),
      ...select(tree, 'status.loadBalancer.ingress.*.ip'),
      ...select(tree, 'status.loadBalancer.ingress.*.hostname'),
    ].flatMap((at) => scalarAt(at) ?? []),
    sourceRanges: type === 'LoadBalancer' ? sourceRanges(tree) : [],
  };
}

/** The field comes before the annotation, which is one text with commas (cloud-provider GetLoadBalancerSourceRanges). */
function sourceRanges(tree: Field): Scalar[] {
  const written = select(tree, 'spec.loadBalancerSourceRanges.*').flatMap((at) => scalarAt(at) ?? []);
  const annotated = scalarAt(field(tree, 'metadata', 'annotations', sourceRangesAnnotation));
  if (written.length > 0 || !annotated) return written;
  return annotated.text
    .split(',')
    .map((text) => text.trim())
    .filter((text) => text !== '')
    .map((text) => ({ ...annotated, text, value: text }));
}

/** `targetPort: 0` and `''` mean "the same as port" (core/v1 SetDefaults_Service). */
function targetPort(at: Field): Scalar | undefined {
  const written = scalarAt(at);
  return written?.value === 0 || written?.text === '' ? undefined : written;
}

/** Addresses of an Endpoints object: every address of a subset serves all its ports. */
export function readSubsets(tree: Field): ManualBackends {
  const subsets = each(field(tree, 'subsets')).map((subset) => {
    const ports = each(field(subset, 'ports')).map(readPort);
    const of = (list: string, ready: boolean) =>
      each(field(subset, list)).flatMap((at) => address(at, field(at, 'ip'), ready, ports));
    return { ports, addresses: [...of('addresses', true), ...of('notReadyAddresses', false)] };
  });
  return {
    service: scalarAt(field(tree, 'metadata', 'name')),
    addresses: subsets.flatMap((subset) => subset.addresses),
    ports: subsets.flatMap((subset) => subset.ports),
  };
}

/** Addresses of an EndpointSlice; its Service is named by a label, its own name says nothing. */
export function readSlice(tree: Field): ManualBackends {
  const ports = each(field(tree, 'ports')).map(readPort);
  const addresses = each(field(tree, 'endpoints')).flatMap((at) =>
    each(field(at, 'addresses')).flatMap((ip) =>
      address(at, ip, boolean(field(at, 'conditions', 'ready').value) !== false, ports),
    ),
  );
  return { service: scalarAt(field(tree, 'metadata', 'labels', 'kubernetes.io/service-name')), addresses, ports };
}

function address(at: Field, ip: Field, ready: boolean, ports: readonly ManualPort[]): ManualAddress[] {
  const text = scalarAt(ip);
  const terminating = boolean(field(at, 'conditions', 'terminating').value) === true;
  const serving = boolean(field(at, 'conditions', 'serving').value) ?? ready;
  const target = textAt(field(at, 'targetRef', 'name'));
  return text
    ? [{ ip: text, ready, serving, terminating, hostname: textAt(field(at, 'hostname')), target, ports }]
    : [];
}

function readPort(at: Field): ManualPort {
  return {
    name: scalarAt(field(at, 'name')),
    port: scalarAt(field(at, 'port')),
    protocol: protocolOf(textAt(field(at, 'protocol'))) ?? 'TCP',
    at: at.at,
  };
}

/** The Service an Endpoints object or EndpointSlice belongs to, as a reference. */
export function manualReference(manual: ManualBackends, path: string): Reference[] {
  const { service } = manual;
  if (!service) return [];
  return [
    {
      role: 'attaches',
      target: { group: '', kind: 'Service' },
      name: service,
      namespace: undefined,
      port: undefined,
      route: undefined,
      optional: false,
      path,
      at: service.origin,
    },
  ];
}
