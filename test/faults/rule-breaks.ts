/** Breaks of single fields, each for the rule that must find it: what the API server refuses, and what leads nowhere then. */
import type { Label, Reference, Resource, Snapshot } from '../../server/src/core/index';
import { allKinds } from '../../server/src/core/index';
import type { ReadResource } from '../../server/src/core/kinds/read';
import { each, eachEntry, field, scalarAt, select, textAt } from '../../server/src/core/path';
import type { Field } from '../../server/src/core/path';
import type { Break } from './breaks';
import { stillLinked } from './link-breaks';
import { slip } from './slip';

type Scalar = Label['key'];

/** Rules that a break of one field or one link must wake. */
export const brokenRules = [
  'autoscaler-target',
  'disruption-budget-selector',
  'duplicate-key',
  'duplicate-resource',
  'endpoints-without-service',
  'external-name-misuse',
  'ingress-class',
  'ingress-tls',
  'invalid-ingress',
  'invalid-label',
  'invalid-name',
  'invalid-network-policy',
  'invalid-pod-ports',
  'invalid-service',
  'label-not-a-string',
  'manifest-unreadable',
  'monitor-unresolved',
  'node-port-out-of-range',
  'pod-port-collision',
  'policy-cidr',
  'policy-selects-nothing',
  'policy-types',
  'probe-port-unresolved',
  'removed-api',
  'unknown-field',
  'webhook-service',
  'workload-selector-mismatch',
] as const;

type BrokenRule = (typeof brokenRules)[number];

/** All of these breaks of a resource; `partners` are on the same way of traffic. */
export function ruleBreaks(
  snapshot: Snapshot,
  resource: Resource,
  partners: readonly Resource[],
  random: () => number,
): Break[] {
  const make: MakeFor = (kind, at, newText = at && slip(at.text, random), excuse = () => undefined) =>
    at?.origin.verbatim && at.origin.uri === resource.uri && newText !== undefined
      ? [{ kind, resource, at, newText, partners, excuse }]
      : [];
  const read = readsOf(snapshot, resource.uri)[resource.index];
  return [
    ...(read ? fieldBreaks(read, snapshot.file(resource.uri)?.resources ?? [], make) : []),
    ...linkBreaks(snapshot, resource, make),
  ];
}

const reads = new WeakMap<Snapshot, Map<string, readonly ReadResource[]>>();

/** The resources of a file with their trees, read once. */
function readsOf(snapshot: Snapshot, uri: string): readonly ReadResource[] {
  const ofSnapshot = reads.get(snapshot) ?? new Map<string, readonly ReadResource[]>();
  reads.set(snapshot, ofSnapshot);
  const found = ofSnapshot.get(uri) ?? snapshot.read(uri)?.documents.flatMap((document) => document.reads) ?? [];
  ofSnapshot.set(uri, found);
  return found;
}

/** Makes a break of a text; `newText` is one slip where it is not given. */
type MakeFor = (
  rule: BrokenRule,
  at: Scalar | undefined,
  newText: string | undefined,
  excuse?: Break['excuse'],
) => Break[];

/** What can be broken at a field of one kind. `write` gives the text that is wrong, or nothing where none would be. */
interface FieldBreak {
  readonly rule: BrokenRule;
  readonly kinds: readonly string[];
  readonly path: string;
  /** The key is changed, not the value. */
  readonly key?: boolean;
  readonly write: (text: string, at: Field) => string | undefined;
}

const other = (text: string) => (from: string) => (from === text ? undefined : text);
const isWord = (text: string) => /^[A-Za-z][\w-]*$/.test(text);
const lower = (text: string) => (text === text.toLowerCase() ? undefined : text.toLowerCase());

/** The network with an address of it in its place: bits that are masked off. */
const hostBits = (text: string) => {
  const wrong = text.replace(/^(\d+\.\d+\.\d+)\.0\/(\d|[12]\d|30)$/, '$1.1/$2');
  return wrong === text ? undefined : wrong;
};

/** The other direction, where the policy has rules that are for this one only. */
const withoutEgress = (text: string, { parent }: Field) => {
  const spec = parent?.parent;
  return text === 'Egress' && spec && each(field(spec, 'egress')).length > 0 ? 'Ingress' : undefined;
};

