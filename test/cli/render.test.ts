/** `podpath render` as a process. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { plain, plainDocuments } from '../kustomize/build';
import { buildFolder } from '../kustomize/build';
import { bundle, deployment, folderOf, podpath, service } from './podpath';

const files = {
  'base/kustomization.yaml': 'resources: [web.yaml, svc.yaml]\n',
  'base/web.yaml': deployment('web', 'app: web'),
  'base/svc.yaml': `# A comment\n---\n${service('web', 'app: web')}`,
  'prod/kustomization.yaml': `resources: [../base]
namespace: prod
configMapGenerator:
  - name: conf
    literals: ["a=on", "text=two\\nlines\\n", "b=0777"]
`,
  'remote/kustomization.yaml': 'resources: [../base, "https://example.com/more.yaml"]\n',
  'broken/kustomization.yaml': 'resources: [../base, nope.yaml]\n',
  'plain/web.yaml': deployment('web', 'app: web'),
};

describe('podpath render', () => {
  let folder: ReturnType<typeof folderOf>;
  before(async () => {
    await bundle();
    folder = folderOf(files);
  });
  after(() => folder.remove());

  test('prints YAML that reads back as what was built, in the order of kubectl', () => {
    const { out, messages, code } = podpath(folder.path, ['render', 'prod']);
    assert.deepEqual([messages, code], ['', 0]);
    assert.deepEqual(
      plainDocuments(out),
      buildFolder(`${folder.path}/prod`).resources.map(({ tree }) => plain(tree)),
    );
    assert.deepEqual(out.match(/^kind: .*/gm), ['kind: ConfigMap', 'kind: Service', 'kind: Deployment']);
    assert.match(out, /^ {2}a: "on"\n {2}b: "0777"\n {2}text: \|\n {4}two\n {4}lines\n/m);
  });

  test('JSON says where each object comes from', () => {
    const { out, code } = podpath(folder.path, ['render', 'prod', '--format', 'json']);
    assert.equal(code, 0);
    const { version, resources, incomplete } = JSON.parse(out) as {
      version: number;
      resources: { file: string; line: number; kind: string; metadata: { namespace: string } }[];
      incomplete: unknown[];
    };
    assert.deepEqual([version, incomplete], [1, []]);
    assert.deepEqual(
      resources.map(({ file, line, kind, metadata }) => [file, line, kind, metadata.namespace]),
      [
        ['prod/kustomization.yaml', 4, 'ConfigMap', 'prod'],
        ['base/svc.yaml', 3, 'Service', 'prod'],
        ['base/web.yaml', 1, 'Deployment', 'prod'],
      ],
    );
  });

  test('the kustomization file names its folder', () => {
    assert.equal(
      podpath(folder.path, ['render', 'prod/kustomization.yaml']).out,
      podpath(folder.path, ['render', 'prod']).out,
    );
  });

  test('what is fetched from elsewhere is said, once', () => {
    const { out, messages, code } = podpath(folder.path, ['render', 'remote']);
    assert.equal(code, 0);
    assert.equal(plainDocuments(out).length, 2);
    assert.equal(
      messages,
      'podpath: remote/kustomization.yaml:1: https://example.com/more.yaml is fetched from elsewhere; what it adds or changes is missing\n',
    );
    assert.equal(podpath(folder.path, ['render', 'remote', '--quiet']).messages, '');
  });

  test('a kustomization that does not build says why and prints nothing', () => {
    assert.deepEqual(podpath(folder.path, ['render', 'broken']), {
      code: 1,
      out: '',
      messages: 'podpath: broken/kustomization.yaml:1: there is no file and no kustomization nope.yaml\n',
    });
  });

  test('wrong usage is told', () => {
    const said = (...args: string[]) => {
      const { code, messages } = podpath(folder.path, ['render', ...args]);
      assert.equal(code, 2);
      return messages;
    };
    assert.match(said('nowhere'), /nowhere does not exist/);
    assert.match(said('plain'), /plain holds no kustomization \(kustomization\.yaml/);
    assert.match(said('base', 'prod'), /render takes one folder/);
  });
});
