/** Policies made from known calls: what the manifests need passes, and nothing else. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { createPolicies, createWorkspace, verdictBetween } from '../../server/src/core/index';
import type { Resource, Snapshot } from '../../server/src/core/index';

const root = 'file:///w';

function open(files: Readonly<Record<string, string>>): Snapshot {
  const workspace = createWorkspace((rule, _, error) => {
    throw new Error(`${rule} threw`, { cause: error });
  });
  workspace.setRoots([root]);
  for (const [name, text] of Object.entries(files)) workspace.set(`${root}/${name}`, text);
  return workspace.snapshot();
}

const shop = `apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: shop }
spec:
  template:
    metadata: { labels: { app: web, version: v3 } }
    spec:
      containers:
        - name: web
          args: ['--db=postgres://db:5432/shop']
          ports: [{ name: metrics, containerPort: 9100 }]
---
apiVersion: v1
kind: Service
metadata: { name: web, namespace: shop }
spec: { selector: { app: web }, ports: [{ port: 80, targetPort: 8080 }] }
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: shop, namespace: shop }
spec: { defaultBackend: { service: { name: web, port: { number: 80 } } } }
---
apiVersion: monitoring.coreos.com/v1
kind: PodMonitor
metadata: { name: web, namespace: shop }
spec: { selector: { matchLabels: { app: web } }, podMetricsEndpoints: [{ port: metrics }] }
---
apiVersion: v1
kind: Service
metadata: { name: db, namespace: shop }
spec: { selector: { app: db }, ports: [{ port: 5432, targetPort: 15432 }] }
---
apiVersion: apps/v1
kind: StatefulSet
metadata: { name: db, namespace: shop }
spec:
  serviceName: db
  template:
    metadata: { labels: { app: db } }
    spec: { containers: [{ name: db }] }
`;

const depot = `apiVersion: batch/v1
kind: Job
metadata: { name: load, namespace: depot }
spec:
  template: { spec: { restartPolicy: Never, containers: [{ name: load, args: ['--to=http://store:80', 'db://ledger:5432'] }] } }
---
apiVersion: apps/v1
kind: DaemonSet
metadata: { name: agent, namespace: depot }
spec:
  selector: { matchLabels: { app: agent } }
  template:
    metadata: { labels: { app: agent } }
    spec: { hostNetwork: true, containers: [{ name: agent, args: ['http://store:80'] }] }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: store, namespace: depot }
spec:
  selector: { matchLabels: { app: store } }
  template:
    metadata: { labels: { app: store } }
    spec: { containers: [{ name: store, ports: [{ containerPort: 8080 }] }] }
---
apiVersion: v1
kind: Service
metadata: { name: store, namespace: depot }
spec: { selector: { app: store }, ports: [{ port: 80, targetPort: 8080 }] }
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: store, namespace: depot }
spec: { ingressClassName: nginx, defaultBackend: { service: { name: store, port: { number: 80 } } } }
---
apiVersion: v1
kind: Service
metadata: { name: ledger, namespace: depot }
spec: { ports: [{ port: 5432, targetPort: 15432 }] }
---
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: { name: ledger-1, namespace: depot, labels: { kubernetes.io/service-name: ledger } }
addressType: IPv4
endpoints: [{ addresses: [192.0.2.7] }]
ports: [{ port: 15432 }]
`;

/** The file of policies that is offered at the name of the first resource with it. */
function offered(snapshot: Snapshot, name: string) {
  const of = snapshot.file(`${root}/${name}`)?.resources.find(({ pods }) => pods);
  assert.ok(of?.names.name);
  return createPolicies(snapshot, of.uri, of.nameAt.start);
}