const fields: readonly FieldBreak[] = [
  { rule: 'policy-cidr', kinds: ['NetworkPolicy'], path: 'spec.ingress.*.from.*.ipBlock.cidr', write: hostBits },
  { rule: 'policy-cidr', kinds: ['NetworkPolicy'], path: 'spec.egress.*.to.*.ipBlock.cidr', write: hostBits },
  { rule: 'policy-types', kinds: ['NetworkPolicy'], path: 'spec.policyTypes.*', write: withoutEgress },
  { rule: 'invalid-service', kinds: ['Service'], path: 'spec.ports.*.port', write: other('70000') },
  { rule: 'invalid-service', kinds: ['Service'], path: 'spec.ports.*.protocol', write: other('TPC') },
  { rule: 'invalid-service', kinds: ['Service'], path: 'spec.type', write: lower },
  { rule: 'node-port-out-of-range', kinds: ['Service'], path: 'spec.ports.*.nodePort', write: other('80') },
  { rule: 'external-name-misuse', kinds: ['Service'], path: 'spec.externalName', write: other('192.0.2.1') },
  {
    rule: 'unknown-field',
    kinds: ['Service'],
    path: 'spec.ports.*.targetPort',
    key: true,
    write: () => 'containerPort',
  },
  {
    rule: 'invalid-ingress',
    kinds: ['Ingress'],
    path: 'spec.rules.*.http.paths.*.path',
    write: (text, { parent }) =>
      /^\/\w/.test(text) && parent && /^(?:Exact|Prefix)$/.test(textAt(field(parent, 'pathType')) ?? '')
        ? text.slice(1)
        : undefined,
  },
  { rule: 'invalid-ingress', kinds: ['Ingress'], path: 'spec.rules.*.http.paths.*.pathType', write: lower },
  { rule: 'invalid-network-policy', kinds: ['NetworkPolicy'], path: 'spec.policyTypes.*', write: lower },
  ...['ingress.*.from', 'egress.*.to'].map((peers) => ({
    rule: 'invalid-network-policy' as const,
    kinds: ['NetworkPolicy'],
    path: `spec.${peers}.*.ipBlock.cidr`,
    write: (text: string) => text.split('/')[0],
  })),
  ...['ingress', 'egress'].map((rules) => ({
    rule: 'invalid-network-policy' as const,
    kinds: ['NetworkPolicy'],
    path: `spec.${rules}.*.ports.*.port`,
    write: other('70000'),
  })),
  {
    rule: 'autoscaler-target',
    kinds: ['HorizontalPodAutoscaler'],
    path: 'spec.scaleTargetRef.apiVersion',
    write: (text) => (text === 'apps/v1' ? 'v1' : undefined),
  },
];

/** Breaks of one resource that its own file decides. */
function fieldBreaks({ resource, tree }: ReadResource, file: readonly Resource[], make: MakeFor): Break[] {
  return [
    ...fields
      .filter(({ kinds }) => kinds.includes(resource.kind))
      .flatMap(({ rule, path, key, write }) =>
        select(tree, path).flatMap((at) => {
          const scalar = key ? at.key : scalarAt(at);
          const text = scalar && write(scalar.text, at);
          return text === undefined ? [] : make(rule, scalar, text);
        }),
      ),
    ...objectBreaks(resource, tree, file, make),
    ...podBreaks(resource, tree, make),
  ];
}

function objectBreaks(resource: Resource, tree: Field, file: readonly Resource[], make: MakeFor): Break[] {
  const { name } = resource.names;
  const labels = eachEntry(field(tree, 'metadata', 'labels'));
  const [first, second] = labels;
  const table = allKinds.find(({ group, kind }) => group === resource.group && kind === resource.kind);
  const old = table?.oldApis?.find(
    ({ replacement, releasedBy }) => replacement === resource.apiVersion && releasedBy === undefined,
  );
  const twin = file.find(
    (item) =>
      item.index < resource.index &&
      item.kind === resource.kind &&
      item.group === resource.group &&
      item.namespace === resource.namespace &&
      item.name !== resource.name,
  );
  return [
    ...(isApiObject(table) ? make('invalid-name', name, name && `${name.text}_x`) : []),
    ...(name?.style === 'plain' && isWord(name.text) ? make('manifest-unreadable', name, `"${name.text}`) : []),
    ...(twin?.name === undefined ? [] : make('duplicate-resource', name, twin.name)),
    ...(old ? make('removed-api', resource.names.apiVersion, old.apiVersion) : []),
    ...(first && second ? make('duplicate-key', second.key, first.key?.text) : []),
    ...labels.flatMap((label) => {
      const value = scalarAt(label);
      return [
        ...make('invalid-label', value, value && `${value.text}/x`),
        ...(value?.style === 'plain' ? make('label-not-a-string', value, 'true') : []),
      ];
    }),
  ];
}

