/** `podpath check` on kustomizations: of what it speaks, and in whose name. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { before, describe, test } from 'node:test';
import { bundle, checked, deployment, folderOf, podpath, service } from './podpath';

describe('podpath check of kustomizations', () => {
  before(bundle);

  test('a kustomization is judged as it is built, with the files that it names outside of PATH', () => {
    const built = folderOf({
      'base/kustomization.yaml': 'resources: [svc.yaml, web.yaml]\n',
      'base/svc.yaml': service('web', 'app: wbe'),
      'base/web.yaml': deployment('web', 'app: web'),
      'prod/kustomization.yaml': 'namespace: shop\nresources: [../base]\n',
      'dev/kustomization.yaml': 'resources: [../base]\nlabels: [{ pairs: { app: web }, includeSelectors: true }]\n',
    });
    const found = (...args: string[]) =>
      checked(built.path, ...args).findings.map(({ file, message, bundles }) => ({ file, message, bundles }));
    const message = 'no pod in namespace shop has app=wbe; Deployment web (base/web.yaml:1) has app=web';
    assert.deepEqual(found('prod'), [{ file: 'base/svc.yaml', message, bundles: ['prod'] }]);
    assert.deepEqual(found('.'), [{ file: 'base/svc.yaml', message: `${message} (in prod)`, bundles: ['prod'] }]);
    assert.deepEqual(found('--bundle', 'dev'), []);
    for (const folder of ['base', 'nowhere'])
      assert.match(
        podpath(built.path, ['check', '--bundle', folder]).messages,
        new RegExp(`^podpath: --bundle ${folder}: nothing is applied from there; there is dev, prod `),
      );
    assert.deepEqual(found('--bundle', 'prod/kustomization.yaml'), found('--bundle', 'prod'));
    const twice = podpath(built.path, ['check', '--bundle', 'dev', '--bundle', 'prod']);
    assert.deepEqual(
      [twice.messages, twice.code],
      ['podpath: --bundle is given twice, and check takes one (podpath check --help)\n', 2],
    );
    built.remove();
  });

  test('what a file decides alone holds in all that is built from it', () => {
    const old = 'apiVersion: policy/v1beta1\nkind: PodDisruptionBudget\nmetadata: { name: web }\nspec: {}\n';
    const built = folderOf({
      'base/kustomization.yaml': 'resources: [old.yaml]\n',
      'base/old.yaml': old,
      'prod/kustomization.yaml': 'resources: [../base]\n',
      'other/old.yaml': old,
    });
    const files = (...args: string[]) =>
      checked(built.path, ...args)
        .findings.filter(({ rule }) => rule === 'removed-api')
        .map(({ file }) => file);
    assert.deepEqual(files(), ['base/old.yaml', 'other/old.yaml']);
    assert.deepEqual(files('prod'), ['base/old.yaml']);
    assert.deepEqual(files('--bundle', 'prod'), ['base/old.yaml']);
    assert.deepEqual(files('--bundle', 'other'), ['other/old.yaml']);
    built.remove();
  });

  test('a file of a base is checked in what is built from it', () => {
    const built = folderOf({
      'base/kustomization.yaml': 'resources: [web.yaml]\n',
      'base/web.yaml': deployment('web', 'app: web'),
      'prod/kustomization.yaml': 'resources: [../base]\n',
    });
    assert.equal(
      podpath(built.path, ['check', 'base/web.yaml']).out,
      'All clear: 1 resource in 1 file, nothing to report.\n',
    );
    built.remove();
  });

  test('files that generators take may hold anything', () => {
    const built = folderOf({
      'kustomization.yaml': 'configMapGenerator: [{ name: logo, files: [logo.bin] }]\nresources: [web.yaml]\n',
      'logo.bin': new Uint8Array([97, 0, 98]),
      'web.yaml': deployment('web', 'app: web'),
    });
    assert.deepEqual(checked(built.path).findings, []);
    built.remove();
  });

  test('messages speak of the bundle that is asked for', () => {
    const built = folderOf({
      'base/kustomization.yaml': 'resources: [svc.yaml, web.yaml]\n',
      'base/svc.yaml': service('web', 'app: wbe'),
      'base/web.yaml': deployment('web', 'app: web'),
      'dev/kustomization.yaml': 'namespace: dev\nnamePrefix: dev-\nresources: [../base]\n',
      'prod/kustomization.yaml': 'namespace: prod\nnamePrefix: prod-\nresources: [../base]\n',
    });
    const found = (...args: string[]) =>
      checked(built.path, ...args).findings.map(({ message, resource, bundles }) => [message, resource?.name, bundles]);
    const message = (name: string) =>
      `no pod in namespace ${name} has app=wbe; Deployment ${name}-web (base/web.yaml:1) has app=web`;
    const both =
      'no pod in namespace dev or prod has app=wbe; Deployment dev-web or prod-web (base/web.yaml:1) has app=web';
    assert.deepEqual(found(), [[both, 'dev-web', ['dev', 'prod']]]);
    assert.deepEqual(found('--bundle', 'prod'), [[message('prod'), 'prod-web', ['dev', 'prod']]]);
    const known = join(built.path, 'known.json');
    assert.equal(podpath(built.path, ['check', '--write-baseline', known]).code, 0);
    assert.deepEqual(checked(built.path, '--baseline', known, '--bundle', 'prod').findings, []);
    built.remove();
  });

  test('one folder that is applied twice is two bundles, each with a name', () => {
    const flux = (name: string, app: string) => `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: web }
spec: { path: ./web, targetNamespace: ${name}, postBuild: { substitute: { APP: ${app} } } }
`;
    const built = folderOf({
      'clusters/dev.yaml': flux('dev', 'web'),
      'clusters/prod.yaml': flux('prod', 'wbe'),
      'web/kustomization.yaml': 'resources: [svc.yaml, web.yaml]\n',
      'web/svc.yaml': service('web', 'app: ${APP}'),
      'web/web.yaml': deployment('web', 'app: web'),
    });
    const [dev, prod] = ['dev', 'prod'].map((name) => `web (Kustomization web in clusters/${name}.yaml)`);
    const found = (...args: string[]) =>
      checked(built.path, ...args).findings.map(({ message, bundles }) => ({ message, bundles }));
    const message =
      'no pod in namespace prod has app=wbe; Deployment web (web/web.yaml:1) has app=web (in Kustomization web in clusters/prod.yaml)';
    assert.deepEqual(found(), [{ message, bundles: [prod] }]);
    assert.deepEqual(found('--bundle', prod ?? ''), [{ message, bundles: [prod] }]);
    assert.deepEqual(found('--bundle', dev ?? ''), []);
    assert.deepEqual(found('--bundle', 'web').length, 1);
    const { out } = podpath(built.path, ['endpoints', '--format', 'json']);
    assert.deepEqual(
      (JSON.parse(out) as { services: { bundle: string; state: string }[] }).services.map((item) => [
        item.bundle,
        item.state,
      ]),
      [
        [dev, 'resolved'],
        [prod, 'no-match'],
      ],
    );
    built.remove();
  });
});
