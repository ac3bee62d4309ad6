/** A shop of three pods for tests of verdicts, what is asked of it, and policies in short. */
import type { DirectionVerdict, Evaluation } from '../../server/src/core/index';
import { createWorkspace, evaluatePolicies, parseAddress } from '../../server/src/core/index';
import type { Protocol } from '../../server/src/core/ports';

interface Ask {
  readonly from: string;
  readonly to: string;
  readonly port?: number;
  readonly protocol?: Protocol;
}

/** The policies beside a shop of three pods, a cache in another namespace, and what else a test needs. */
export function shop(policies: string, more = '') {
  const pod = (name: string, namespace: string, labels: string, rest = '') => `apiVersion: v1
kind: Pod
metadata: { name: ${name}, namespace: ${namespace}, labels: { ${labels} } }
spec: { containers: [{ name: main, ports: [{ name: http, containerPort: 8080 }] }]${rest} }
`;
  const objects = [
    pod('web', 'shop', 'app: web, tier: front'),
    pod('api', 'shop', 'app: api, tier: back'),
    pod('db', 'shop', 'app: db, tier: back'),
    pod('agent', 'shop', 'app: agent', ', hostNetwork: true'),
    pod('cache', 'tools', 'app: cache'),
    'apiVersion: v1\nkind: Namespace\nmetadata: { name: tools, labels: { team: ops } }\n',
    policies,
    more,
  ];
  const text = objects.filter((object) => object !== '').join('---\n');
  const workspace = createWorkspace((rule, _, error) => {
    throw new Error(`${rule} threw`, { cause: error });
  });
  workspace.setRoots(['file:///w']);
  workspace.set('file:///w/a.yaml', text);
  const evaluation = evaluatePolicies({
    resources: workspace.snapshot().file('file:///w/a.yaml')?.resources ?? [],
    namespace: 'shop',
  });
  const ask = ({ from, to, port = 8080, protocol = 'TCP' }: Ask) =>
    evaluation.verdict(endOf(evaluation, from), endOf(evaluation, to), protocol, port);
  /** Who may open a connection to a pod, or which pods it may open one to. */
  const open = (way: 'to' | 'from', name: string, port = 8080) =>
    ['web', 'api', 'db', 'cache', '192.0.2.1'].filter(
      (other) =>
        other !== name && ask(way === 'to' ? { from: other, to: name, port } : { from: name, to: other, port }).allowed,
    );
  /** What decides, as it is written. */
  const decides = ({ decision }: DirectionVerdict) =>
    'span' in decision ? `${decision.by} ${text.slice(decision.span.start, decision.span.end)}` : decision.by;
  return { evaluation, ask, open, decides };
}

export function endOf({ workloads }: Evaluation, name: string) {
  const found = workloads.find((item) => item.name === name);
  const point = parseAddress(name)?.point ?? 0n;
  return found ?? ({ type: 'outside', ranges: [{ first: point, last: point }] } as const);
}

export const policy = (spec: string, namespace = 'shop', name = 'policy') =>
  `apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: { name: ${name}, namespace: ${namespace} }\nspec: ${spec}\n`;
export const admin = (kind: string, spec: string) =>
  `apiVersion: policy.networking.k8s.io/${kind === 'ClusterNetworkPolicy' ? 'v1alpha2' : 'v1alpha1'}\nkind: ${kind}\nmetadata: { name: default }\nspec: ${spec}\n`;
export const onDb = 'podSelector: { matchLabels: { app: db } }';
