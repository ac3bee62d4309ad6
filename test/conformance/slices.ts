/** The addresses behind a Service in the shapes of the two controllers: EndpointSlices, and the subsets of Endpoints. */
import type { EndpointAddress } from '../../server/src/core/index';

interface Port {
  readonly name: string;
  readonly port: number;
  readonly protocol: string;
}

/** One pod in one slice or subset. */
interface Member {
  readonly ports: readonly Port[];
  readonly rows: readonly [EndpointAddress, ...EndpointAddress[]];
}

/** Rows of one address together; a headless Service without ports has a row without a port. */
function members(addresses: readonly EndpointAddress[]): Member[] {
  const byAddress = new Map<string, [EndpointAddress, ...EndpointAddress[]]>();
  for (const row of addresses) {
    const rows = byAddress.get(`${row.pod ?? ''} ${row.ip}`);
    if (rows) rows.push(row);
    else byAddress.set(`${row.pod ?? ''} ${row.ip}`, [row]);
  }
  return [...byAddress.values()].map((rows) => ({
    rows,
    ports: rows.flatMap(({ portName, port, protocol }) =>
      port === undefined ? [] : [{ name: portName, port, protocol }],
    ),
  }));
}

function grouped<T>(items: readonly T[], key: (item: T) => unknown): T[][] {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const name = JSON.stringify(key(item));
    groups.set(name, [...(groups.get(name) ?? []), item]);
  }
  return [...groups].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, group]) => group);
}

/** One endpoint of a slice. */
function sliceEndpoint({ rows: [first] }: Member) {
  return {
    addresses: [first.ip],
    targetPod: first.pod,
    ready: first.ready,
    serving: first.serving,
    terminating: first.terminating,
    ...(first.hostname === undefined ? {} : { hostname: first.hostname }),
  };
}

/** EndpointSlices: one for each address type and set of ports. */
export function slicesOf(addresses: readonly EndpointAddress[]) {
  return grouped(members(addresses), ({ ports, rows }) => [rows[0].family, ports]).map((group) => ({
    addressType: group[0]?.rows[0].family,
    ports: group[0]?.ports ?? [],
    endpoints: group.map(sliceEndpoint),
  }));
}

/** The endpoints of all slices. */
export function sliceEndpoints(addresses: readonly EndpointAddress[]) {
  return members(addresses).map(sliceEndpoint);
}

/** Subsets of Endpoints: pods that are going are left out, unless the Service publishes pods that are not ready. */
export function subsetsOf(addresses: readonly EndpointAddress[]) {
  const kept = members(addresses).filter(({ rows: [first] }) => !first.terminating || first.ready);
  return grouped(kept, ({ ports }) => ports).map((group) => {
    const of = (ready: boolean) =>
      group
        .filter(({ rows: [first] }) => first.ready === ready)
        .map(({ rows: [{ ip, pod, hostname }] }) => ({ ip, pod, ...(hostname === undefined ? {} : { hostname }) }));
    return { addresses: of(true), notReadyAddresses: of(false), ports: group[0]?.ports ?? [] };
  });
}
