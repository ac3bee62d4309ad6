/** Answers of the cluster's DNS server from manifests. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { RecordType, ZoneOptions } from '../../server/src/core/index';
import { answer, createWorkspace, reverseName, zoneOf } from '../../server/src/core/index';

type Options = Partial<ZoneOptions>;

function zone(text: string, options: Options = {}) {
  const workspace = createWorkspace((_, __, error) => {
    throw error;
  });
  workspace.setRoots(['file:///w']);
  workspace.set('file:///w/a.yaml', text);
  const snapshot = workspace.snapshot();
  const resources = snapshot.file('file:///w/a.yaml')?.resources ?? [];
  return zoneOf(resources, snapshot.links, 'default', { domain: 'cluster.local', pods: 'insecure', ...options });
}

/** `NOERROR data data`, unknown data as the object that has it. */
function ask(text: string, name: string, type: RecordType = 'A', options: Options = {}): string {
  const { rcode, records } = answer(zone(text, options), name, type);
  const data = records.map((record) => {
    const value = record.data ?? `<${record.target?.kind ?? ''} ${record.target?.name ?? ''}>`;
    return record.type === type ? value : `${record.type} ${value}`;
  });
  return [rcode, ...data].join(' ');
}

const dual = `
apiVersion: v1
kind: Service
metadata: { name: api, namespace: shop }
spec:
  clusterIP: 10.96.0.7
  clusterIPs: [10.96.0.7, "fd00:96::7"]
  ipFamilies: [IPv4, IPv6]
  ipFamilyPolicy: RequireDualStack
  selector: { app: api }
  ports: [{ name: http, port: 80 }, { name: dns, port: 53, protocol: UDP }]
`;

void test('a Service with cluster IPs', () => {
  assert.equal(ask(dual, 'api.shop.svc.cluster.local'), 'NOERROR 10.96.0.7');
  assert.equal(ask(dual, 'api.shop.svc.cluster.local', 'AAAA'), 'NOERROR fd00:96::7');
  assert.equal(
    ask(dual, 'api.shop.svc.cluster.local', 'SRV'),
    'NOERROR 80 api.shop.svc.cluster.local. 53 api.shop.svc.cluster.local.',
  );
  assert.equal(ask(dual, '_dns._udp.api.shop.svc.cluster.local', 'SRV'), 'NOERROR 53 api.shop.svc.cluster.local.');
  assert.equal(ask(dual, '_dns._tcp.api.shop.svc.cluster.local', 'SRV'), 'NXDOMAIN');
  assert.equal(ask(dual, 'api.shop.svc.cluster.local', 'HINFO'), 'NOERROR');
  assert.equal(ask(dual, 'other.shop.svc.cluster.local', 'HINFO'), 'NXDOMAIN');
  assert.equal(ask(dual, '7.0.96.10.in-addr.arpa', 'PTR'), 'NOERROR api.shop.svc.cluster.local.');
  assert.equal(ask(dual, reverseName('fd00:96::7') ?? '', 'PTR'), 'NOERROR api.shop.svc.cluster.local.');
  assert.equal(ask(dual, 'api.shop.svc.cluster.local', 'PTR'), 'NOERROR');
});

void test('a Service without endpoints may be ignored', () => {
  const options = { ignoreEmptyService: true };
  assert.equal(ask(dual, 'api.shop.svc.cluster.local', 'A', options), 'NXDOMAIN');
  const slice = `---
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: { name: api-1, namespace: shop, labels: { kubernetes.io/service-name: api } }
addressType: IPv4
endpoints: [{ addresses: [10.1.0.1], conditions: { ready: READY } }]
ports: [{ name: http, port: 8080 }]
`;
  assert.equal(
    ask(dual + slice.replace('READY', 'true'), 'api.shop.svc.cluster.local', 'A', options),
    'NOERROR 10.96.0.7',
  );
  assert.equal(ask(dual + slice.replace('READY', 'false'), 'api.shop.svc.cluster.local', 'A', options), 'NXDOMAIN');
});

