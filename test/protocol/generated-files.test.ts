/** Files that kustomizations read, whatever their names. */
import { test } from 'node:test';
import { converse, uri } from './conversation';

const manifests = `apiVersion: v1
kind: Service
metadata: { name: backend }
spec: { selector: { app: backend }, ports: [{ port: 80 }] }
---
apiVersion: v1
kind: Pod
metadata: { name: backend, labels: { app: backend } }
spec: { containers: [{ name: main, image: main, envFrom: [{ configMapRef: { name: web } }] }] }
`;

test('an environment file is followed on disk: changed, deleted, made, moved with its folder', async () => {
  const right = 'URL=http://backend:80\n';
  const wrong = '# a slip\nURL=http://backedn:80\n';
  const slip = ['base/web.env:2 address-unresolved'];
  const lost = ['base/kustomization.yaml:2 kustomization-build'];
  const base = {
    'base/kustomization.yaml': 'resources: [all.yaml]\nconfigMapGenerator: [{ name: web, envs: [web.env] }]\n',
    'base/all.yaml': manifests,
  };
  const files = new Map(
    Object.entries({ ...base, 'base/web.env': right, 'prod/kustomization.yaml': 'resources: [../base]\n' }),
  );
  const talk = await converse({ files });
  const shows = (wanted: readonly string[]) =>
    talk.until(() => talk.isLoaded() && JSON.stringify(talk.problems()) === JSON.stringify(wanted));
  await shows([]);
  talk.write({ 'base/web.env': wrong });
  await shows(slip);
  talk.write({ 'base/web.env': undefined });
  await shows(lost);
  talk.write({ 'base/web.env': wrong });
  await shows(slip);
  talk.write({ base: undefined });
  await shows(['prod/kustomization.yaml:1 kustomization-build']);
  for (const [path, text] of Object.entries({ ...base, 'base/web.env': wrong })) files.set(path, text);
  // Of a folder that is moved here only its own name is told.
  await talk.client.sendNotification('workspace/didChangeWatchedFiles', { changes: [{ uri: uri('base'), type: 1 }] });
  await shows(slip);
  await talk.end();
});
