/** Every connection that the policies of a world allow, as a list that is made while it is read. */
import type { Range } from '../../ranges';
import { allowedPorts, decide } from './decide';
import type { Workload } from './ends';
import { nobody, noPortNames } from './ends';
import type { Evaluation } from './evaluate';
import type { PortSet } from './port-set';
import { intersect, isEmpty } from './port-set';
import type { Profile } from './profiles';
import type { OutsidePiece } from './outside';
import { outsideOf } from './outside';
import { familiesOf } from './profiles';
import type { WorkloadClass } from './workloads';

/** Addresses that belong to no workload here. */
export interface OutsideRange {
  readonly type: 'range';
  readonly range: Range;
}

/** What carries traffic from outside along the routes of the manifests, wherever it runs. */
export interface Controller {
  readonly type: 'controller';
  readonly controller: 'ingress';
}

export type Party = Workload | OutsideRange | Controller;

export interface Connection {
  readonly from: Party;
  readonly to: Party;
  readonly ports: PortSet;
}

/**
 * Connections between different workloads and with the outside. First those of each workload in order: to other
 * workloads, then to the outside; then those from outside. It takes time in proportion to what it lists.
 */
export function* connectionsOf(evaluation: Evaluation): Generator<Connection> {
  const { workloads, classOf } = evaluation;
  const destinations = destinationsOf(evaluation);
  const families = familiesOf(evaluation.policies);
  const order = new Map(workloads.map((workload, at) => [workload, at]));
  const lists = new Map<WorkloadClass, readonly Target[]>();
  for (const from of workloads) {
    const own = classOf(from);
    const targets = lists.get(own) ?? sorted(destinations(own), order);
    if (own.workloads.length > 1) lists.set(own, targets);
    for (const { to, ports } of targets) if (to !== from) yield { from, to, ports };
    for (const { range, ports } of byAddress(outsideOf(evaluation.profile(own, 'egress'), noPortNames, families)))
      yield { from, to: { type: 'range', range }, ports };
  }
  for (const to of workloads)
    for (const { range, ports } of byAddress(outsideOf(evaluation.profile(classOf(to), 'ingress'), to.ports, families)))
      yield { from: { type: 'range', range }, to, ports };
}

function byAddress(pieces: readonly OutsidePiece[]): { readonly range: Range; readonly ports: PortSet }[] {
  return pieces
    .flatMap(({ ranges, ports }) => ranges.map((range) => ({ range, ports })))
    .sort((a, b) => (a.range.first < b.range.first ? -1 : 1));
}

interface Target {
  readonly to: Workload;
  readonly ports: PortSet;
}

function sorted(found: ReadonlyMap<WorkloadClass, PortSet>, order: ReadonlyMap<Workload, number>): readonly Target[] {
  return [...found]
    .flatMap(([{ workloads }, ports]) => workloads.map((to) => ({ to, ports, at: order.get(to) ?? 0 })))
    .sort((a, b) => a.at - b.at);
}

/**
 * The classes that a class reaches. Only those are tried that some rule means, or that are open to whom no rule means:
 * all others are closed.
 */
function destinationsOf(evaluation: Evaluation): (from: WorkloadClass) => ReadonlyMap<WorkloadClass, PortSet> {
  const { classes, profile, exceptions, towards } = evaluation;
  const open: WorkloadClass[] = [];
  const behind = new Map<Profile, WorkloadClass[]>();
  for (const item of classes) {
    const ingress = profile(item, 'ingress');
    behind.set(ingress, [...(behind.get(ingress) ?? []), item]);
    if (!isEmpty(allowedPorts(decide(ingress.applied, nobody, item.first.ports)))) open.push(item);
  }
  const isOpen = new Set(open);
  /** Profiles that mean each class. A set that many profiles share is gone through once. */
  const sharing = new Map<ReadonlySet<WorkloadClass>, Profile[]>();
  for (const ingress of behind.keys())
    for (const set of exceptions(ingress).sets) {
      const known = sharing.get(set);
      if (known) known.push(ingress);
      else sharing.set(set, [ingress]);
    }
  const admitting = new Map<WorkloadClass, (readonly Profile[])[]>();
  for (const [set, profiles] of sharing)
    for (const from of set) {
      const known = admitting.get(from);
      if (known) known.push(profiles);
      else admitting.set(from, [profiles]);
    }

  /** What lets a class in, or everybody. */
  function* entered(from: WorkloadClass): Generator<WorkloadClass> {
    yield* open;
    for (const profiles of admitting.get(from) ?? []) for (const ingress of profiles) yield* behind.get(ingress) ?? [];
  }

  function* candidates(from: WorkloadClass): Generator<WorkloadClass> {
    const egress = profile(from, 'egress');
    const leavesFreely = egress.dependsOnNames || !isEmpty(allowedPorts(decide(egress.applied, nobody, noPortNames)));
    const out = exceptions(egress);
    const admitted = (admitting.get(from) ?? []).reduce((sum, profiles) => sum + profiles.length, open.length);
    // Both sides must agree, so that it is enough to go through the shorter one.
    if (leavesFreely) yield* entered(from);
    else if (out.size > admitted) {
      for (const to of entered(from)) if (out.has(to)) yield to;
    } else
      for (const set of out.sets)
        for (const to of set) if (isOpen.has(to) || exceptions(profile(to, 'ingress')).has(from)) yield to;
  }

  return (from) => {
    const found = new Map<WorkloadClass, PortSet>();
    const egress = profile(from, 'egress');
    for (const to of new Set(candidates(from))) {
      const out = towards(egress, to, to);
      const into = towards(profile(to, 'ingress'), from, to);
      const ports = intersect(out, into);
      if (!isEmpty(ports)) found.set(to, ports);
    }
    return found;
  };
}