void test('addresses that the API server will choose', () => {
  const text = (spec: string) => `
apiVersion: v1
kind: Service
metadata: { name: api }
spec: { ${spec}ports: [{ port: 80 }] }
`;
  const name = 'api.default.svc.cluster.local';
  assert.equal(ask(text(''), name), 'NOERROR <Service api>');
  assert.equal(ask(text(''), name, 'AAAA'), 'NOERROR');
  assert.equal(ask(text('ipFamilies: [IPv6], '), name, 'AAAA'), 'NOERROR <Service api>');
  assert.equal(ask(text('ipFamilies: [IPv6], '), name), 'NOERROR');
  assert.equal(ask(text('clusterIP: 10.0.0.1, ipFamilyPolicy: PreferDualStack, '), name), 'NOERROR 10.0.0.1');
  assert.equal(
    ask(text('clusterIP: 10.0.0.1, ipFamilyPolicy: PreferDualStack, '), name, 'AAAA'),
    'NOERROR <Service api>',
  );
});

const headless = `
apiVersion: v1
kind: Service
metadata: { name: db, namespace: shop }
spec: { clusterIP: None, selector: { app: db }, ports: [{ name: sql, port: 5432 }]PUBLISH }
---
apiVersion: v1
kind: Pod
metadata: { name: db-a, namespace: shop, labels: { app: db } }
spec: { hostname: a, subdomain: db, containers: [{ name: main, image: db }] }
status: { podIP: 10.1.0.1, conditions: [{ type: Ready, status: "True" }] }
---
apiVersion: v1
kind: Pod
metadata: { name: db-b, namespace: shop, labels: { app: db } }
spec: { containers: [{ name: main, image: db }] }
status: { podIP: 10.1.0.2, conditions: [{ type: Ready, status: "False" }] }
`;
const ready = headless.replace('PUBLISH', '');
const published = headless.replace('PUBLISH', ', publishNotReadyAddresses: true');

void test('a headless Service has the addresses of its ready pods', () => {
  const name = 'db.shop.svc.cluster.local';
  assert.equal(ask(ready, name), 'NOERROR 10.1.0.1');
  assert.equal(ask(published, name), 'NOERROR 10.1.0.1 10.1.0.2');
  assert.equal(ask(ready, `a.${name}`), 'NOERROR 10.1.0.1');
  assert.equal(ask(ready, `10-1-0-1.${name}`), 'NXDOMAIN');
  assert.equal(ask(published, `10-1-0-2.${name}`), 'NOERROR 10.1.0.2');
  assert.equal(ask(published, `10-1-0-2.${name}`, 'AAAA'), 'NOERROR');
  assert.equal(ask(published, `_sql._tcp.${name}`, 'SRV'), `NOERROR 5432 a.${name}. 5432 10-1-0-2.${name}.`);
  assert.equal(ask(published, '2.0.1.10.in-addr.arpa', 'PTR'), `NOERROR 10-1-0-2.${name}.`);
  assert.equal(ask(ready, '2.0.1.10.in-addr.arpa', 'PTR'), 'NXDOMAIN');
  const [service = ''] = ready.split('---');
  assert.equal(ask(service, name), 'NXDOMAIN');
});

void test('a name that Endpoints and slices give', () => {
  const text = `
apiVersion: v1
kind: Service
metadata: { name: old }
spec: { clusterIP: None, ports: [{ port: 5432 }] }
---
apiVersion: v1
kind: Endpoints
metadata: { name: old }
subsets: [{ addresses: [{ ip: 192.0.2.7, hostname: first }, { ip: "2001:db8::7" }], notReadyAddresses: [{ ip: 192.0.2.8 }], ports: [{ port: 5432 }] }]
`;
  const name = 'old.default.svc.cluster.local';
  assert.equal(ask(text, name), 'NOERROR 192.0.2.7');
  assert.equal(ask(text, name, 'AAAA'), 'NOERROR 2001:db8::7');
  assert.equal(ask(text, `2001-db8--7.${name}`, 'AAAA'), 'NOERROR 2001:db8::7');
  assert.equal(ask(text, name, 'SRV'), `NOERROR 5432 first.${name}. 5432 2001-db8--7.${name}.`);
});

