/** Who reaches whom under policies, against Kubernetes' own tests, the recipes, and generated policies. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { evaluatePolicies, parseAddress } from '../../server/src/core/index';
import type { End, Evaluation } from '../../server/src/core/index';
import type { Protocol } from '../../server/src/core/ports';
import type { Case, Family, Outcome } from './family';
import { worldOf } from './objects';

type Labels = Readonly<Record<string, string>>;

interface CasePod {
  readonly name: string;
  readonly ip?: string;
  readonly labels: Labels;
  readonly ports: readonly object[];
}

interface Probe {
  readonly from: string;
  readonly to: string;
  readonly protocol: Protocol;
  readonly port: number;
  /** Null where nobody says. */
  readonly allowed: boolean | null;
}

interface MatrixProbe {
  readonly port: number;
  readonly protocol: Protocol;
  readonly matrix?: readonly { readonly from: string; readonly to: string; readonly allowed: boolean | null }[];
  /** `a->b`; all others are allowed. */
  readonly denied?: readonly string[];
}

interface Step {
  readonly policies: readonly object[];
  readonly extraNamespaceLabels?: Readonly<Record<string, Labels>>;
  readonly extraPodLabels?: Readonly<Record<string, Labels>>;
  readonly namespaceLabels?: Readonly<Record<string, Labels>>;
  readonly probes: readonly MatrixProbe[];
}

interface File {
  readonly namespaceLabels?: Readonly<Record<string, Labels>>;
  readonly podIPs?: Readonly<Record<string, string>>;
}

/** The world of a case: the names of its pods, and an evaluation of each of its steps. */
interface Staged {
  readonly evaluation: Evaluation;
  readonly probes: readonly Probe[];
}

const namespace = (name: string, labels: Labels) => ({
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name, labels },
});

function pod({ name, ip, labels, ports }: CasePod): object {
  const [space, own] = name.split('/');
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { namespace: space, name: own, labels },
    spec: { containers: [{ name: 'main', ports }] },
    ...(ip === undefined ? {} : { status: { phase: 'Running', podIP: ip } }),
  };
}

function evaluate(manifests: Readonly<Record<string, string>>): Evaluation {
  return evaluatePolicies({ resources: worldOf(manifests).resources, namespace: 'default' });
}

const documents = (objects: readonly object[]) =>
  objects.map((object) => JSON.stringify(object, null, 1)).join('\n---\n');

/** `ns/pod` of the manifests (`ns/set-0`: a pod of a StatefulSet), else an address. */
function endOf({ workloads }: Evaluation, name: string): End {
  const found = workloads.find((item) =>
    [name, name.replace(/-\d+$/, '')].includes(`${item.namespace.name}/${item.name}`),
  );
  if (found) return found;
  const address = parseAddress(name);
  if (!address) throw new Error(`${name} is no pod and no address`);
  return { type: 'outside', ranges: [{ first: address.point, last: address.point }] };
}

function judge(staged: Iterable<Staged>): Outcome {
  const wrong: string[] = [];
  let asked = 0;
  for (const { evaluation, probes } of staged)
    for (const { from, to, protocol, port, allowed } of probes) {
      if (allowed === null || from === to) continue;
      asked++;
      const verdict = evaluation.verdict(endOf(evaluation, from), endOf(evaluation, to), protocol, port);
      if (verdict.allowed !== allowed)
        wrong.push(`${from} -> ${to} ${protocol} ${port} is ${allowed ? 'allowed' : 'denied'}`);
    }
  if (asked === 0) throw new Error('the case asks nothing');
  return { agree: wrong.length === 0, want: wrong, got: `${asked - wrong.length} of ${asked} probes agree` };
}

const e2eNamespaces = Object.fromEntries(['x', 'y', 'z'].map((name) => [name, { ns: name }]));

function stated(item: Case): Outcome {
  const fields = item as unknown as {
    readonly pods: readonly CasePod[];
    readonly namespaces?: Readonly<Record<string, Labels>>;
    readonly steps: readonly Step[];
  };
  return judge(
    fields.steps.map((step) => {
      const spaces = Object.entries(fields.namespaces ?? e2eNamespaces).map(([name, labels]) =>
        namespace(name, { ...labels, ...step.extraNamespaceLabels?.[name] }),
      );
      const pods = fields.pods.map((one) =>
        pod({ ...one, labels: { ...one.labels, ...step.extraPodLabels?.[one.name] } }),
      );
      return {
        evaluation: evaluate({ 'case.yaml': documents([...spaces, ...pods, ...step.policies]) }),
        probes: step.probes.flatMap(expand),
      };
    }),
  );
}

