/** Which rules are about which resources, as sets of bits, so that most rules need not be asked about most resources. */
import type { ReadResource } from '../../kinds/read';
import type { EdgeType, Reference, Resource } from '../../resource';
import type { Rule, Subject } from '../define';

/** What every resource has, so that rules that name no subject are about all. */
const ANY = 1;

const bits: Readonly<Record<Subject, number>> = {
  pods: 1 << 1,
  service: 1 << 2,
  manual: 1 << 3,
  policy: 1 << 4,
  gateway: 1 << 5,
  cluster: 1 << 6,
  addresses: 1 << 7,
  'selector routes': 1 << 8,
  'selector selects': 1 << 9,
  'selector calls': 1 << 10,
  'selector allows': 1 << 11,
  'selector applies': 1 << 12,
  'selector attaches': 1 << 13,
  'selector targets': 1 << 14,
  'selector monitors': 1 << 15,
  'reference routes': 1 << 16,
  'reference selects': 1 << 17,
  'reference calls': 1 << 18,
  'reference allows': 1 << 19,
  'reference applies': 1 << 20,
  'reference attaches': 1 << 21,
  'reference targets': 1 << 22,
  'reference monitors': 1 << 23,
  'reference reads': 1 << 24,
};

const selectorBit = (role: EdgeType) => bits[`selector ${role}`];
const referenceBit = (role: Reference['role']) => bits[`reference ${role}`];

/** The subjects that a resource has. */
export function subjectsOf(resource: Resource): number {
  let subjects = ANY;
  if (resource.pods) subjects |= bits.pods;
  if (resource.service) subjects |= bits.service;
  if (resource.manual) subjects |= bits.manual;
  if (resource.policy) subjects |= bits.policy;
  if (resource.gateway) subjects |= bits.gateway;
  if (resource.cluster) subjects |= bits.cluster;
  if (resource.addresses.length > 0) subjects |= bits.addresses;
  for (const { role } of resource.selectors) subjects |= selectorBit(role);
  for (const { role } of resource.references) subjects |= referenceBit(role);
  return subjects;
}

/** The subjects that some of the resources have. Those of no resource are what rules about all want. */
export function subjectsOfAll(reads: readonly ReadResource[]): number {
  let subjects = ANY;
  for (const { resource } of reads) subjects |= subjectsOf(resource);
  return subjects;
}

/** The subjects that a rule is about, one of which is enough. */
export function subjectsOfRule({ about }: Rule): number {
  return about ? about.reduce((subjects, subject) => subjects | bits[subject], 0) : ANY;
}

/** Answers which of the rules are about one of the subjects, in their order. Few sets of subjects occur. */
export function bySubjects(rules: readonly Rule[]): (subjects: number) => readonly Rule[] {
  const known = new Map<number, readonly Rule[]>();
  return (subjects) => {
    const found = known.get(subjects) ?? rules.filter((rule) => (subjectsOfRule(rule) & subjects) !== 0);
    known.set(subjects, found);
    return found;
  };
}