void test('pods of workloads, whose addresses are to come', () => {
  const text = `
apiVersion: v1
kind: Service
metadata: { name: db }
spec: { clusterIP: None, selector: { app: db }, ports: [{ name: sql, port: 5432 }] }
---
apiVersion: apps/v1
kind: StatefulSet
metadata: { name: db }
spec:
  serviceName: db
  replicas: 2
  ordinals: { start: 3 }
  template: { metadata: { labels: { app: db } }, spec: { containers: [{ name: main, image: db }] } }
---
apiVersion: v1
kind: Service
metadata: { name: solvers }
spec: { clusterIP: None, selector: { app: solver } }
---
apiVersion: batch/v1
kind: Job
metadata: { name: solve }
spec:
  completionMode: Indexed
  completions: 2
  template:
    metadata: { labels: { app: solver } }
    spec: { subdomain: solvers, restartPolicy: Never, containers: [{ name: main, image: solve }] }
---
apiVersion: v1
kind: Service
metadata: { name: web }
spec: { clusterIP: None, selector: { app: web }, ports: [{ name: http, port: 80 }] }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  replicas: 3
  template: { metadata: { labels: { app: web } }, spec: { containers: [{ name: main, image: web }] } }
---
apiVersion: v1
kind: Service
metadata: { name: idle }
spec: { clusterIP: None, selector: { app: idle }, ports: [{ name: http, port: 80 }] }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: idle }
spec:
  replicas: 0
  template: { metadata: { labels: { app: idle } }, spec: { containers: [{ name: main, image: web }] } }
`;
  assert.equal(ask(text, 'db.default.svc.cluster.local'), 'NOERROR <Pod db-3> <Pod db-4>');
  assert.equal(ask(text, 'db-4.db.default.svc.cluster.local'), 'NOERROR <Pod db-4>');
  assert.equal(ask(text, 'db-0.db.default.svc.cluster.local'), 'NXDOMAIN');
  assert.equal(ask(text, 'solve-1.solvers.default.svc.cluster.local'), 'NOERROR <Job solve>');
  assert.equal(ask(text, 'web.default.svc.cluster.local'), 'NOERROR <Deployment web>');
  assert.equal(ask(text, '_http._tcp.web.default.svc.cluster.local', 'SRV'), 'NOERROR <Deployment web>');
  assert.equal(ask(text, 'idle.default.svc.cluster.local'), 'NXDOMAIN');
});

void test('other names for names', () => {
  const external = (name: string, to: string) => `---
apiVersion: v1
kind: Service
metadata: { name: ${name} }
spec: { type: ExternalName, externalName: "${to}" }
`;
  const text =
    dual +
    external('out', 'www.example.com') +
    external('in', 'api.shop.svc.cluster.local') +
    external('twice', 'in.default.svc.cluster.local.') +
    external('self', 'self.default.svc.cluster.local') +
    external('ping', 'pong.default.svc.cluster.local') +
    external('pong', 'ping.default.svc.cluster.local') +
    external('nowhere', 'nothing.shop.svc.cluster.local') +
    external('address', '192.0.2.1');
  const of = (name: string, type: RecordType = 'A') => ask(text, `${name}.default.svc.cluster.local`, type);
  assert.equal(of('out'), 'NOERROR CNAME www.example.com.');
  assert.equal(of('out', 'CNAME'), 'NOERROR www.example.com.');
  assert.equal(of('out', 'SRV'), 'NOERROR');
  assert.equal(of('in'), 'NOERROR CNAME api.shop.svc.cluster.local. 10.96.0.7');
  assert.equal(of('in', 'CNAME'), 'NOERROR api.shop.svc.cluster.local.');
  assert.equal(
    of('twice', 'AAAA'),
    'NOERROR CNAME in.default.svc.cluster.local. CNAME api.shop.svc.cluster.local. fd00:96::7',
  );
  assert.equal(of('self'), 'NOERROR');
  assert.equal(of('ping'), 'NOERROR');
  assert.equal(of('nowhere'), 'NOERROR');
  assert.equal(of('address'), 'NXDOMAIN');
  assert.equal(of('_http._tcp.out'), 'NXDOMAIN');
});