function expand({ matrix, denied, port, protocol }: MatrixProbe): Probe[] {
  if (matrix) return matrix.map((entry) => ({ ...entry, port, protocol }));
  const closed = new Set(denied);
  return nine.flatMap((from) =>
    nine.map((to) => ({ from, to, port, protocol, allowed: from === to ? null : !closed.has(`${from}->${to}`) })),
  );
}

const nine = ['x', 'y', 'z'].flatMap((space) => ['a', 'b', 'c'].map((name) => `${space}/${name}`));
const everyPort = ['TCP', 'UDP', 'SCTP'].flatMap((protocol) =>
  [80, 81].map((port) => ({ containerPort: port, protocol, name: `serve-${port}-${protocol.toLowerCase()}` })),
);

/** Nine pods, the same for all cases; a case that only restates another has that one's policies. */
function derived(item: Case, folder: string): Outcome {
  const file = read(
    folder,
    item.group === 'k8s-e2e-derived' ? 'cases-derived-9pods.json' : 'cases-derived-cyclonus.json',
  );
  const { of, steps } = item as unknown as { readonly of?: string; readonly steps: readonly Step[] };
  const original = of === undefined ? undefined : read(folder, 'cases.json').cases?.find(({ id }) => id === of);
  const sources = (original?.['steps'] as readonly Step[] | undefined) ?? steps;
  return judge(
    steps.map((step, at) => {
      const source = sources[at] ?? step;
      const spaces = Object.entries(file.namespaceLabels ?? {}).map(([name, labels]) =>
        namespace(name, { ...labels, ...source.extraNamespaceLabels?.[name] }),
      );
      const pods = nine.map((name) => {
        const labels = { pod: name.split('/')[1] ?? '', ...source.extraPodLabels?.[name] };
        const ip = file.podIPs?.[name];
        return pod({ name, labels, ports: everyPort, ...(ip === undefined ? {} : { ip }) });
      });
      return {
        evaluation: evaluate({ 'case.yaml': documents([...spaces, ...pods, ...source.policies]) }),
        probes: step.probes.flatMap(expand),
      };
    }),
  );
}

function read(folder: string, file: string): File & { readonly cases?: readonly Case[] } {
  return JSON.parse(readFileSync(join(folder, file), 'utf8')) as File & { readonly cases?: readonly Case[] };
}

/** A cluster-wide policy on the pods of a base manifest, whose namespaces a step may label anew. */
function clusterWide(item: Case, folder: string): Outcome {
  const { base, steps } = item as unknown as {
    readonly base: string;
    readonly steps: readonly (Omit<Step, 'probes'> & { readonly probes: readonly Probe[] })[];
  };
  const manifest = readFileSync(join(folder, base), 'utf8');
  return judge(
    steps.map(({ policies, namespaceLabels, probes }) => {
      const relabelled = Object.entries(namespaceLabels ?? {}).map(([name, labels]) => namespace(name, labels));
      return {
        evaluation: evaluate({ 'base.yaml': manifest, 'case.yaml': documents([...policies, ...relabelled]) }),
        probes,
      };
    }),
  );
}

interface Check {
  readonly from: { readonly ip: string };
  readonly to: {
    readonly namespace: string;
    readonly podLabels: Labels;
    readonly namespaceLabels: Labels;
    readonly ip: string;
  };
  readonly port: number | null;
  readonly portName?: string;
  readonly protocol: Protocol;
  readonly allowed: boolean;
}

/** Single questions of cyclonus' own tests. A port that is only named has some number. */
function checks(item: Case): Outcome {
  const fields = item as unknown as { readonly policies: readonly object[]; readonly checks: readonly Check[] };
  return judge(
    fields.checks.map((check) => {
      const { from, to, protocol, allowed, portName } = check;
      const port = check.port ?? 12345;
      const target = `${to.namespace}/target`;
      const ports = portName === undefined ? [] : [{ containerPort: port, protocol, name: portName }];
      const objects = [
        namespace(to.namespace, to.namespaceLabels),
        pod({ name: target, ip: to.ip, labels: to.podLabels, ports }),
        ...fields.policies,
      ];
      return {
        evaluation: evaluate({ 'case.yaml': documents(objects) }),
        probes: [{ from: from.ip, to: target, protocol, port, allowed }],
      };
    }),
  );
}

export const policyTruth: Family = {
  family: 'netpol-truth',
  files: ['cases.json', 'cases-cnp.json', 'cases-derived-9pods.json', 'cases-derived-cyclonus.json'],
  run(item, folder) {
    if (item.group === 'cluster-network-policy') return clusterWide(item, folder);
    if (item['derived'] === true) return derived(item, folder);
    return item['checks'] === undefined ? stated(item) : checks(item);
  },
};
