import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ReachAnswer, TraceAnswer, TraceEndsAnswer } from '../../server/src/lsp/protocol';
import { at, converse, uri } from './conversation';
import { deployment, service } from './manifests';

const closed = `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: db }
spec:
  podSelector: { matchLabels: { app: db } }
  ingress:
    - from: [{ podSelector: { matchLabels: { app: api } } }]
      ports: [{ port: 8080 }]
`;

const files = new Map([
  ['web.yaml', `${service('web')}---\n${deployment('web')}`],
  ['api.yaml', deployment('api')],
  ['db.yaml', `${service('db')}---\n${deployment('db')}`],
  ['policy.yaml', closed],
]);

test('ends to choose from, the workload at the cursor among them', async () => {
  const talk = await converse({ files });
  await talk.until(() => talk.isLoaded());
  const ends = await talk.client.sendRequest<TraceEndsAnswer>('podpath/traceEnds', at('web.yaml', 15, 3));
  assert.equal(ends.at, 'deployment/default/web');
  assert.deepEqual(
    ends.from.map(({ text }) => text),
    ['internet', 'deployment/default/api', 'deployment/default/db', 'deployment/default/web'],
  );
  assert.deepEqual(
    ends.to.slice(0, 2).map(({ text }) => text),
    ['default/db:80', 'default/web:80'],
  );
  assert.equal(ends.toward, undefined);
  const ofService = await talk.client.sendRequest<TraceEndsAnswer>('podpath/traceEnds', at('web.yaml', 0, 3));
  assert.deepEqual([ofService.at, ofService.toward], [undefined, 'default/web:80']);
  await talk.end();
});

test('a connection is traced to the line that denies it', async () => {
  const talk = await converse({ files });
  await talk.until(() => talk.isLoaded());
  const trace = (from: string, to: string) =>
    talk.client.sendRequest<TraceAnswer>('podpath/trace', { textDocument: { uri: uri('web.yaml') }, from, to });
  const { verdict, hops } = await trace('default/web', 'http://db');
  assert.equal(verdict, 'denied');
  const denied = hops.find((hop) => hop.verdict === 'denied');
  assert.equal(denied?.step, 'policy-ingress');
  assert.equal(denied.location?.uri, uri('policy.yaml'));
  assert.equal(denied.location.range.start.line, 6);
  assert.match(denied.detail ?? '', /app: web/);
  assert.equal((await trace('default/api', 'default/db:80')).verdict, 'allowed');
  assert.equal((await trace('default/gone', 'default/db:80')).verdict, 'unresolved');
  await talk.end();
});

const reached = async (talk: Awaited<ReturnType<typeof converse>>, file: string, line: number) =>
  (await talk.client.sendRequest<ReachAnswer[]>('podpath/whoCanReach', at(file, line, 0))).map(({ to, rows }) => [
    to,
    ...rows.map(({ name, ports }) => `${name}: ${ports}`),
  ]);

test('who can reach a workload', async () => {
  const talk = await converse({ files });
  await talk.until(() => talk.isLoaded());
  const [db] = await talk.client.sendRequest<ReachAnswer[]>('podpath/whoCanReach', at('db.yaml', 12, 0));
  assert.equal(db?.rows[0]?.location?.uri, uri('api.yaml'));
  assert.equal(db.environment, undefined);
  const closedDb = ['deployment/default/db', 'Deployment default/api: 8080/TCP'];
  assert.deepEqual(await reached(talk, 'db.yaml', 12), [closedDb]);
  assert.deepEqual(await reached(talk, 'web.yaml', 12), [
    [
      'deployment/default/web',
      'Deployment default/api: all ports',
      'Deployment default/db: all ports',
      'any address outside of the cluster: all ports',
      'any other pod of the cluster: all ports',
    ],
  ]);
  // The workloads that a Service or a policy chooses.
  assert.deepEqual(await reached(talk, 'db.yaml', 0), [closedDb]);
  assert.deepEqual(await reached(talk, 'policy.yaml', 3), [closedDb]);
  await talk.end();
});

test('who can reach all that a route leads to, and pods that are not here', async () => {
  const ingress = `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: shop }
spec:
  rules:
    - http:
        paths:
          - { path: /, pathType: Prefix, backend: { service: { name: web, port: { number: 80 } } } }
          - { path: /db, pathType: Prefix, backend: { service: { name: db, port: { number: 80 } } } }
`;
  const backup = closed.replace('app: api', 'app: backup');
  const talk = await converse({
    files: new Map([...files, ['policy.yaml', backup], ['ingress.yaml', ingress], ['none.yaml', 'a: 1\n']]),
  });
  await talk.until(() => talk.isLoaded());
  const [web, db] = await reached(talk, 'ingress.yaml', 4);
  assert.equal(web?.[0], 'deployment/default/web');
  assert.deepEqual(db, ['deployment/default/db', 'other pods with app=backup of namespace default: 8080/TCP']);
  assert.deepEqual(await reached(talk, 'none.yaml', 0), []);
  await talk.end();
});

test('a folder, or a file without manifests, stands for all manifests of the folder', async () => {
  const talk = await converse({ files: new Map([...files, ['README.md', 'About.']]) });
  await talk.until(() => talk.isLoaded());
  for (const name of ['README.md', '']) {
    const textDocument = { uri: uri(name).replace(/\/$/, '') };
    const params = { textDocument, position: { line: 0, character: 0 } };
    const ends = await talk.client.sendRequest<TraceEndsAnswer>('podpath/traceEnds', params);
    assert.equal(ends.from.length, 4, name);
    const way = { textDocument, from: 'default/web', to: 'http://db' };
    assert.equal((await talk.client.sendRequest<TraceAnswer>('podpath/trace', way)).verdict, 'denied');
    assert.deepEqual(await talk.client.sendRequest('podpath/whoCanReach', params), []);
  }
  await talk.end();
});

test('each of two copies of an application has its own world', async () => {
  const pods = `${service('db')}---\n${deployment('db')}---\n${deployment('web')}`;
  const talk = await converse({
    files: new Map([
      ['one/app.yaml', pods],
      ['two/app.yaml', `${pods}---\n${closed}`],
    ]),
  });
  await talk.until(() => talk.isLoaded());
  const verdict = async (file: string) => {
    const way = { textDocument: { uri: uri(file) }, from: 'default/web', to: 'http://db' };
    return (await talk.client.sendRequest<TraceAnswer>('podpath/trace', way)).verdict;
  };
  assert.deepEqual([await verdict('one/app.yaml'), await verdict('two/app.yaml')], ['allowed', 'denied']);
  await talk.end();
});
