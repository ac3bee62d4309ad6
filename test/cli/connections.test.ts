/** `podpath connections` as a process. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { bundle, deployment, folderOf, podpath, service } from './podpath';

const policy = (port: number) => `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: db, namespace: shop }
spec:
  podSelector: { matchLabels: { app: db } }
  policyTypes: [Ingress, Egress]
  ingress:
    - from: [{ podSelector: { matchLabels: { app: web } } }, { namespaceSelector: { matchLabels: { team: ops } } }]
      ports: [{ port: ${port} }]
    - from: [{ ipBlock: { cidr: 10.0.0.0/8, except: [10.1.0.0/16] } }]
      ports: [{ port: http }]
`;
const ingress = `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: web, namespace: shop }
spec: { defaultBackend: { service: { name: web, port: { name: http } } } }
`;
const files = {
  'k8s/web.yaml': deployment('web', 'app: web', ', namespace: shop'),
  'k8s/db.yaml': deployment('db', 'app: db', ', namespace: shop'),
  'k8s/svc.yaml': service('web', 'app: web', ', namespace: shop'),
  'k8s/ingress.yaml': ingress,
  'k8s/policy.yaml': policy(5432),
};
const web = { kind: 'Deployment', namespace: 'shop', name: 'web' };
const db = { kind: 'Deployment', namespace: 'shop', name: 'db' };
const everywhere = { ipRange: '0.0.0.0-255.255.255.255' };
const tcp = (from: number, to = from) => [{ protocol: 'TCP', from, to }];

describe('podpath connections', () => {
  let folder: ReturnType<typeof folderOf>;
  const run = (...args: string[]) => podpath(folder.path, ['connections', ...args]);
  before(async () => {
    await bundle();
    folder = folderOf(files);
  });
  after(() => folder.remove());

  test('JSON is the contract', () => {
    const { out, messages, code } = run('--format', 'json', 'k8s');
    assert.deepEqual([messages, code], ['', 0]);
    assert.deepEqual(JSON.parse(out), {
      version: 1,
      bundle: 'k8s',
      leftOut: [],
      notEvaluated: [],
      connections: [
        { from: web, to: db, ports: tcp(5432) },
        { from: web, to: everywhere, ports: 'all' },
        { from: { ipRange: '10.0.0.0-10.0.255.255' }, to: db, ports: tcp(8080) },
        { from: { ipRange: '10.2.0.0-10.255.255.255' }, to: db, ports: tcp(8080) },
        { from: everywhere, to: web, ports: 'all' },
        { from: { controller: 'ingress' }, to: web, ports: tcp(8080) },
      ],
    });
  });

  test('the table', () => {
    assert.equal(
      run('k8s').out,
      `FROM                     TO                       PORTS
Deployment shop/web      Deployment shop/db       TCP 5432
Deployment shop/web      0.0.0.0-255.255.255.255  all
10.0.0.0-10.0.255.255    Deployment shop/db       TCP 8080
10.2.0.0-10.255.255.255  Deployment shop/db       TCP 8080
0.0.0.0-255.255.255.255  Deployment shop/web      all
ingress controller       Deployment shop/web      TCP 8080
`,
    );
  });

  test('CSV, DOT and Mermaid', () => {
    assert.match(
      run('--format', 'csv', 'k8s').out,
      /^from,to,ports,bundle\nDeployment shop\/web,Deployment shop\/db,TCP 5432,\n/,
    );
    assert.match(
      run('--format', 'dot', 'k8s').out,
      /"Deployment shop\/web" -> "Deployment shop\/db" \[label="TCP 5432"\];/,
    );
    assert.match(run('--format', 'mermaid', 'k8s').out, /n\d+ -->\|"TCP 5432"\| n\d+/);
  });

  test('unset is the namespace of -n', () => {
    const outside = folderOf({ 'a.yaml': deployment('a', 'app: a') });
    const { out } = podpath(outside.path, ['connections', '--format', 'csv', '-n', 'team']);
    outside.remove();
    assert.match(out, /Deployment team\/a/);
  });

  test('--exposure: who else could come', () => {
    const { exposure } = JSON.parse(run('--format', 'json', '--exposure', 'k8s').out) as { readonly exposure: unknown };
    assert.deepEqual(exposure, {
      ingress: [
        {
          workload: db,
          peer: { namespaceSelector: { matchLabels: { team: 'ops' } }, podSelector: {} },
          ports: tcp(5432),
        },
        { workload: web, peer: 'entire-cluster', ports: 'all' },
      ],
      egress: [{ workload: web, peer: 'entire-cluster', ports: 'all' }],
    });
  });

  test('an ingress controller that is not here is what the chart of its class makes it', () => {
    const entry = (ingressClass: string, namespace: string) => `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: web, namespace: shop }
spec: { ingressClassName: ${ingressClass}, defaultBackend: { service: { name: web, port: { number: 80 } } } }
---
${service('web', 'app: web', ', namespace: shop')}---
${deployment('web', 'app: web', ', namespace: shop')}---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: web, namespace: shop }
spec:
  podSelector: {}
  ingress: [{ from: [{ namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: ${namespace} } } }] }]
`;
    const other = folderOf({
      'right/web.yaml': entry('nginx', 'ingress-nginx'),
      'wrong/web.yaml': entry('nginx', 'edge'),
      'unknown/web.yaml': entry('proxy', 'ingress-nginx'),
    });
    const rows = (path: string) =>
      podpath(other.path, ['connections', path, '--format', 'csv'])
        .out.split('\n')
        .filter((line) => line.startsWith('ingress controller'));
    const found = ['right', 'wrong', 'unknown'].map(rows);
    other.remove();
    assert.deepEqual(found, [['ingress controller,Deployment shop/web,TCP 8080,'], [], []]);
  });

  test('what is not evaluated is said', () => {
    const kind = 'apiVersion: cilium.io/v2\nkind: CiliumNetworkPolicy\nmetadata: { name: l7, namespace: shop }\n';
    const other = folderOf({ ...files, 'k8s/cilium.yaml': kind });
    const { messages } = podpath(other.path, ['connections', 'k8s']);
    const json = podpath(other.path, ['connections', '--format', 'json', 'k8s']);
    other.remove();
    assert.match(messages, /not evaluated: CiliumNetworkPolicy l7 \(k8s\/cilium\.yaml:1\)/);
    assert.deepEqual((JSON.parse(json.out) as { readonly notEvaluated: unknown }).notEvaluated, [
      { kind: 'CiliumNetworkPolicy', namespace: 'shop', name: 'l7', file: 'k8s/cilium.yaml', line: 1 },
    ]);
  });

  test('--diff of two folders', () => {
    const other = folderOf({ ...files, 'k8s/policy.yaml': policy(5433), 'k8s/ingress.yaml': '' });
    const args = ['connections', '--diff', join(folder.path, 'k8s'), join(other.path, 'k8s')];
    const json = podpath(folder.path, [...args, '--format', 'json']);
    const markdown = podpath(folder.path, args);
    other.remove();
    assert.deepEqual(JSON.parse(json.out), {
      version: 1,
      changes: [
        { change: 'changed', from: web, to: db, old: tcp(5432), new: tcp(5433) },
        { change: 'removed', from: { controller: 'ingress' }, to: web, old: tcp(8080), new: [] },
      ],
    });
    assert.equal(
      markdown.out,
      `**Connections: 0 added, 1 removed, 1 changed**

| change | from | to | before | after |
| --- | --- | --- | --- | --- |
| changed | Deployment shop/web | Deployment shop/db | TCP 5432 | TCP 5433 |
| removed | ingress controller | Deployment shop/web | TCP 8080 | - |
`,
    );
  });

  test('--diff of overlays, each by itself', () => {
    const overlay = (namespace: string) => `namespace: ${namespace}\nresources: [../base]\n`;
    const base = {
      'base/kustomization.yaml': 'resources: [web.yaml]\n',
      'base/web.yaml': deployment('web', 'app: web'),
      'dev/kustomization.yaml': overlay('dev'),
      'prod/kustomization.yaml': overlay('prod'),
    };
    const deny =
      'apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: { name: deny }\nspec: { podSelector: {} }\n';
    const [old, now] = [
      folderOf(base),
      folderOf({
        ...base,
        'prod/deny.yaml': deny,
        'prod/kustomization.yaml': overlay('prod').replace('base]', 'base, deny.yaml]'),
      }),
    ];
    const diff = (...args: string[]) =>
      podpath(folder.path, ['connections', '--format', 'json', '--diff', old.path, now.path, ...args]);
    const changes = (...args: string[]) => (JSON.parse(diff(...args).out) as { readonly changes: unknown }).changes;
    const to = { kind: 'Deployment', namespace: 'prod', name: 'web' };
    const removed = { change: 'removed', from: everywhere, to, old: 'all', new: [] };
    assert.deepEqual(changes(), [{ ...removed, bundle: 'prod' }]);
    // A bundle is looked for in both folders.
    assert.deepEqual(changes('--bundle', 'prod'), [removed]);
    assert.deepEqual(changes('--bundle', 'dev'), []);
    rmSync(join(now.path, 'prod'), { recursive: true });
    const all = { ...removed, from: to, to: everywhere };
    assert.deepEqual(changes('--bundle', 'prod'), [all, removed]);
    const { code, messages } = diff('--bundle', 'nowhere');
    assert.equal(code, 2);
    assert.match(messages, /--bundle nowhere: nothing is applied from there, neither in .+ nor in .+/);
    for (const made of [old, now]) made.remove();
  });

  test('--diff of git revisions', () => {
    const repository = folderOf(files);
    const git = (...args: string[]) => {
      const author = ['-c', 'user.name=test', '-c', 'user.email=test@example.com', '-c', 'commit.gpgsign=false'];
      const { status, stderr } = spawnSync('git', [...author, ...args], { cwd: repository.path, encoding: 'utf8' });
      assert.equal(status, 0, stderr);
    };
    git('init', '--quiet');
    git('add', '.');
    git('commit', '--quiet', '--message', 'first');
    writeFileSync(join(repository.path, 'k8s/policy.yaml'), policy(5433));
    git('commit', '--quiet', '--all', '--message', 'second');
    const diff = (...args: string[]) =>
      JSON.parse(podpath(repository.path, ['connections', '--format', 'json', '--diff', ...args]).out) as unknown;
    const changed = { version: 1, changes: [{ change: 'changed', from: web, to: db, old: tcp(5432), new: tcp(5433) }] };
    const found = [diff('HEAD~1', 'HEAD'), diff('HEAD~1', 'HEAD', 'k8s'), diff('HEAD~1', '.')];
    // From outside of the repository the path says which one is meant.
    const outside = (...args: string[]) =>
      JSON.parse(podpath(folder.path, ['connections', '--format', 'json', '--diff', ...args]).out) as unknown;
    found.push(outside('HEAD~1', 'HEAD', repository.path), outside('HEAD~1', 'HEAD', join(repository.path, 'k8s')));
    repository.remove();
    assert.deepEqual(found, [changed, changed, changed, changed, changed]);
  });

  test('--exposure where it cannot be shown', () => {
    for (const args of [
      ['--exposure', '--format', 'dot'],
      ['--exposure', '--format', 'csv'],
      ['--exposure', '--diff', 'k8s', 'k8s'],
    ]) {
      const { code, messages, out } = run(...args);
      assert.deepEqual([code, out], [2, ''], messages);
    }
  });

  test('what is neither a folder nor a revision', () => {
    const { code, messages } = run('--diff', 'k8s', '--upload-pack=x');
    assert.equal(code, 2, messages);
    const other = run('--diff', 'k8s', 'nowhere');
    assert.deepEqual([other.code, /nowhere is no file or folder, and no git revision/.test(other.messages)], [2, true]);
  });
});
