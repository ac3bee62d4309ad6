/** The endpoints of Services as a table for people: one line a Service port and backend. */
import type { Paint } from './colours';
import type { EndpointsReport } from './endpoints-report';
import { printable, width } from './printable';

type Service = EndpointsReport['services'][number];
type Port = Service['ports'][number];

const headings = ['NAMESPACE', 'SERVICE', 'PORT', 'LEADS TO', 'CONTAINER', 'WHERE'];

export function endpointsTable({ services }: EndpointsReport, paint: Paint): string {
  if (services.length === 0) return 'No Services here.\n';
  const rows = services.flatMap(rowsOf);
  const columns = headings.map((heading, index) =>
    Math.max(width(heading), ...rows.map((row) => width(row.cells[index] ?? ''))),
  );
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, index) => cell + ' '.repeat(Math.max(0, (columns[index] ?? 0) - width(cell))))
      .join('  ')
      .trimEnd();
  const shown = rows.map((row) => (row.isBroken ? paint('warning', line(row.cells)) : line(row.cells)));
  return [paint('strong', line(headings)), ...shown, ''].join('\n');
}

interface Row {
  readonly cells: readonly string[];
  readonly isBroken: boolean;
}

function rowsOf(service: Service): Row[] {
  const rows = targets(service);
  return rows.map(({ port, to, container, isBroken }, index) => ({
    // What repeats is written once, so that a Service with several backends reads as one block.
    cells: [
      ...(index === 0 ? [service.namespace, service.name] : ['', '']),
      port !== undefined && port !== rows[index - 1]?.port ? portText(port) : '',
      to,
      container,
      index === 0 ? `${service.file}:${service.line}` : '',
    ].map(printable),
    isBroken,
  }));
}

function targets(service: Service) {
  const { state, ports, addresses, externalName } = service;
  const whole = (to: string, isBroken: boolean) =>
    (ports.length > 0 ? ports : [undefined]).map((port) => ({ port, to, container: '', isBroken }));
  if (state === 'external-name') return whole(externalName ?? 'no external name', externalName === null);
  if (state === 'no-match') return whole('no pod here', true);
  if (state === 'unknown') return whole('known when its template is filled in', false);
  if (state === 'no-selector' && addresses.length === 0)
    return whole('no selector: endpoints are made elsewhere', false);
  if (state === 'no-selector')
    return addresses.map((address) => ({
      port: ports[0],
      to: addressText(address),
      container: '',
      isBroken: !address.ready,
    }));
  return ports.flatMap((port) =>
    port.backends.length === 0
      ? [{ port, to: `no pod has a port ${String(port.targetPort)}`, container: '', isBroken: true }]
      : port.backends.map((backend) => ({
          port,
          to: `${backend.kind} ${backend.name}${backend.replicas === null ? '' : ` \u00d7${backend.replicas}`} :${backend.port}`,
          container: backend.container ?? (backend.declared ? '' : 'not declared'),
          isBroken: false,
        })),
  );
}

/** `10.0.0.7:8080`, and why it gets no new connections. */
function addressText({ ip, port, ready, serving, terminating }: Service['addresses'][number]): string {
  const parts = [
    `${ip.includes(':') && port !== null ? `[${ip}]` : ip}${port === null ? '' : `:${port}`}`,
    ...(ready ? [] : terminating ? ['terminating', ...(serving ? [] : ['not serving'])] : ['not ready']),
  ];
  return parts.join(', ');
}

function portText({ name, port, protocol }: Port): string {
  return `${name === null ? '' : `${name} `}${String(port)}/${protocol}`;
}