void describe('policies from known calls', () => {
  void test('every document says what it is for, and opens one port for one peer', () => {
    const file = offered(open({ 'shop.yaml': shop }), 'shop.yaml');
    assert.equal(file?.uri, `${root}/network-policies.yaml`);
    assert.equal(file.title, 'Create NetworkPolicies from known calls for namespace shop');
    assert.equal(file.text, readFileSync('test/policies/created.yaml', 'utf8'));
  });

  void test('what is known to be needed passes, and the rest does not', () => {
    const before = open({ 'shop.yaml': shop });
    const text = offered(before, 'shop.yaml')?.text ?? '';
    const after = open({ 'shop.yaml': shop, 'network-policies.yaml': text });
    for (const uri of after.uris())
      assert.deepEqual(
        after.findings(uri).filter(({ rule }) => rule.startsWith('policy-') || rule === 'address-blocked'),
        [],
      );
    const named = (name: string, kind: string): Resource => {
      const found = after.file(`${root}/shop.yaml`)?.resources.find((item) => item.name === name && item.kind === kind);
      assert.ok(found);
      return found;
    };
    const [web, db] = [named('web', 'Deployment'), named('db', 'StatefulSet')];
    assert.equal(verdictBetween(after.links, web, db, 'TCP', 15432).allowed, true);
    assert.equal(verdictBetween(after.links, web, db, 'TCP', 5432).allowed, false);
    assert.equal(verdictBetween(after.links, db, web, 'TCP', 8080).allowed, false);
  });

  void test('nothing is offered where policies select the pods already, and the name of the file is free', () => {
    const text = offered(open({ 'shop.yaml': shop }), 'shop.yaml')?.text ?? '';
    assert.equal(offered(open({ 'shop.yaml': shop, 'network-policies.yaml': text }), 'shop.yaml'), undefined);
    const other = open({ 'shop.yaml': shop, 'network-policies.yaml': '# nothing yet\n' });
    assert.match(offered(other, 'shop.yaml')?.uri ?? '', /network-policies(?:-2)?\.yaml$/);
  });

  void test('pods without labels, the network of nodes, listed addresses and controllers are named as policies know them', () => {
    const snapshot = open({ 'depot.yaml': depot });
    const text = offered(snapshot, 'depot.yaml')?.text ?? '';
    assert.doesNotMatch(text, /matchLabels: \{\}/);
    assert.match(text, /podSelector:\n {4}matchLabels:\n {6}batch.kubernetes.io\/job-name: load\n/);
    assert.match(text, /cidr: 192\.0\.2\.7\/32/);
    assert.match(text, /kubernetes.io\/metadata.name: ingress-nginx/);
    assert.match(text, /# Not allowed yet: DaemonSet agent, in the network of their nodes/);
    const after = open({ 'depot.yaml': depot, 'network-policies.yaml': text });
    const blocked = after.findings(`${root}/depot.yaml`).filter(({ rule }) => /blocks|blocked/.test(rule));
    assert.deepEqual(
      blocked.map(({ resource }) => resource?.name),
      ['agent'],
    );
    assert.deepEqual(
      after.findings(`${root}/network-policies.yaml`).filter(({ level }) => level !== 'hint'),
      [],
    );
  });

  void test('policies of every example that has none break nothing', () => {
    for (const folder of readdirSync('examples').filter((name) => name !== 'broken' && !name.includes('.'))) {
      const files = readdirSync(`examples/${folder}`).filter(
        (name) => name.endsWith('.yaml') && name !== 'podpath.yaml',
      );
      const texts = Object.fromEntries(files.map((name) => [name, readFileSync(`examples/${folder}/${name}`, 'utf8')]));
      const before = open(texts);
      for (const name of files) {
        const of = before.file(`${root}/${name}`)?.resources.find(({ pods }) => pods);
        const file = of && createPolicies(before, of.uri, of.nameAt.start);
        if (!file) continue;
        const after = open({ ...texts, 'network-policies.yaml': file.text });
        for (const uri of after.uris())
          assert.deepEqual(
            after
              .findings(uri)
              .filter(({ rule, level }) => /^(?:policy-|address-blocked|invalid-)/.test(rule) && level !== 'hint'),
            [],
            `${folder}/${name}`,
          );
      }
    }
  });
});
