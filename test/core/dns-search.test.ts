/** Search lists of pods. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { candidates, createWorkspace, resolverOf } from '../../server/src/core/index';

function resolver(spec: string) {
  const workspace = createWorkspace((_, __, error) => {
    throw error;
  });
  workspace.set(
    'file:///w/a.yaml',
    `apiVersion: v1\nkind: Pod\nmetadata: { name: a }\nspec: { ${spec}containers: [] }\n`,
  );
  const [pod] = workspace.snapshot().file('file:///w/a.yaml')?.resources ?? [];
  return resolverOf(pod?.pods, 'shop', 'cluster.local');
}

const cluster = ['shop.svc.cluster.local', 'svc.cluster.local', 'cluster.local'];

void test('the DNS policies of pods', () => {
  assert.deepEqual(resolver(''), { server: 'cluster', searches: cluster, ndots: 5 });
  assert.deepEqual(resolver('dnsPolicy: ClusterFirst, '), { server: 'cluster', searches: cluster, ndots: 5 });
  assert.deepEqual(resolver('hostNetwork: true, '), { server: 'node', searches: [], ndots: 1 });
  assert.deepEqual(resolver('hostNetwork: true, dnsPolicy: ClusterFirst, '), {
    server: 'node',
    searches: [],
    ndots: 1,
  });
  assert.deepEqual(resolver('hostNetwork: true, dnsPolicy: ClusterFirstWithHostNet, '), {
    server: 'cluster',
    searches: cluster,
    ndots: 5,
  });
  assert.deepEqual(resolver('dnsPolicy: Default, '), { server: 'node', searches: [], ndots: 1 });
  assert.deepEqual(resolver('dnsPolicy: None, dnsConfig: { nameservers: [10.0.0.2], searches: [corp.example.] }, '), {
    server: 'cluster',
    searches: ['corp.example'],
    ndots: 1,
  });
  assert.deepEqual(
    resolver('dnsConfig: { searches: [corp.example, svc.cluster.local], options: [{ name: ndots, value: "2" }] }, '),
    { server: 'cluster', searches: [...cluster, 'corp.example'], ndots: 2 },
  );
});

void test('names with fewer dots than ndots go through the search list first', () => {
  const short = { server: 'cluster', searches: ['a.example', 'example'], ndots: 2 } as const;
  assert.deepEqual(candidates('web', short), ['web.a.example.', 'web.example.', 'web.']);
  assert.deepEqual(candidates('web.shop', short), ['web.shop.a.example.', 'web.shop.example.', 'web.shop.']);
  assert.deepEqual(candidates('web.shop.svc', short), [
    'web.shop.svc.',
    'web.shop.svc.a.example.',
    'web.shop.svc.example.',
  ]);
  assert.deepEqual(candidates('web.', short), ['web.']);
});
