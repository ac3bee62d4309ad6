/**
 * Profiles: the lists of policies that classes of workloads share. A profile's word on nearly all other ends is the
 * same; only the classes that one of its peers means, the exceptions, are asked one by one.
 */
import type { Direction, PolicyPeer } from '../../policy-facts';
import type { Ranges } from '../../ranges';
import { contains } from '../../ranges';
import { allAddresses } from '../../cidr';
import type { Resource } from '../../resource';
import type { ClassIndex } from './class-index';
import type { Applied, Piece } from './decide';
import { allowedPorts, decide } from './decide';
import type { PortNames } from './ends';
import { nobody } from './ends';
import type { PortSet } from './port-set';
import type { WorkloadClass } from './workloads';
import type { PlacedPolicy } from './world';
import { appliedIn, portNamesKey } from './world';

export interface Profile {
  readonly id: number;
  readonly direction: Direction;
  /** In the order in which they are asked. */
  readonly applied: readonly Applied[];
  /** Port names that its rules mention. */
  readonly names: readonly string[];
  /** Names of ports count although no peer means the other end: every class is an exception. */
  readonly dependsOnNames: boolean;
}

export interface Exceptions {
  readonly sets: readonly ReadonlySet<WorkloadClass>[];
  /** How many there are at most. */
  readonly size: number;
  readonly has: (item: WorkloadClass) => boolean;
}

export interface Profiles {
  readonly of: (item: WorkloadClass, direction: Direction) => Profile;
  readonly selectedBy: (policy: Resource) => ReadonlySet<WorkloadClass>;
  /** Classes that a peer of the profile means, as sets that profiles share. */
  readonly exceptions: (profile: Profile) => Exceptions;
  readonly towards: (profile: Profile, other: WorkloadClass, destination: WorkloadClass) => readonly Piece[];
  /** The ports that these allow. */
  readonly allowed: (profile: Profile, other: WorkloadClass, destination: WorkloadClass) => PortSet;
}

interface Answer {
  readonly pieces: readonly Piece[];
  readonly allowed: PortSet;
}

const none: ReadonlySet<WorkloadClass> = new Set();

export function createProfiles(policies: readonly PlacedPolicy[], index: ClassIndex): Profiles {
  const selected = new Map<Resource, ReadonlySet<WorkloadClass>>();
  const appliedTo = { ingress: new Map<WorkloadClass, Applied[]>(), egress: new Map<WorkloadClass, Applied[]>() };
  for (const item of policies) {
    const classes = item.facts.subject ? index.meantBy(item.facts.subject, item.namespace) : none;
    selected.set(item.policy, classes);
    for (const direction of ['ingress', 'egress'] as const) {
      const applied = appliedIn(direction, item);
      if (applied)
        for (const own of classes) {
          const known = appliedTo[direction].get(own);
          if (known) known.push(applied);
          else appliedTo[direction].set(own, [applied]);
        }
    }
  }

  const ids = new Map(policies.map(({ policy }, id) => [policy, id]));
  const profiles = new Map<string, Profile>();
  const exceptions = new Map<Profile, Exceptions>();
  const signatures = new Map<Profile, (other: WorkloadClass) => string>();
  const answers = new Map<string, Answer>();

  const self: Profiles = {
    of(item, direction) {
      const applied = appliedTo[direction].get(item) ?? [];
      const key = `${direction} ${applied.map(({ policy }) => ids.get(policy) ?? '').join()}`;
      const known = profiles.get(key) ?? newProfile(profiles.size, direction, applied);
      profiles.set(key, known);
      return known;
    },
    selectedBy: (policy) => selected.get(policy) ?? none,
    exceptions(profile) {
      const known = exceptions.get(profile);
      if (known) return known;
      const sets = [...new Set(peersOf(profile).map(({ peer, namespace }) => index.meantBy(peer, namespace)))];
      const found: Exceptions = {
        sets: sets.filter(({ size }) => size > 0),
        size: sets.reduce((sum, { size }) => sum + size, 0),
        has: (item) => sets.some((set) => set.has(item)),
      };
      exceptions.set(profile, found);
      return found;
    },
    towards: (profile, other, destination) => answer(profile, other, destination).pieces,
    allowed: (profile, other, destination) => answer(profile, other, destination).allowed,
  };

  /** Which peers of the profile mean a class, as a text: the answer depends on nothing else. */
  function signatureOf(profile: Profile): (other: WorkloadClass) => string {
    const known = signatures.get(profile);
    if (known) return known;
    const sets = peersOf(profile).map(({ peer, namespace }) => index.meantBy(peer, namespace));
    const found = (other: WorkloadClass) => sets.flatMap((set, at) => (set.has(other) ? [at] : [])).join();
    signatures.set(profile, found);
    return found;
  }

  function answer(profile: Profile, other: WorkloadClass, destination: WorkloadClass): Answer {
    const { id, names } = profile;
    const ports: PortNames = destination.first.ports;
    const signature = signatureOf(profile)(other);
    const key = `${id} ${signature} ${names.length > 0 ? portNamesKey(ports, names) : ''}`;
    const known = answers.get(key);
    if (known) return known;
    const pieces = decide(profile.applied, signature === '' ? nobody : other.first, ports);
    const found = { pieces, allowed: allowedPorts(pieces) };
    answers.set(key, found);
    return found;
  }

  return self;
}

function newProfile(id: number, direction: Direction, applied: readonly Applied[]): Profile {
  const rules = applied.flatMap((item) => item.direction.rules);
  const names = rules.flatMap(({ ports }) => ports?.flatMap(({ name }) => name ?? []) ?? []);
  const dependsOnNames =
    direction === 'egress' &&
    rules.some(
      ({ peers, ports }) =>
        (peers === undefined || peers.some(failsClosed)) && ports?.some(({ name }) => name !== undefined),
    );
  return { id, direction, applied, names: [...new Set(names)], dependsOnNames };
}

function peersOf({ applied }: Profile): { readonly peer: PolicyPeer; readonly namespace: string | undefined }[] {
  return applied.flatMap(({ direction, namespace }) =>
    direction.rules.flatMap(({ peers }) => (peers ?? []).map((peer) => ({ peer, namespace }))),
  );
}

const failsClosed = (peer: PolicyPeer) => peer.type === 'unknown' && peer.failsClosed;

/** The families that count outside: IPv4, and IPv6 where a policy speaks of it. */
export function familiesOf(policies: readonly PlacedPolicy[]): Ranges {
  const [ipv4, ipv6] = allAddresses;
  const blocks = policies.flatMap(({ facts }) =>
    [...(facts.ingress?.rules ?? []), ...(facts.egress?.rules ?? [])].flatMap(
      ({ peers }) => peers?.flatMap((peer) => (peer.type === 'block' ? peer.ranges : [])) ?? [],
    ),
  );
  const speaksIPv6 = ipv6 !== undefined && blocks.some((block) => contains([ipv6], [block]));
  return [...(ipv4 ? [ipv4] : []), ...(speaksIPv6 ? [ipv6] : [])];
}
