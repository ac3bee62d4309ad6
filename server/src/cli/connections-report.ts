/** The JSON of `podpath connections`. */
import type { Connection, Party, PortSet, Resource, World } from '../core/index';
import {
  connectionsOf,
  entriesOf,
  evaluatePolicies,
  formatRange,
  isAllPorts,
  lineOf,
  notEvaluated,
  withUnrepeated,
} from '../core/index';
import type { Loaded } from './load';
import { worldsAt } from './worlds';

/** A workload, a range of addresses outside, or what carries traffic from outside along routes. */
export type ReportedParty =
  | { readonly kind: string; readonly namespace: string; readonly name: string; readonly variant?: string }
  | { readonly ipRange: string }
  | { readonly controller: 'ingress' };

export interface ReportedPorts {
  readonly protocol: string;
  readonly from: number;
  readonly to: number;
}

export interface ReportedConnection {
  readonly from: ReportedParty;
  readonly to: ReportedParty;
  readonly ports: 'all' | readonly ReportedPorts[];
  /** The bundle it holds in, where there are several. */
  readonly bundle?: string;
}

export interface ReportedObject {
  readonly kind: string;
  readonly namespace?: string;
  readonly name: string;
  readonly file: string;
  readonly line: number;
}

/** A world of PATH and its connections, made while they are read. */
export interface WorldConnections {
  /** As people see it: a PATH, or the file that a bundle is built from. */
  readonly bundle: string;
  /** Files of the folder that are alternatives of others. */
  readonly leftOut: readonly string[];
  /** Objects of other APIs that have a say too, which are not asked. */
  readonly notEvaluated: readonly ReportedObject[];
  readonly world: Pick<World, 'resources'> & { readonly namespace: string };
  readonly evaluation: ReturnType<typeof evaluatePolicies>;
  readonly connections: () => Iterable<Connection>;
}

/** Each world of PATH: its plain files, and what each kustomization or chart renders. */
export function connectionWorlds(loaded: Loaded, namespace: string): WorldConnections[] {
  const { snapshot, show } = loaded;
  return worldsAt(loaded, (world) => withUnrepeated(snapshot, world)).map(
    ({ name, leftOut, resources, isReported }) => {
      const isRendered = ({ uri, at }: Resource) => uri !== at.uri;
      const world = { resources: resources.filter((item) => isRendered(item) || isReported(item)), namespace };
      const evaluation = evaluatePolicies(world);
      return {
        bundle: name,
        leftOut,
        notEvaluated: notEvaluated(world.resources).map((resource) => ({
          kind: resource.kind,
          ...(resource.namespace === undefined ? {} : { namespace: resource.namespace }),
          name: resource.name ?? '',
          file: show(resource.at.uri),
          line: lineOf(snapshot, resource.at),
        })),
        world,
        evaluation,
        *connections() {
          yield* connectionsOf(evaluation);
          yield* entriesOf(world, evaluation);
        },
      };
    },
  );
}

export function reportConnection({ from, to, ports }: Connection): ReportedConnection {
  return { from: reportParty(from), to: reportParty(to), ports: reportPorts(ports) };
}

export function reportParty(party: Party): ReportedParty {
  if (party.type === 'controller') return { controller: party.controller };
  if (party.type === 'range') return { ipRange: wholeRange(party) };
  const { kind, namespace, name, variant } = party;
  return { kind, namespace: namespace.name, name, ...(variant === undefined ? {} : { variant }) };
}

/** A range of one address has both ends all the same. */
function wholeRange({ range }: Extract<Party, { type: 'range' }>): string {
  const text = formatRange(range);
  return range.first === range.last ? `${text}-${text}` : text;
}

export function reportPorts(ports: PortSet): 'all' | readonly ReportedPorts[] {
  return isAllPorts(ports) ? 'all' : listPorts(ports);
}

/** Also where all are open, range by range. */
export function listPorts(ports: PortSet): readonly ReportedPorts[] {
  return (['TCP', 'UDP', 'SCTP'] as const).flatMap((protocol) =>
    ports[protocol].map(({ first, last }) => ({ protocol, from: Number(first), to: Number(last) })),
  );
}
