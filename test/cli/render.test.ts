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
  'chart/Chart.yaml': 'apiVersion: v2\nname: web\nversion: 1.0.0\n',
  'once/kustomization.yaml': 'resources: [../base]\n',
  'twice/kustomization.yaml': 'resources: [../base]\n',
  'flux.yaml': `${flux('once', './once', 'once')}---
${flux('dev', './twice', 'dev')}---
${flux('prod', './twice', 'prod')}---
${flux('manifests', './plain', 'plain', 'substituteFrom: [{ kind: Secret, name: here-not }]')}`,
};

function flux(name: string, path: string, namespace: string, postBuild = 'substitute: { A: b }'): string {
  return `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: ${name}, namespace: flux-system }
spec: { path: ${path}, targetNamespace: ${namespace}, postBuild: { ${postBuild} } }
`;
}

const namespaces = (out: string) => [...new Set(out.match(/^ {2}namespace: .*/gm))];

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

  test('nothing is chosen among what is left out', () => {
    const { messages, code } = podpath(folder.path, ['render', 'once', '--alone', '--bundle', 'nope']);
    assert.equal(
      messages,
      'podpath: --alone leaves out what deployments add, so there is none for --bundle to choose (podpath render --help)\n',
    );
    assert.equal(code, 2);
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

  test('what one deployment adds is there, unless it is asked to stay away', () => {
    const { out, messages, code } = podpath(folder.path, ['render', 'once']);
    assert.deepEqual([namespaces(out), code], [['  namespace: once'], 0]);
    assert.equal(messages, 'podpath: with what Kustomization once adds (flux.yaml); --alone leaves that out\n');
    assert.deepEqual(podpath(folder.path, ['render', 'once', '--alone']), {
      code: 0,
      messages: '',
      out: podpath(folder.path, ['render', 'base']).out,
    });
  });

  test('of several deployments one is chosen', () => {
    const { out, messages } = podpath(folder.path, ['render', 'twice']);
    assert.deepEqual(namespaces(out), []);
    assert.match(
      messages,
      /several deployments apply twice.*--bundle chooses twice \(Kustomization dev\), twice \(Kustomization prod\)/,
    );
    const chosen = podpath(folder.path, ['render', 'twice', '--bundle', 'twice (Kustomization prod)', '--quiet']);
    assert.deepEqual([namespaces(chosen.out), chosen.messages], [['  namespace: prod'], '']);
    const { code, messages: why } = podpath(folder.path, ['render', 'twice', '--bundle', 'nothing']);
    assert.equal(code, 2);
    assert.match(why, /--bundle nothing: there is twice \(Kustomization dev\)/);
  });

  test('a folder of plain manifests has what its deployment makes of it', () => {
    const { out, messages } = podpath(folder.path, ['render', 'plain']);
    assert.deepEqual(namespaces(out), ['  namespace: plain']);
    assert.match(messages, /not all objects with its variables are here \(Secret here-not\), so \$\{\.\.\.\} may stay/);
  });

  test('wrong usage is told', () => {
    const said = (...args: string[]) => {
      const { code, messages } = podpath(folder.path, ['render', ...args]);
      assert.equal(code, 2);
      return messages;
    };
    assert.match(said('nowhere'), /nowhere does not exist/);
    assert.match(said('plain', '--alone'), /plain holds no kustomization \(kustomization\.yaml/);
    assert.match(said('base', 'prod'), /render takes one folder/);
    assert.match(said('.', '--alone'), /\. holds no kustomization .*; there is \.\/base, \.\/broken, \.\/once, \.\.\./);
    assert.match(said('chart'), /chart is a Helm chart/);
  });
});
