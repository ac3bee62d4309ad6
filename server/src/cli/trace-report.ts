/** The JSON of `podpath trace`. */
import type { Hop, Scene, Source, Step, Target, Trace, TraceVerdict } from '../core/index';
import { lineOf, trace } from '../core/index';
import type { Loaded } from './load';

export interface ReportedHop {
  readonly step: Step;
  readonly title: string;
  readonly verdict: Hop['verdict'];
  readonly file?: string;
  readonly line?: number;
  readonly detail?: string;
  /** The one of several backends that it is about. */
  readonly backend?: string;
}

/** An object, `{ "internet": true }`, or an address, name and port. */
export type ReportedEnd = Readonly<Record<string, string | number | boolean>>;

export interface TraceReport {
  readonly version: 1;
  readonly bundle: string;
  readonly leftOut: readonly string[];
  readonly from: ReportedEnd;
  readonly to: ReportedEnd;
  readonly verdict: TraceVerdict;
  readonly hops: readonly ReportedHop[];
  /** What becomes of connections to each backend, where there are several. */
  readonly backends?: Trace['backends'];
}

type Head = Pick<TraceReport, 'bundle' | 'leftOut'>;

export function traceReport(
  { snapshot, show }: Loaded,
  scene: Scene,
  head: Head,
  from: Source,
  to: Target,
): TraceReport {
  const { verdict, hops, backends } = trace(scene, from, to);
  const isShared = backends.length > 1;
  return {
    version: 1,
    ...head,
    from: sourceEnd(scene, from),
    to: targetEnd(scene, to),
    verdict,
    hops: hops.map(({ step, title, verdict: of, at, detail, backend }) => ({
      step,
      title,
      verdict: of,
      ...(at ? { file: show(at.uri), line: lineOf(snapshot, at) } : {}),
      ...(detail === undefined ? {} : { detail }),
      ...(isShared && backend !== undefined ? { backend } : {}),
    })),
    ...(isShared ? { backends } : {}),
  };
}

/** An end that is not here: there is nothing to follow. */
export function unknownEnd(head: Head, title: string): TraceReport {
  return {
    version: 1,
    ...head,
    from: {},
    to: {},
    verdict: 'unresolved',
    hops: [{ step: 'endpoint', title, verdict: 'unresolved' }],
  };
}

function sourceEnd(scene: Scene, from: Source): ReportedEnd {
  if (from.type === 'outside') return from.address ? { ip: from.address.text } : { internet: true };
  return objectEnd(scene, from.workload, from.pod);
}

function targetEnd(scene: Scene, to: Target): ReportedEnd {
  const port = {
    ...(to.port === undefined ? {} : { port: to.port }),
    ...(to.protocol === undefined ? {} : { protocol: to.protocol }),
  };
  if (to.type === 'object') return { ...objectEnd(scene, to.resource, to.pod), ...port };
  if (to.type === 'address') return { ip: to.address.text, ...port };
  return { host: to.host, ...port, ...(to.scheme === undefined ? {} : { scheme: to.scheme, path: to.path }) };
}

function objectEnd(
  scene: Scene,
  {
    kind,
    namespace,
    name,
  }: { readonly kind: string; readonly namespace: string | undefined; readonly name: string | undefined },
  pod: string | undefined,
): ReportedEnd {
  return {
    kind,
    namespace: namespace ?? scene.namespace,
    name: name ?? '',
    ...(pod === undefined || pod === name ? {} : { pod }),
  };
}
