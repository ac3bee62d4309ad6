/** However many blocks a policy has, what depends on the address of a pod stays open. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createWorkspace, readSource, readTarget, sceneOf, trace } from '../../server/src/core/index';

/** Two pods, and a policy about one of them that lets in from as many blocks of private addresses. */
function verdict(blocks: number, more = ''): string {
  const pod = (name: string) =>
    `apiVersion: v1\nkind: Pod\nmetadata: { name: ${name}, namespace: shop, labels: { app: ${name} } }\nspec: { containers: [{ name: main, ports: [{ containerPort: 8080 }] }] }\n`;
  const peers = Array.from(
    { length: blocks },
    (_, at) => `{ ipBlock: { cidr: 10.${Math.floor(at / 128)}.${(at % 128) * 2}.0/24 } }`,
  );
  const policy = `apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: { name: db, namespace: shop }\nspec: { podSelector: { matchLabels: { app: db } }, ingress: [{ from: [${[...peers, more].join()}] }] }\n`;
  const workspace = createWorkspace((rule, _, error) => {
    throw new Error(`${rule} threw`, { cause: error });
  });
  workspace.setRoots(['file:///w']);
  workspace.set('file:///w/a.yaml', [pod('web'), pod('db'), policy].join('---\n'));
  const { links, ...snapshot } = workspace.snapshot();
  const resources = snapshot.file('file:///w/a.yaml')?.resources ?? [];
  const scene = sceneOf({ resources, links, namespace: 'shop', domain: 'cluster.local' });
  const [from, to] = [readSource(scene, 'shop/web'), readTarget(scene, 'shop/db:8080')];
  assert.ok(typeof from !== 'string' && typeof to !== 'string');
  return trace(scene, from, to).verdict;
}

for (const count of [20, 150, 1000])
  test(`${count} blocks that may hold the pod`, () => {
    assert.equal(verdict(count), 'unresolved');
    assert.equal(verdict(count, '{ podSelector: { matchLabels: { app: web } } }'), 'allowed');
  });
