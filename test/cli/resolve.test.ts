/** `podpath resolve` as a process. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { ReportedAnswer } from '../../server/src/cli/resolve-report';
import { bundle, deployment, folderOf, podpath, service } from './podpath';

interface Output extends ReportedAnswer {
  readonly version: number;
  readonly bundle: string;
  readonly leftOut: readonly string[];
}

const files = {
  'k8s/web.yaml': `${service('web', 'app: web', ', namespace: shop').replace('spec:', 'spec:\n  clusterIP: 10.96.0.12')}---
${deployment('web', 'app: web', ', namespace: shop')}---
apiVersion: v1
kind: Service
metadata: { name: legacy, namespace: shop }
spec: { type: ExternalName, externalName: web.shop.svc.cluster.local }
---
apiVersion: v1
kind: Service
metadata: { name: mail, namespace: shop }
spec: { type: ExternalName, externalName: smtp.example.com }
`,
  'k8s/db.yaml': `apiVersion: apps/v1
kind: StatefulSet
metadata: { name: db, namespace: shop }
spec:
  serviceName: db
  replicas: 2
  selector: { matchLabels: { app: db } }
  template:
    metadata: { labels: { app: db } }
    spec:
      containers: [{ name: main, image: db, ports: [{ name: sql, containerPort: 5432 }] }]
---
apiVersion: v1
kind: Service
metadata: { name: db, namespace: shop }
spec: { clusterIP: None, selector: { app: db }, ports: [{ name: sql, port: 5432, targetPort: sql }] }
`,
  'k8s/node.yaml': `apiVersion: v1
kind: Pod
metadata: { name: agent, namespace: shop }
spec: { hostNetwork: true, containers: [{ name: main, image: agent }] }
---
apiVersion: v1
kind: Pod
metadata: { name: tuned, namespace: shop }
spec:
  dnsConfig: { searches: [corp.example], options: [{ name: ndots, value: "2" }] }
  containers: [{ name: main, image: tuned }]
`,
  'built/base/kustomization.yaml': 'resources: [web.yaml]\n',
  'built/base/web.yaml': service('web', 'app: web', ', namespace: shop'),
  'built/east/kustomization.yaml': 'resources: [../base]\nnamespace: east\n',
  'built/west/kustomization.yaml': 'resources: [../base]\nnamespace: west\n',
  'queries.json': JSON.stringify([
    { name: 'web.shop.svc.cluster.local', type: 'A' },
    { name: 'nothing.shop.svc.cluster.local.' },
  ]),
  'broken.json': '{ "name": "web" }',
};

describe('podpath resolve', () => {
  let folder: ReturnType<typeof folderOf>;
  const run = (...args: string[]) => podpath(folder.path, ['resolve', ...args]);
  const json = (...args: string[]) => {
    const { out, messages, code } = run(...args, '--format', 'json');
    assert.deepEqual([messages, code], ['', 0]);
    return JSON.parse(out) as Output;
  };
  const data = (...args: string[]) => json(...args).records.map((record) => record.data);
  before(async () => {
    await bundle();
    folder = folderOf(files);
  });
  after(() => folder.remove());

  test('JSON is the contract', () => {
    const target = { kind: 'Service', namespace: 'shop', name: 'web' };
    assert.deepEqual(json('web.shop.svc.cluster.local', 'k8s'), {
      version: 1,
      bundle: 'k8s',
      leftOut: [],
      query: { name: 'web.shop.svc.cluster.local.', type: 'A' },
      rcode: 'NOERROR',
      records: [{ name: 'web.shop.svc.cluster.local.', type: 'A', data: '10.96.0.12', target }],
    });
  });

  test('what only the running cluster knows is null', () => {
    const { records } = json('db.shop.svc.cluster.local.', 'k8s');
    assert.deepEqual(
      records.map((record) => [record.data, record.target?.kind, record.target?.name]),
      [
        [null, 'Pod', 'db-0'],
        [null, 'Pod', 'db-1'],
      ],
    );
  });

  test('types', () => {
    assert.deepEqual(data('_sql._tcp.db.shop.svc.cluster.local', 'k8s', '--type', 'srv'), [
      '5432 db-0.db.shop.svc.cluster.local.',
      '5432 db-1.db.shop.svc.cluster.local.',
    ]);
    assert.deepEqual(data('10.96.0.12', 'k8s'), ['web.shop.svc.cluster.local.']);
    assert.deepEqual(data('mail.shop.svc.cluster.local', 'k8s', '--type', 'CNAME'), ['smtp.example.com.']);
    assert.deepEqual(data('legacy.shop.svc.cluster.local', 'k8s'), ['web.shop.svc.cluster.local.', '10.96.0.12']);
    assert.deepEqual(data('dns-version.cluster.local', 'k8s', '--type', 'TXT'), ['1.1.0']);
  });

  test('a name that exists without such a record is no missing name', () => {
    const none = json('web.shop.svc.cluster.local', 'k8s', '--type', 'AAAA');
    assert.deepEqual([none.rcode, none.records, none.reason], ['NOERROR', [], undefined]);
    const missing = json('web.default.svc.cluster.local', 'k8s');
    assert.deepEqual(
      [missing.rcode, missing.records, missing.reason],
      ['NXDOMAIN', [], 'there is no Service web in namespace default; there is one in shop'],
    );
  });

  test('--from tries the search list of the pod', () => {
    const found = json('db', 'k8s', '--from', 'shop/db-1');
    assert.deepEqual(found.search, ['db.shop.svc.cluster.local.', 'db.svc.cluster.local.', 'db.cluster.local.', 'db.']);
    assert.equal(found.records[0]?.name, 'db.shop.svc.cluster.local.');
    assert.deepEqual(json('db.shop.svc', 'k8s', '--from', 'shop/tuned').search, [
      'db.shop.svc.',
      'db.shop.svc.shop.svc.cluster.local.',
      'db.shop.svc.svc.cluster.local.',
      'db.shop.svc.cluster.local.',
      'db.shop.svc.corp.example.',
    ]);
  });

  test('a pod in the network of its node asks the DNS server of the node', () => {
    const { rcode, search, reason } = json('web', 'k8s', '--from', 'shop/agent');
    assert.deepEqual([rcode, search], ['NXDOMAIN', ['web.']]);
    assert.match(reason ?? '', /DNS server of its node/);
  });

  test('a pod that is not here is said to be missing, and asks as most pods do', () => {
    const { messages, code, out } = run('web', 'k8s', '--from', 'shop/unknown');
    assert.equal(code, 0);
    assert.match(messages, /there is no pod unknown in namespace shop here/);
    assert.match(out, /tried in order: web\.shop\.svc\.cluster\.local\./);
  });

  test('--domain and --pods', () => {
    assert.equal(json('web.shop.svc.k8s.corp', 'k8s', '--domain', 'k8s.corp').records[0]?.data, '10.96.0.12');
    assert.equal(json('web.shop.svc.cluster.local', 'k8s', '--domain', 'k8s.corp').rcode, 'REFUSED');
    assert.deepEqual(data('10-0-0-1.shop.pod.cluster.local', 'k8s'), ['10.0.0.1']);
    assert.equal(json('10-0-0-1.shop.pod.cluster.local', 'k8s', '--pods', 'verified').rcode, 'NXDOMAIN');
    assert.equal(json('10-0-0-1.shop.pod.cluster.local', 'k8s', '--pods', 'disabled').rcode, 'NXDOMAIN');
  });

  test('--queries answers several', () => {
    const { out, code } = run('--queries', 'queries.json', 'k8s', '--format', 'json');
    const { version, answers } = JSON.parse(out) as { version: number; answers: readonly ReportedAnswer[] };
    assert.deepEqual([code, version], [0, 1]);
    assert.deepEqual(
      answers.map(({ query, rcode }) => [query.name, query.type, rcode]),
      [
        ['web.shop.svc.cluster.local.', 'A', 'NOERROR'],
        ['nothing.shop.svc.cluster.local.', 'A', 'NXDOMAIN'],
      ],
    );
  });

  test('of several bundles the one that has the name answers', () => {
    const found = json('web.west.svc.cluster.local', 'built', '--quiet') as Output & { readonly bundle: string };
    assert.deepEqual([found.rcode, found.bundle], ['NOERROR', 'built/west']);
    assert.equal(json('web.west.svc.cluster.local', 'built', '--quiet', '--bundle', 'built/east').rcode, 'NXDOMAIN');
  });

  test('text for people', () => {
    assert.deepEqual(run('legacy.shop.svc.cluster.local', 'k8s').out.split('\n'), [
      'legacy.shop.svc.cluster.local. A  NOERROR',
      '  legacy.shop.svc.cluster.local.  CNAME  web.shop.svc.cluster.local.  Service shop/legacy',
      '  web.shop.svc.cluster.local.     A      10.96.0.12                   Service shop/web',
      '',
    ]);
    assert.match(run('db-7.db.shop.svc.cluster.local', 'k8s').out, /has no endpoint db-7; it has db-0, db-1/);
  });

  test('wrong usage', () => {
    const wrong = (...args: string[]) => {
      const { code, messages, out } = run(...args);
      assert.deepEqual([code, out], [2, '']);
      return messages;
    };
    assert.match(wrong(), /needs a NAME/);
    assert.match(wrong('web', 'nowhere'), /nowhere does not exist/);
    assert.match(wrong('web', 'k8s', '--type', 'MX'), /--type MX: it is one of A, AAAA/);
    assert.match(wrong('web', 'k8s', '--from', 'shop'), /NAMESPACE\/POD/);
    assert.match(wrong('web', 'k8s', '--pods', 'all'), /insecure, verified, disabled/);
    assert.match(wrong('--queries', 'missing.json', 'k8s'), /missing\.json does not exist/);
    assert.match(wrong('--queries', 'broken.json', 'k8s'), /not a JSON list/);
  });
});
