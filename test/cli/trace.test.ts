/** `podpath trace` as a process. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { TraceReport } from '../../server/src/cli/trace-report';
import { bundle, deployment, folderOf, podpath, service } from './podpath';

const shop = ', namespace: shop';

const files = {
  'k8s/web.yaml': `${service('web', 'app: web', shop).replace('spec:', 'spec:\n  type: NodePort').replace('port: 80,', 'port: 80, nodePort: 30080,')}---
${deployment('web', 'app: web', shop)}---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: web, namespace: shop }
spec:
  ingressClassName: nginx
  tls: [{ hosts: [shop.example.com], secretName: shop-tls }]
  rules:
    - host: shop.example.com
      http:
        paths: [{ path: /, pathType: Prefix, backend: { service: { name: web, port: { name: http } } } }]
`,
  'k8s/db.yaml': `${service('db', 'app: db', shop)}---
${deployment('db', 'app: db', shop)}---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: db, namespace: shop }
spec:
  podSelector: { matchLabels: { app: db } }
  ingress: []
---
apiVersion: v1
kind: Pod
metadata: { name: probe, namespace: shop, labels: { app: probe } }
spec:
  hostNetwork: true
  nodeName: one
  containers: [{ name: main, image: probe }]
`,
  'k8s/mail.yaml': `apiVersion: v1
kind: Service
metadata: { name: mail, namespace: shop }
spec: { type: ExternalName, externalName: smtp.example.com }
`,
  'k8s/pair.yaml': `${service('pair', 'app: pair', shop)}---
${deployment('old', 'app: pair, track: old', shop)}---
${deployment('new', 'app: pair, track: new', shop)}---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: new, namespace: shop }
spec:
  podSelector: { matchLabels: { track: new } }
  ingress: []
`,
  'cluster/flannel.yaml': `apiVersion: v1
kind: ConfigMap
metadata: { name: kube-flannel-cfg, namespace: kube-flannel }
data:
  net-conf.json: |
    { "Network": "10.244.0.0/16", "Backend": { "Type": "host-gw" } }
`,
};

const folder = folderOf(files);
before(bundle);
after(folder.remove);

function run(...args: readonly string[]): TraceReport & { readonly code: number | null } {
  const { code, out, messages } = podpath(folder.path, ['trace', ...args, '--format', 'json']);
  assert.notEqual(out, '', messages);
  return { ...(JSON.parse(out) as TraceReport), code };
}

const steps = ({ hops }: TraceReport) => hops.map(({ step }) => step);
const hop = (report: TraceReport, step: string) => {
  const found = report.hops.find((item) => item.step === step);
  assert.ok(found, `no ${step} among ${steps(report).join(', ')}`);
  return found;
};

describe('podpath trace', () => {
  test('follows a name to a container, and says who denies it and what would allow it', () => {
    const report = run('shop/web', 'http://db');
    assert.equal(report.version, 1);
    assert.equal(report.verdict, 'denied');
    assert.equal(report.code, 1);
    assert.deepEqual(report.from, { kind: 'Deployment', namespace: 'shop', name: 'web' });
    assert.deepEqual(report.to, { host: 'db', port: 80, scheme: 'http', path: '/' });
    assert.deepEqual(steps(report), [
      'dns',
      'service',
      'endpoint',
      'policy-egress',
      'policy-ingress',
      'transport',
      'container',
    ]);
    const denied = hop(report, 'policy-ingress');
    assert.equal(denied.verdict, 'denied');
    assert.deepEqual([denied.file, denied.line], ['k8s/db.yaml', 29]);
    assert.match(denied.detail ?? '', /- from:\n {4}- podSelector:\n {8}matchLabels:\n {10}app: web\n {2}ports:/);
    assert.match(hop(report, 'dns').detail ?? '', /^search db\.shop\.svc\.cluster\.local$/);
  });

  test('says which of several backends are denied', () => {
    const report = run('shop/web', 'shop/pair:http');
    assert.equal(report.verdict, 'denied');
    assert.deepEqual(report.backends, [
      { name: 'Deployment shop/old', verdict: 'allowed' },
      { name: 'Deployment shop/new', verdict: 'denied' },
    ]);
    assert.deepEqual(
      report.hops.flatMap(({ verdict, backend }) => (verdict === 'denied' ? [backend] : [])),
      ['Deployment shop/new'],
    );
    const { out } = podpath(folder.path, ['trace', 'shop/web', 'shop/pair:http']);
    assert.match(out, /denied for 1 of 2 backends: a part of the connections/);
  });

  test('says how the cluster carries packets between nodes', () => {
    const { title, file, detail } = hop(run('shop/db', 'shop/web:80'), 'transport');
    assert.match(title, /flannel writes routes with the other node as gateway/);
    assert.equal(file, 'cluster/flannel.yaml');
    assert.match(detail ?? '', /10\.244\.0\.0\/16, a \/24 for each node/);
  });

  test('enters by an Ingress', () => {
    const report = run('internet', 'https://shop.example.com/cart');
    assert.equal(report.code, 0);
    assert.deepEqual(report.from, { internet: true });
    assert.deepEqual(steps(report), [
      'dns',
      'ingress',
      'service',
      'endpoint',
      'policy-ingress',
      'transport',
      'container',
    ]);
    assert.match(hop(report, 'ingress').detail ?? '', /class nginx; TLS with Secret shop-tls/);
  });

  test('enters by a node port', () => {
    const report = run('internet', '192.0.2.10:30080');
    assert.equal(report.verdict, 'allowed');
    assert.equal(report.hops[0]?.step, 'node-port');
    assert.match(report.hops[0].title, /^port 30080 of each node leads to Service shop\/web port 80$/);
  });

  test('goes out by an ExternalName', () => {
    const report = run('shop/web', 'mail:25');
    assert.equal(report.verdict, 'allowed');
    assert.match(hop(report, 'dns').title, /as smtp\.example\.com$/);
    assert.match(hop(report, 'transport').title, /SNAT/);
  });

  test('localhost is the pod itself', () => {
    assert.deepEqual(steps(run('shop/web', 'localhost:8080')), ['dns', 'transport', 'container']);
  });

  test('pods of the host network are not isolated, and ask another DNS server', () => {
    const report = run('shop/probe', 'http://web');
    assert.equal(report.verdict, 'unresolved');
    assert.match(hop(report, 'dns').title, /DNS server of its node/);
    assert.match(hop(run('pod/shop/probe', 'shop/web:80'), 'policy-egress').title, /network of its node/);
  });

  test('leads nowhere: names, ports, workloads and hosts that are not here', () => {
    for (const [from, to, words] of [
      ['shop/web', 'http://gone', /there is no Service gone in namespace shop/],
      ['shop/web', 'web:81', /has no port 81/],
      ['shop/gone', 'web:80', /there is no workload or Service gone in namespace shop here/],
      ['default/web', 'web:80', /there is Service shop\/web, Deployment shop\/web/],
      ['internet', 'https://other.example.com', /nothing here answers for other\.example\.com on port 443/],
      ['internet', 'shop/db:80', /is of type ClusterIP/],
    ] as const) {
      const report = run(from, to);
      assert.equal(report.verdict, 'unresolved', to);
      assert.equal(report.code, 1);
      assert.match(report.hops.map(({ title }) => title).join('\n'), words);
    }
  });

  test('is one line a hop for people', () => {
    const { code, out } = podpath(folder.path, ['trace', 'shop/db', 'web', '--quiet']);
    assert.equal(code, 0);
    const lines = out.split('\n');
    assert.equal(lines[0], 'shop/db → web  allowed');
    assert.match(
      lines[1] ?? '',
      /^ {2}✓ dns +web resolves to web\.shop\.svc\.cluster\.local, Service shop\/web {2}k8s\/web\.yaml:3$/,
    );
    assert.equal(lines.length, 9);
  });

  test('needs both ends', () => {
    const { code, messages } = podpath(folder.path, ['trace', 'shop/web']);
    assert.equal(code, 2);
    assert.match(messages, /trace needs FROM .* and TO/);
  });

  test('refuses ends that cannot be: ports, addresses, forms', () => {
    for (const [from, to, words] of [
      ['shop/web', 'shop/db:70000', /70000 is no port: ports are 1 to 65535/],
      ['shop/web', 'shop/db:0', /0 is no port: ports are 1 to 65535/],
      ['shop/web', '192.0.2.4:99999', /99999 is no port: ports are 1 to 65535/],
      ['shop/web', 'shop/db:80/icmp', /icmp is no protocol: TCP, UDP or SCTP/],
      [
        'shop/web',
        'pay.example.com:abc',
        /abc is no port: no Service and no container here names one so; write its number/,
      ],
      ['shop/web', '256.1.1.1:80', /256\.1\.1\.1 is no address/],
      ['shop/web', 'http://[fd00::x]:80/', /fd00::x is no address/],
      ['shop/web', ':80', /:80: it is a URL, HOST:PORT/],
      ['shop/web', 'http://', /http:\/\/: it is a URL, HOST:PORT/],
      ['10.0.0.0/8', 'shop/web:80', /10\.0\.0\.0\/8 is a range of addresses: name one of them/],
      ['shop//web', 'shop/web:80', /shop\/\/web: it is NAMESPACE\/NAME/],
    ] as const) {
      const { code, out, messages } = podpath(folder.path, ['trace', from, to, '--format', 'json']);
      assert.equal(code, 2, `${to}: ${messages}`);
      assert.equal(out, '');
      assert.match(messages, words);
    }
  });

  test('a Service opens no connections: it names the pods behind it', () => {
    const report = run('Service/shop/db', 'http://web');
    assert.equal(report.verdict, 'unresolved');
    assert.equal(
      report.hops[0]?.title,
      'Service shop/db opens no connections, pods do: name those behind it, Deployment shop/db',
    );
  });

  test('a name of a port that a Service has leads to it, and nowhere outside', () => {
    assert.equal(run('shop/web', 'db:http').verdict, 'denied');
    const report = run('shop/web', 'pay.example.com:http');
    assert.equal(report.verdict, 'unresolved');
    assert.match(report.hops.at(-1)?.title ?? '', /port http of pay\.example\.com is no number/);
  });
});
