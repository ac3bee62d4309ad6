/** One thing that can be broken in a clean manifest, and whom it concerns. */
import type { Label, Resource, Snapshot } from '../../server/src/core/index';
import { gatewayBreaks, gatewayKinds } from './gateway';
import { addressBreaks } from './address-breaks';
import { clusterBreaks } from './cluster-breaks';
import { linkBreaks, linked } from './link-breaks';
import { policyBreaks, policyKinds } from './policy-breaks';
import { brokenRules, ruleBreaks } from './rule-breaks';
import { isPlain, slip } from './slip';
import { trafficBreaks, trafficKinds } from './traffic-breaks';

type Scalar = Label['key'];

export type Kind =
  | 'selector value'
  | 'selector key'
  | 'pod label'
  | 'targetPort name'
  | 'Service port'
  | 'Ingress backend name'
  | 'Ingress backend port'
  | (typeof brokenRules)[number]
  | (typeof policyKinds)[number]
  | (typeof trafficKinds)[number]
  | 'governing Service'
  | 'namespace'
  | 'Service name'
  | (typeof gatewayKinds)[number]
  | 'address host'
  | 'address port'
  | 'called port'
  | 'range of addresses'
  | 'pod range'
  | 'flannel network'
  | 'name server';

export const kinds: readonly Kind[] = [
  'selector value',
  'selector key',
  'pod label',
  'targetPort name',
  'Service port',
  'Ingress backend name',
  'Ingress backend port',
  'governing Service',
  'namespace',
  'Service name',
  ...gatewayKinds,
  'address host',
  'address port',
  'called port',
  ...brokenRules,
  ...policyKinds,
  ...trafficKinds,
  'range of addresses',
  'pod range',
  'flannel network',
  'name server',
];

export interface Break {
  readonly kind: Kind;
  readonly resource: Resource;
  /** The text that is changed. */
  readonly at: Scalar;
  readonly newText: string;
  /** Objects on the same way of traffic: a finding there is about the break too. */
  readonly partners: readonly Resource[];
  /** Why nothing may be found although something is broken; asked when it is. */
  readonly excuse: (snapshot: Snapshot, broken: Resource) => string | undefined;
}

/** All breaks of a resource that something here depends on. `random` gives numbers from 0 below 1. */
export function breaksOf(snapshot: Snapshot, resource: Resource, random: () => number): Break[] {
  const neighbours = linked(snapshot, resource);
  const partners = [...new Set([...neighbours, ...neighbours.flatMap((other) => linked(snapshot, other))])].filter(
    (other) => other !== resource,
  );
  const alone = [
    ...clusterBreaks(snapshot, resource),
    ...ruleBreaks(snapshot, resource, partners, random),
    ...policyBreaks(snapshot, resource, random),
    ...trafficBreaks(snapshot, resource),
  ];
  if (neighbours.length === 0) return alone;
  const make = (kind: Kind, at: Scalar | undefined, excuse: Break['excuse']): Break[] =>
    at?.origin.verbatim && at.origin.uri === resource.uri && isPlain(at.text)
      ? [{ kind, resource, at, newText: slip(at.text, random), partners, excuse }]
      : [];
  return [
    ...alone,
    ...linkBreaks(snapshot, resource, make),
    ...(resource.gateway ? gatewayBreaks(snapshot, resource, make) : []),
    ...addressBreaks(snapshot, resource, make),
  ];
}

/** A break of a text, unless an edit there would change something else. */
export type Make = (kind: Kind, at: Scalar | undefined, excuse: Break['excuse']) => Break[];