void test('names of the zone itself', () => {
  const dns = `
apiVersion: v1
kind: Service
metadata: { name: kube-dns, namespace: kube-system }
spec: { clusterIP: 10.96.0.10, selector: { k8s-app: kube-dns }, ports: [{ name: dns, port: 53, protocol: UDP }] }
`;
  assert.equal(ask('', 'cluster.local'), 'NOERROR');
  assert.equal(ask('', 'svc.cluster.local'), 'NOERROR');
  assert.equal(ask('', 'default.svc.cluster.local'), 'NOERROR');
  assert.equal(ask('', 'nothing.svc.cluster.local'), 'NXDOMAIN');
  assert.equal(ask('', 'cluster.local', 'SOA'), 'NOERROR ns.dns.cluster.local. hostmaster.cluster.local.');
  assert.equal(ask('', 'cluster.local', 'NS'), 'NOERROR ns.dns.cluster.local.');
  assert.equal(ask(dns, 'cluster.local', 'NS'), 'NOERROR kube-dns.kube-system.svc.cluster.local.');
  assert.equal(ask(dns, 'ns.dns.cluster.local'), 'NOERROR 10.96.0.10');
  assert.equal(ask('', 'DNS-version.cluster.local', 'TXT'), 'NOERROR 1.1.0');
  assert.equal(ask(dual, 'api.shop.svc.cluster.local', 'TXT'), 'NOERROR');
  assert.equal(ask(dual, 'other.shop.svc.cluster.local', 'TXT'), 'NXDOMAIN');
  assert.equal(ask('', 'kubernetes.default.svc.cluster.local'), 'NOERROR <Service kubernetes>');
  assert.equal(ask('', 'example.com'), 'REFUSED');
  assert.equal(ask(dual, '*.shop.svc.cluster.local'), 'NXDOMAIN');
});

void test('the Service of the API server has the first address of the range', () => {
  const text = (subnet: string) => `
apiVersion: kubeadm.k8s.io/v1beta4
kind: ClusterConfiguration
networking: { serviceSubnet: "${subnet}" }
`;
  const name = 'kubernetes.default.svc.cluster.local';
  assert.equal(ask(text('10.96.0.0/12'), name), 'NOERROR 10.96.0.1');
  assert.equal(ask(text('fd00:96::/112,10.96.0.0/12'), name, 'AAAA'), 'NOERROR fd00:96::1');
  assert.equal(ask(text('fd00:96::/112'), name), 'NOERROR');
});

void test('names of pods', () => {
  const pod =
    'apiVersion: v1\nkind: Pod\nmetadata: { name: a }\nspec: { containers: [] }\nstatus: { podIP: 10.1.0.1 }\n';
  const of = (label: string, pods: ZoneOptions['pods'], type: RecordType = 'A') =>
    ask(pod, `${label}.default.pod.cluster.local`, type, { pods });
  assert.equal(of('10-9-9-9', 'insecure'), 'NOERROR 10.9.9.9');
  assert.equal(of('10-9-9-9', 'insecure', 'AAAA'), 'NOERROR');
  assert.equal(of('fd00--7', 'insecure', 'AAAA'), 'NOERROR fd00::7');
  assert.equal(of('a', 'insecure'), 'NXDOMAIN');
  assert.equal(of('10-9-9-9', 'verified'), 'NXDOMAIN');
  assert.equal(of('10-1-0-1', 'verified'), 'NOERROR 10.1.0.1');
  assert.equal(of('10-1-0-1', 'disabled'), 'NXDOMAIN');
  assert.equal(ask(pod, '10-1-0-1.nothing.pod.cluster.local'), 'NXDOMAIN');
});
