import assert from 'node:assert/strict';
import { test } from 'node:test';
import { at, converse, uri } from './conversation';
import { deployment, service } from './manifests';

interface Answer {
  readonly scope?: { readonly uri: string; readonly path: string };
  readonly graph: {
    readonly nodes: readonly {
      readonly id: string;
      readonly file?: string;
      readonly isolation?: unknown;
      readonly problems: readonly unknown[];
    }[];
    readonly edges: readonly {
      readonly from: string;
      readonly to: string;
      readonly type: string;
      readonly label?: string;
      readonly state: string;
      readonly message?: string;
    }[];
  };
  readonly places: Readonly<Record<string, { readonly uri: string; readonly problems: readonly unknown[] }>>;
}

test('the topology view gets a graph, the places of its nodes, and the node under the cursor', async () => {
  const files = new Map([
    ['svc.yaml', service('web', 'wbe')],
    ['web.yaml', deployment('web')],
  ]);
  const talk = await converse({ files });
  await talk.until(() => talk.isLoaded());
  const { graph, places } = await talk.client.sendRequest<Answer>('podpath/topology', {});
  const written = graph.nodes.filter(({ file }) => file !== undefined);
  assert.deepEqual(
    written.map(({ file, problems }) => [file, problems.length]),
    [
      ['svc.yaml', 1],
      ['web.yaml', 0],
    ],
  );
  for (const { id, problems } of written) assert.equal(places[id]?.problems.length, problems.length);
  assert.match(graph.edges.find(({ state }) => state === 'broken')?.message ?? '', /app=wbe/);
  const id = await talk.client.sendRequest<string>('podpath/nodeAt', at('web.yaml', 8, 3));
  assert.equal(places[id]?.uri, uri('web.yaml'));
  assert.equal(await talk.client.sendRequest('podpath/nodeAt', at('gone.yaml', 0, 0)), null);
  await talk.end();
});

test('of a large workspace as much around a file is drawn as can be looked at', async () => {
  const teams = Array.from({ length: 5 }, (_, team) => `team-${team}`);
  const app = (name: string) => `${service(name)}---\n${deployment(name)}`;
  const numbers = Array.from({ length: 60 }, (_, number) => number);
  const files = new Map(
    teams.flatMap((team) => numbers.map((number) => [`${team}/app-${number}.yaml`, app(`${team}-${number}`)] as const)),
  );
  const talk = await converse({ files });
  await talk.until(() => talk.isLoaded());
  const around = await talk.client.sendRequest<Answer>('podpath/topology', { near: uri('team-3/app-7.yaml') });
  assert.deepEqual(around.scope, { uri: uri('team-3'), path: 'team-3' });
  assert.equal(around.graph.nodes.length, 120);
  const folder = await talk.client.sendRequest<Answer>('podpath/topology', { uri: uri('team-3') });
  assert.deepEqual(folder.graph, around.graph);
  const all = await talk.client.sendRequest<Answer>('podpath/topology', {});
  assert.equal(all.graph.nodes.length, 600);
  await talk.end();
});

test('the graph tells which workloads may connect, and who lets them or keeps them out', async () => {
  const policy = `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: api
spec:
  podSelector: { matchLabels: { app: api } }
  ingress:
    - from:
        - podSelector: { matchLabels: { app: web } }
      ports:
        - port: 8080
`;
  const calling = (name: string) =>
    deployment(name).replace(
      '          ports:',
      '          env: [{ name: API, value: "http://api" }]\n          ports:',
    );
  const manifests = [service('api'), deployment('api'), calling('web'), calling('batch'), deployment('idle'), policy];
  const talk = await converse({ files: new Map([['all.yaml', manifests.join('---\n')]]) });
  await talk.until(() => talk.isLoaded());
  const { graph } = await talk.client.sendRequest<Answer>('podpath/topology', {});
  const name = (id: string) => id.slice(id.lastIndexOf('/') + 1);
  assert.deepEqual(
    graph.edges
      .filter(({ type, from }) => type === 'allows' && from.includes('Deployment'))
      .map(({ from, to, label, state, message }) => [name(from), name(to), label, state, message]),
    [
      ['web', 'api', '8080/TCP', 'ok', 'let through by NetworkPolicy api'],
      [
        'batch',
        'api',
        '8080/TCP',
        'blocked',
        'blocked: on the way in, NetworkPolicy api isolates its pods and has no ingress rule for it',
      ],
    ],
  );
  assert.deepEqual(
    graph.nodes.flatMap(({ id, isolation }) => (isolation === undefined ? [] : [[name(id), isolation]])),
    [
      [
        'api',
        {
          ingress: 'limited',
          egress: 'open',
          lines: [
            'In: only pods with app=web of its namespace (Deployment web ×2) on 8080/TCP, by NetworkPolicy api',
            'Out: open, no NetworkPolicy isolates it',
          ],
        },
      ],
    ],
  );
  await talk.end();
});

test('a variant that everything leaves out is drawn when it is looked at', async () => {
  const variant = deployment('web').replace('replicas: 2', 'replicas: 9');
  const files = new Map([
    ['base/web.yaml', deployment('web')],
    ['test/web.yaml', variant],
  ]);
  const talk = await converse({ files });
  await talk.until(() => talk.isLoaded());
  const drawn = async (file: string) => {
    const answer = await talk.client.sendRequest<Answer>('podpath/topology', { near: uri(file) });
    return answer.graph.nodes.map((node) => node.file);
  };
  assert.deepEqual(await drawn('base/web.yaml'), ['base/web.yaml']);
  assert.deepEqual(await drawn('test/web.yaml'), ['test/web.yaml']);
  await talk.end();
});

test('what is broken is marked in each deployment of a folder', async () => {
  const applied = (name: string) => `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: ${name}, namespace: flux-system }
spec:
  path: ./apps
  sourceRef: { kind: GitRepository, name: flux-system }
  targetNamespace: ${name}
`;
  const files = new Map([
    ['apps/kustomization.yaml', 'resources: [web.yaml]\n'],
    ['apps/web.yaml', `${service('web', 'wbe')}---\n${deployment('web')}`],
    ['clusters/apps.yaml', `${applied('live')}---\n${applied('test')}`],
  ]);
  const talk = await converse({ files });
  await talk.until(() => talk.isLoaded());
  const { graph } = await talk.client.sendRequest<Answer>('podpath/topology', {});
  const broken = graph.nodes.filter(({ file, problems }) => file === 'apps/web.yaml' && problems.length > 0);
  assert.equal(new Set(broken.map(({ id }) => id)).size, 2);
  await talk.end();
});
