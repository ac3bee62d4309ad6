/** One hop of a traced connection. */
import type { Resource } from '../../resource';
import type { Span } from '../../value';

/** As `podpath trace` calls what happens on the way. */
export type Step =
  | 'dns'
  | 'ingress'
  | 'gateway'
  | 'service'
  | 'endpoint'
  | 'policy-egress'
  | 'policy-ingress'
  | 'transport'
  | 'node-port'
  | 'load-balancer'
  | 'container';

/** `unresolved`: it leads nowhere here, or the manifests do not tell. */
export type HopVerdict = 'ok' | 'denied' | 'unresolved';

export interface Hop {
  readonly step: Step;
  /** One plain sentence without a full stop. */
  readonly title: string;
  readonly verdict: HopVerdict;
  /** The line that decides; undefined where none does. */
  readonly at: Span | undefined;
  /** What else there is to know; of several lines where it holds YAML. */
  readonly detail?: string | undefined;
  /** The pods or address behind a Service that it is about; undefined where it is about all connections. */
  readonly backend?: string | undefined;
}

/** `Deployment shop/web`; `fallback` is the namespace of what names none. */
export function nameOf({ kind, namespace, name, clusterScoped }: Resource, fallback: string): string {
  return `${kind} ${clusterScoped ? '' : `${namespace ?? fallback}/`}${name ?? '?'}`;
}

/** `a, b and c`, with how many more there are. */
export function listed(words: readonly string[], most = 4): string {
  const rest = words.length - most;
  const shown = rest > 0 ? [...words.slice(0, most), `${rest} more`] : words;
  return shown.length < 2 ? shown.join('') : `${shown.slice(0, -1).join(', ')} and ${shown.at(-1) ?? ''}`;
}
