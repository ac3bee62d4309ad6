/** Names and their records, against CoreDNS' tests and the kubernetes/dns specification. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RecordType, Zone, ZoneOptions } from '../../server/src/core/index';
import { answer, candidates, podRecordModes, resolverOf, zoneOf } from '../../server/src/core/index';
import { compare, type Family, type Outcome } from './family';
import { worldOfObjects } from './objects';

interface Fields {
  readonly zone?: string;
  readonly fixture?: string;
  readonly objects?: readonly unknown[];
  readonly namespaces?: readonly string[];
  readonly corefile?: Readonly<Record<string, unknown>>;
  readonly query: { readonly name: string; readonly type: RecordType };
  readonly answer: { readonly rcode: string; readonly records: readonly Row[] };
}

interface Row {
  readonly name: string;
  readonly type: string;
  readonly data: string | null;
}

interface Fixture {
  readonly objects: readonly unknown[];
  readonly exposedNamespaces: readonly string[];
}

const defaultDomain = 'cluster.local';

function namespaceObject(name: string) {
  return { apiVersion: 'v1', kind: 'Namespace', metadata: { name } };
}

function zoneOfObjects(objects: readonly unknown[], options: Partial<ZoneOptions> = {}): Zone {
  const { resources, snapshot } = worldOfObjects(objects);
  return zoneOf(resources, snapshot.links, 'default', { domain: defaultDomain, pods: 'insecure', ...options });
}

function zoneOfCase({ zone, fixture, objects = [], namespaces = [], corefile = {} }: Fields, folder: string): Zone {
  const written = JSON.stringify(corefile);
  const options: Partial<ZoneOptions> = {
    domain: zone ?? defaultDomain,
    pods: podRecordModes.find((mode) => mode === corefile['pods']) ?? 'insecure',
    ignoreEmptyService: /empty_?service/i.test(written),
  };
  if (fixture === undefined) return zoneOfObjects([...objects, ...namespaces.map(namespaceObject)], options);
  const read = JSON.parse(readFileSync(join(folder, fixture), 'utf8')) as Fixture;
  return zoneOfObjects([...read.objects, ...read.exposedNamespaces.map(namespaceObject)], {
    ...options,
    namespaces: read.exposedNamespaces,
  });
}

function sorted(records: readonly Row[]): Row[] {
  const rows = records.map(({ name, type, data }) => ({ name, type, data }));
  return rows.sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
}

function query(item: Fields, folder: string): Outcome {
  const { rcode, records } = answer(zoneOfCase(item, folder), item.query.name, item.query.type);
  return compare(
    { rcode: item.answer.rcode, records: sorted(item.answer.records) },
    { rcode, records: sorted(records) },
  );
}

interface SetFields extends Fields {
  readonly resolvable?: readonly string[];
  readonly notResolvable?: readonly string[];
  readonly finding?: string;
}

/** Names that resolve and names that do not; where the case says that something is wrong, a rule says so too. */
function statefulSet(item: SetFields, folder: string): Outcome {
  const zone = zoneOfCase(item, folder);
  const resolves = (name: string) => answer(zone, name, 'A').records.length > 0;
  const { findings } = worldOfObjects(item.objects ?? []);
  const { resolvable = [], notResolvable = [] } = item;
  const names = [...resolvable, ...notResolvable];
  return compare(
    { resolvable, finding: item.finding !== undefined },
    {
      resolvable: names.filter(resolves),
      finding: findings.some(({ rule }) => rule === 'statefulset-service'),
    },
  );
}

interface SearchFields {
  readonly fromNamespace: string;
  readonly zone: string;
  readonly ndots: number;
  readonly name: string;
  readonly candidates: readonly string[];
  /** `Service foo in namespace bar (3rd candidate)`; absent or other words where nothing here is named. */
  readonly resolvesTo?: string;
}

function searchPath({ fromNamespace, zone, ndots, name, candidates: wanted, resolvesTo = '' }: SearchFields): Outcome {
  const tried = candidates(name, { ...resolverOf(undefined, fromNamespace, zone), ndots });
  const [, service, namespace] = /^Service (\S+) in namespace (\S+)/.exec(resolvesTo) ?? [];
  const got = { candidates: tried };
  if (service === undefined || namespace === undefined) return compare({ candidates: wanted }, got);
  const cluster = zoneOfObjects(
    [
      namespaceObject(fromNamespace),
      { apiVersion: 'v1', kind: 'Service', metadata: { name: service, namespace }, spec: { ports: [{ port: 80 }] } },
    ],
    { domain: zone },
  );
  const first = tried.find((candidate) => answer(cluster, candidate, 'A').records.length > 0);
  return compare(
    { candidates: wanted, resolvesTo: `${service}.${namespace}.svc.${zone}.` },
    { ...got, resolvesTo: first },
  );
}

interface PodFields {
  readonly podIP: string;
  readonly namespace: string;
  readonly name: string;
  readonly type: RecordType;
}

function podRecord({ podIP, namespace, name, type }: PodFields): Outcome {
  const { records } = answer(zoneOfObjects([namespaceObject(namespace)]), name, type);
  return compare(
    [podIP],
    records.map(({ data }) => data),
  );
}

const groups: Readonly<Record<string, (item: never, folder: string) => Outcome>> = {
  statefulset: statefulSet,
  'search-path': searchPath,
  'pod-records': podRecord,
};

export const dns: Family = {
  family: 'dns',
  run: (item, folder) => (groups[item.group] ?? query)(item as never, folder),
};
