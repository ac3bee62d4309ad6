/** The `exposure` of `podpath connections --exposure`: who else could come, and where to. */
import type { Exposure, OtherPods } from '../core/index';
import { exposureOf, isAllPorts } from '../core/index';
import type { ReportedParty, WorldConnections } from './connections-report';
import { listPorts, reportParty } from './connections-report';
import { partyText, portsText } from './connections-text';
import { printable } from './printable';

/** As a metav1.LabelSelector is written. */
interface ReportedSelector {
  readonly matchLabels?: Readonly<Record<string, string>>;
  readonly matchExpressions?: readonly {
    readonly key: string;
    readonly operator: string;
    readonly values?: readonly string[];
  }[];
}

type ReportedPort = { readonly protocol: string; readonly from: number; readonly to: number } | NamedPort;

/** A port whose number is that of whatever pod it is. */
interface NamedPort {
  readonly protocol: string;
  readonly name: string;
}

export interface ReportedExposure {
  readonly workload: ReportedParty;
  readonly peer:
    'entire-cluster' | { readonly namespaceSelector: ReportedSelector; readonly podSelector: ReportedSelector };
  readonly ports: 'all' | readonly ReportedPort[];
}

export interface ExposureReport {
  readonly ingress: readonly ReportedExposure[];
  readonly egress: readonly ReportedExposure[];
}

export function exposureReport(worlds: readonly WorldConnections[]): ExposureReport {
  const found = worlds.flatMap(({ evaluation, bundle }) =>
    exposureOf(evaluation).map((item) => ({
      direction: item.direction,
      reported: { ...reportExposure(item), ...(worlds.length > 1 ? { bundle } : {}) },
    })),
  );
  const of = (wanted: Exposure['direction']) =>
    found.flatMap(({ direction, reported }) => (direction === wanted ? [reported] : []));
  return { ingress: of('ingress'), egress: of('egress') };
}

function reportExposure({ workload, peer, ports, named }: Exposure): ReportedExposure {
  return {
    workload: reportParty(workload),
    peer:
      peer === 'entire-cluster'
        ? peer
        : { namespaceSelector: selectorOf(peer.namespaces), podSelector: selectorOf(peer.pods) },
    ports: isAllPorts(ports) ? 'all' : [...listPorts(ports), ...named],
  };
}

function selectorOf(requirements: OtherPods['pods']): ReportedSelector {
  const isPair = ({ operator, values }: OtherPods['pods'][number]) => operator === 'In' && values.length === 1;
  const pairs = requirements.filter(isPair).map(({ key, values }) => [key, values[0] ?? ''] as const);
  const expressions = requirements
    .filter((item) => !isPair(item))
    .map(({ key, operator, values }) => ({ key, operator, ...(values.length > 0 ? { values } : {}) }));
  return {
    ...(pairs.length > 0 ? { matchLabels: Object.fromEntries(pairs) } : {}),
    ...(expressions.length > 0 ? { matchExpressions: expressions } : {}),
  };
}

/** A line each. */
export function exposureText({ ingress, egress }: ExposureReport): string {
  const line =
    (way: string) =>
    ({ workload, peer, ports }: ReportedExposure) =>
      printable(`${partyText(workload)} ${way} ${peerText(peer)}: ${portText(ports)}`);
  return ['', 'Beyond what is here:', ...ingress.map(line('from')), ...egress.map(line('to')), ''].join('\n');
}

function portText(ports: ReportedExposure['ports']): string {
  if (ports === 'all') return 'all';
  const numbers = ports.flatMap((port) => ('name' in port ? [] : [port]));
  const names = ports.flatMap((port) => ('name' in port ? [`${port.protocol} ${port.name}`] : []));
  return [...(numbers.length > 0 ? [portsText(numbers)] : []), ...names].join('; ') || 'nothing';
}

function peerText(peer: ReportedExposure['peer']): string {
  if (peer === 'entire-cluster') return 'the entire cluster';
  const { namespaceSelector, podSelector } = peer;
  const pods = selectorText(podSelector);
  const namespaces = selectorText(namespaceSelector);
  return `${pods === '' ? 'all pods' : `pods with ${pods}`} of ${namespaces === '' ? 'all namespaces' : `namespaces with ${namespaces}`}`;
}

function selectorText({ matchLabels = {}, matchExpressions = [] }: ReportedSelector): string {
  return [
    ...Object.entries(matchLabels).map(([key, value]) => `${key}=${value}`),
    ...matchExpressions.map(
      ({ key, operator, values }) => `${key} ${operator}${values ? ` (${values.join(', ')})` : ''}`,
    ),
  ].join(', ');
}
