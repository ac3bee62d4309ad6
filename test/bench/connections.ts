/** How long it takes to evaluate policies and list all connections, with as many policies as workloads. */
import { connectionsOf, createWorkspace, evaluatePolicies } from '../../server/src/core/index';
import { milliseconds } from './measure';

export interface ConnectionTimes {
  readonly workloads: number;
  readonly connections: number;
  readonly ms: number;
}

/** `own`: each workload has labels and a policy of its own; `tiers`: policies ask for labels that many share. */
export type Labelling = 'own' | 'tiers';

/** The best of some turns, on resources that are read already. */
export function connectionTimes(workloads: number, labelling: Labelling): ConnectionTimes {
  const resources = read(manifests(workloads, labelling));
  let connections = 0;
  const times = [1, 2, 3].map(() =>
    milliseconds(() => {
      connections = [...connectionsOf(evaluatePolicies({ resources, namespace: 'default' }))].length;
    }),
  );
  return { workloads, connections, ms: Math.min(...times) };
}

/** The exponent of growth between two measurements: 1 is in proportion. */
export function growth(small: ConnectionTimes, large: ConnectionTimes): number {
  return Math.log(large.ms / small.ms) / Math.log(large.workloads / small.workloads);
}

function read(text: string) {
  const workspace = createWorkspace((rule, _, error) => {
    throw new Error(`${rule} threw`, { cause: error });
  });
  workspace.setRoots(['file:///bench']);
  workspace.set('file:///bench/all.yaml', text);
  return workspace.snapshot().file('file:///bench/all.yaml')?.resources ?? [];
}

/** Twenty workloads to a namespace; each is called by its two neighbours, the gateway and the monitoring. */
function manifests(count: number, labelling: Labelling): string {
  const namespace = (index: number) => `team-${Math.floor(index / 20)}`;
  const label = (index: number) => (labelling === 'own' ? { app: `app-${index}` } : { tier: `tier-${index % 5}` });
  const objects = Array.from({ length: count }, (_, index) => {
    const home = namespace(index);
    const neighbour = (of: number) => ({
      namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': namespace(of) } },
      podSelector: { matchLabels: label(of) },
    });
    return [
      {
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        metadata: { name: `app-${index}`, namespace: home },
        spec: {
          selector: { matchLabels: { app: `app-${index}` } },
          template: {
            metadata: { labels: { app: `app-${index}`, tier: `tier-${index % 5}` } },
            spec: { containers: [{ name: 'main', ports: [{ name: 'http', containerPort: 8080 }] }] },
          },
        },
      },
      {
        apiVersion: 'networking.k8s.io/v1',
        kind: 'NetworkPolicy',
        metadata: { name: `policy-${index}`, namespace: home },
        spec: {
          podSelector: { matchLabels: label(index) },
          policyTypes: ['Ingress', 'Egress'],
          ingress: [
            {
              from: [neighbour((index + 1) % count), neighbour((index + count - 1) % count)],
              ports: [{ port: 'http' }],
            },
            {
              from: [neighbour(0), { namespaceSelector: { matchLabels: { purpose: 'monitoring' } } }],
              ports: [{ port: 9090 }],
            },
          ],
          egress: [
            { to: [neighbour((index + 1) % count), neighbour((index + count - 1) % count)], ports: [{ port: 'http' }] },
            { to: [{ ipBlock: { cidr: `10.${index % 200}.0.0/16`, except: [`10.${index % 200}.7.0/24`] } }] },
            { to: [{ namespaceSelector: {} }], ports: [{ port: 53, protocol: 'UDP' }] },
          ],
        },
      },
    ];
  }).flat();
  return objects.map((object) => JSON.stringify(object)).join('\n---\n');
}