/** Custom resources have rules of their own, and files of tools are no objects. */
function isApiObject(table: (typeof allKinds)[number] | undefined): boolean {
  return table !== undefined && (table.layer !== 'config' || table.group === '');
}

const probes = ['livenessProbe', 'readinessProbe', 'startupProbe'];

function podBreaks({ pods, group, kind }: Resource, tree: Field, make: MakeFor): Break[] {
  const spec = allKinds.find((table) => table.group === group && table.kind === kind)?.pods;
  if (!pods || !spec) return [];
  const own =
    spec.selector?.form === 'labelSelector'
      ? eachEntry(field(tree, ...spec.selector.path.split('.'), 'matchLabels'))
      : [];
  const running = pods.containers.filter(({ role }) => role === 'main');
  const [one, two] = running;
  const taken = one?.ports.find(({ protocol }) => protocol === two?.ports[0]?.protocol)?.number;
  const at = spec.template === '' ? 'spec.containers.*' : `${spec.template}.spec.containers.*`;
  return [
    ...(spec.selector?.onlyWith
      ? []
      : own.flatMap((pair) => make('workload-selector-mismatch', scalarAt(pair), undefined))),
    ...pods.containers.flatMap(({ ports }) =>
      ports.flatMap(({ number }) => make('invalid-pod-ports', number, '70000')),
    ),
    ...(taken ? make('pod-port-collision', two?.ports[0]?.number, taken.text) : []),
    ...select(tree, at).flatMap((container) =>
      probes.flatMap((name) =>
        ['httpGet', 'tcpSocket'].flatMap((action) => {
          const port = scalarAt(field(container, name, action, 'port'));
          return typeof port?.value === 'string' && each(field(container, 'ports')).length > 0
            ? make('probe-port-unresolved', port, undefined)
            : [];
        }),
      ),
    ),
  ];
}

/** Breaks of references and selectors that lead somewhere now. */
function linkBreaks(snapshot: Snapshot, resource: Resource, make: MakeFor): Break[] {
  const { links } = snapshot;
  const references = resource.references.flatMap((reference) => {
    const rule = ruleOf(resource, reference);
    const { to } = links.resolve(resource, reference);
    if (rule === undefined || to.length === 0) return [];
    return make(rule, reference.name, undefined, (now, broken) => {
      const again = broken.references.find(({ path }) => path === reference.path);
      const reason = again && stillLinked(now.links.resolve(broken, again));
      if (reason !== undefined || rule !== 'ingress-class') return reason;
      return to.every((item) => folderOf(item) !== folderOf(broken))
        ? 'the classes of another folder may be those of another cluster'
        : undefined;
    });
  });
  const selectors = resource.selectors.flatMap((use) => {
    const rule = selecting[use.role];
    if (rule === undefined || use.selects === 'namespaces' || links.select(resource, use).to.length === 0) return [];
    const excuse: Break['excuse'] = (now, broken) => {
      const again = broken.selectors.find(({ path }) => path === use.path);
      return again && stillLinked(now.links.select(broken, again));
    };
    return use.pairs.flatMap(({ key, value }) => [
      ...make(rule, value, undefined, excuse),
      ...make(rule, key, undefined, excuse),
    ]);
  });
  const scraped = resource.selectors.some((use) => links.select(resource, use).to.length > 0) ? resource.scrapes : [];
  return [...references, ...selectors, ...scraped.flatMap(({ port }) => make('monitor-unresolved', port, undefined))];
}

function folderOf({ uri }: Resource): string {
  return uri.slice(0, uri.lastIndexOf('/'));
}

const selecting: Readonly<Record<string, BrokenRule | undefined>> = {
  targets: 'disruption-budget-selector',
  applies: 'policy-selects-nothing',
  monitors: 'monitor-unresolved',
};

function ruleOf({ kind, manual }: Resource, { role, target, portByDefault }: Reference): BrokenRule | undefined {
  if (manual) return 'endpoints-without-service';
  if (portByDefault !== undefined) return 'webhook-service';
  if (kind === 'Ingress' && target.kind === 'Secret') return 'ingress-tls';
  if (kind === 'Ingress' && target.kind === 'IngressClass') return 'ingress-class';
  return role === 'targets' && kind !== 'Rollout' ? 'autoscaler-target' : undefined;
}
