/** Parties and ports of connections as people read them. */
import type { ReportedConnection, ReportedParty } from './connections-report';

/** `Deployment shop/web`, `10.0.0.0-10.0.0.255`, `ingress controller`. */
export function partyText(party: ReportedParty): string {
  if ('controller' in party) return `${party.controller} controller`;
  if ('ipRange' in party) return party.ipRange;
  const { kind, namespace, name, variant } = party;
  return `${kind} ${namespace}/${name}${variant === undefined ? '' : ` (${variant})`}`;
}

/** `TCP 80, 8080-8090; UDP 53`, or `all`. */
export function portsText(ports: ReportedConnection['ports']): string {
  if (ports === 'all') return 'all';
  const protocols = [...new Set(ports.map(({ protocol }) => protocol))];
  return protocols
    .map((protocol) => {
      const own = ports.filter((item) => item.protocol === protocol);
      return `${protocol} ${own.map(({ from, to }) => (from === to ? String(from) : `${from}-${to}`)).join(', ')}`;
    })
    .join('; ');
}
