/** The fix that tells kustomize of a field: afterwards the name follows, in every overlay. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applyEdits, createWorkspace } from '../../server/src/core/index';

const root = 'file:///w';
const rule = 'route-backend-unresolved';
const route = (kind: string) => `apiVersion: v1
kind: Service
metadata: { name: web }
spec: { ports: [{ port: 80 }] }
---
apiVersion: gateway.networking.k8s.io/v1
kind: ${kind}
metadata: { name: web }
spec: { rules: [{ backendRefs: [{ name: web, port: 80 }] }] }
`;

function mended(files: Readonly<Record<string, string>>) {
  const workspace = createWorkspace((name, uri, error) => {
    throw new Error(`${name} threw on ${uri}`, { cause: error });
  });
  workspace.setRoots([root]);
  for (const [path, text] of Object.entries(files)) workspace.set(`${root}/${path}`, text);
  const found = () =>
    workspace
      .snapshot()
      .findings(`${root}/base/web.yaml`)
      .filter((finding) => finding.rule === rule);
  const [finding] = found();
  const [fix] = finding?.fixes ?? [];
  assert.ok(fix);
  const { file } = workspace.snapshot();
  const changed = [...new Set(fix.edits.map(({ at }) => at.uri))].map(
    (uri) =>
      [
        uri,
        applyEdits(
          file(uri)?.text ?? '',
          fix.edits.filter(({ at }) => at.uri === uri),
        ),
      ] as const,
  );
  for (const [uri, text] of changed) workspace.set(uri, text);
  return { left: found(), changed: changed.map(([uri]) => uri.slice(root.length + 1)) };
}

const overlays = {
  'dev/kustomization.yaml': 'nameSuffix: -dev\nresources: [../base]\n',
  'prod/kustomization.yaml': 'namePrefix: prod-\nresources: [../base]\n',
};

for (const kind of ['HTTPRoute', 'GRPCRoute', 'TLSRoute'])
  test(`a backend of a ${kind} follows with a new file`, () => {
    const { left, changed } = mended({
      ...overlays,
      'base/kustomization.yaml': 'resources:\n  - web.yaml\n',
      'base/web.yaml': route(kind),
    });
    assert.deepEqual([left, changed], [[], ['base/kustomization.yaml', 'base/kustomizeconfig.yaml']]);
  });

test('a file of configurations that is there gets the field', () => {
  const { left, changed } = mended({
    ...overlays,
    'base/kustomization.yaml': 'resources: [web.yaml]\nconfigurations: [names.yaml]\n',
    'base/names.yaml': 'nameReference: [{ kind: Service, fieldSpecs: [{ kind: Mine, path: spec/service }] }]\n',
    'base/web.yaml': route('HTTPRoute'),
  });
  assert.deepEqual([left, changed], [[], ['base/names.yaml']]);
});
