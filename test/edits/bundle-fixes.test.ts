/** Fixes where several bundles share the lines that they change. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createWorkspace, fixAll, fixRule } from '../../server/src/core/index';

const root = 'file:///w';

function open(files: Readonly<Record<string, string>>) {
  const workspace = createWorkspace((rule, file, error) => {
    throw new Error(`${rule} threw on ${file}`, { cause: error });
  });
  workspace.setRoots([root]);
  for (const [path, text] of Object.entries(files)) workspace.set(`${root}/${path}`, text);
  return workspace.snapshot();
}

const workload = `apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec: { containers: [{ name: web, image: web, ports: [{ name: http, containerPort: 8080 }] }] }
`;
const service = (port: string) => `apiVersion: v1
kind: Service
metadata: { name: web }
spec:
  selector: { app: web }
  ports: [{ port: 80, targetPort: ${port} }]
`;
const otherPort = `resources: [../base]
patches:
  - patch: |-
      apiVersion: apps/v1
      kind: Deployment
      metadata: { name: web }
      spec: { template: { spec: { containers: [{ name: web, ports: [{ name: htttp, containerPort: 8081 }] }] } } }
`;

const uris = (files: Readonly<Record<string, string>>) => Object.keys(files).map((path) => `${root}/${path}`);

test('a fix in a base is applied without asking only where all that build on it ask for it', () => {
  const files = {
    'base/kustomization.yaml': 'resources: [web.yaml, svc.yaml]\n',
    'base/web.yaml': workload,
    'base/svc.yaml': service('htttp'),
    'prod/kustomization.yaml': 'resources: [../base]\n',
  };
  const agreed = open(files);
  assert.equal(fixAll(agreed, uris(files)).fixed.length, 1);
  const split = { ...files, 'dev/kustomization.yaml': otherPort };
  const snapshot = open(split);
  assert.deepEqual(
    snapshot.findings(`${root}/base/svc.yaml`).map(({ rule, bundles }) => [rule, bundles]),
    [['service-port-unresolved', [`${root}/prod`]]],
  );
  assert.deepEqual(fixAll(snapshot, uris(split)).fixed, []);
  assert.deepEqual(fixRule(snapshot, uris(split), 'service-port-unresolved').fixed, []);
});

test('what other overlays use as it is, is not replaced for one of them', () => {
  const files = {
    'base/kustomization.yaml':
      "resources: [web.yaml, svc.yaml]\nconfigMapGenerator: [{ name: web, literals: ['API=http://backend:80/'] }]\n",
    'base/web.yaml': workload.replace('image: web', 'image: web, envFrom: [{ configMapRef: { name: web } }]'),
    'base/svc.yaml': service('http').replace('name: web', 'name: backend'),
    'dev/kustomization.yaml': 'resources: [../base]\nnamePrefix: dev-\n',
    'prod/kustomization.yaml': 'resources: [../base]\n',
  };
  const uri = `${root}/base/kustomization.yaml`;
  const unresolved = (snapshot: ReturnType<typeof open>) =>
    snapshot.findings(uri).filter(({ rule }) => rule === 'address-unresolved');
  const [finding] = unresolved(open(files));
  assert.deepEqual([finding?.bundles, finding?.fixes], [[`${root}/dev`], []]);
  const [certain] = unresolved(
    open({ ...files, 'prod/kustomization.yaml': 'resources: [../base]\nnamePrefix: dev-\n' }),
  );
  assert.equal(certain?.fixes.length, 1);
});

test('a finding of one overlay does not change what others share with it', () => {
  const files = {
    'base/kustomization.yaml': 'resources: [svc.yaml]\n',
    'base/svc.yaml': service('http'),
    'dev/kustomization.yaml': 'resources: [../base, web.yaml]\n',
    'dev/web.yaml': workload,
    'prod/kustomization.yaml': 'resources: [../base, web.yaml]\n',
    'prod/web.yaml': workload.replace('name: http', 'name: htttp'),
  };
  const snapshot = open(files);
  const [finding] = snapshot.findings(`${root}/base/svc.yaml`);
  assert.deepEqual(finding?.bundles, [`${root}/prod`]);
  const touched = finding.fixes.flatMap(({ edits }) => edits.map(({ at }) => at.uri));
  assert.deepEqual(touched, [`${root}/prod/web.yaml`]);
});

test('what bundles mend in different ways is left to a person', () => {
  const files = {
    'base/kustomization.yaml': 'resources: [svc.yaml]\n',
    'base/svc.yaml': service('htttps'),
    'dev/kustomization.yaml': 'resources: [../base, web.yaml]\n',
    'dev/web.yaml': workload.replace('name: http,', 'name: httpss,'),
    'prod/kustomization.yaml': 'resources: [../base, web.yaml]\n',
    'prod/web.yaml': workload.replace('name: http,', 'name: https,'),
  };
  const [finding] = open(files).findings(`${root}/base/svc.yaml`);
  assert.deepEqual(finding?.bundles, [`${root}/dev`, `${root}/prod`]);
  assert.deepEqual(finding.fixes, []);
});

test('addresses in files of generators are found at their words', () => {
  const files = {
    'kustomization.yaml': 'resources: [web.yaml, svc.yaml]\nconfigMapGenerator: [{ name: web, files: [web.conf] }]\n',
    'web.yaml': workload.replace('image: web', 'image: web, envFrom: [{ configMapRef: { name: web } }]'),
    'svc.yaml': service('http').replace('name: web', 'name: backend'),
    'web.conf': '# where to\nurl = http://backend:80/\nother = http://backedn:80/\n',
  };
  const [finding] = open(files).findings(`${root}/web.conf`);
  assert.equal(finding && files['web.conf'].slice(finding.at.start, finding.at.end), 'backedn');
  assert.deepEqual(
    finding?.fixes.map(({ edits }) => edits.map(({ newText }) => newText)),
    [['backend']],
  );
});
