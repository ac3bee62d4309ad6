/** podpath.yaml, `--config` and what PATH chooses, as processes. */
import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, describe, test } from 'node:test';
import type { Report } from '../../server/src/cli/report';
import { bundle, deployment, folderOf, podpath, service } from './podpath';

const rules = (cwd: string, ...args: string[]): string[] =>
  (JSON.parse(podpath(cwd, ['check', '--format', 'json', ...args]).out) as Report).findings.map(
    ({ rule, severity, file }) => `${file} ${severity} ${rule}`,
  );

const missing = 'service-selector-matches-nothing';

describe('configuration', () => {
  before(() => bundle());

  test('each file has the nearest podpath.yaml, also above PATH and above the current folder', () => {
    const folder = folderOf({
      'podpath.yaml': `rules: { ${missing}: hint }\n`,
      'a/svc.yaml': service('web', 'app: web'),
      'b/podpath.yaml': `closedWorld: always\n`,
      'b/svc.yaml': service('web', 'app: web'),
    });
    const expected = [`a/svc.yaml hint ${missing}`, `b/svc.yaml warning ${missing}`];
    assert.deepEqual(rules(folder.path), expected);
    assert.deepEqual(rules(folder.path, 'a', 'b/svc.yaml'), expected);
    assert.deepEqual(rules(join(folder.path, 'a')), [`svc.yaml hint ${missing}`]);
    assert.deepEqual(rules(join(folder.path, 'b'), '../a/svc.yaml'), [`../a/svc.yaml hint ${missing}`]);
    folder.remove();
  });

  test('podpath.yaml of another repository does not reach into this one', () => {
    const folder = folderOf({
      'podpath.yaml': `rules: { ${missing}: off }\n`,
      'repo/svc.yaml': service('web', 'app: web'),
    });
    mkdirSync(join(folder.path, 'repo/.git'));
    assert.deepEqual(rules(join(folder.path, 'repo')), [`svc.yaml information ${missing}`]);
    folder.remove();
  });

  test('--config takes the place of every podpath.yaml', () => {
    const folder = folderOf({
      'strict.yaml': `closedWorld: always\nexclude: [b]\n`,
      'podpath.yaml': `rules: { ${missing}: off }\n`,
      'a/svc.yaml': service('web', 'app: web'),
      'b/svc.yaml': service('web', 'app: web'),
    });
    assert.deepEqual(rules(folder.path), []);
    assert.deepEqual(rules(folder.path, '--config', 'strict.yaml'), [`a/svc.yaml warning ${missing}`]);
    assert.deepEqual(rules(folder.path, '--config', 'strict.yaml', '--severity', `${missing}=hint`), [
      `a/svc.yaml hint ${missing}`,
    ]);
    folder.remove();
  });

  test('what is wrong in podpath.yaml is a finding in PATH, and wrong usage above it', () => {
    const folder = folderOf({
      'podpath.yaml': 'rules:\n  invalid-nmae: off\n',
      'a/svc.yaml': service('Web', 'app: web'),
    });
    assert.equal(rules(folder.path).at(-1), 'podpath.yaml error invalid-config');
    const above = podpath(folder.path, ['check', 'a']);
    assert.equal(above.code, 2);
    assert.match(above.messages, /podpath\.yaml:2: there is no rule invalid-nmae; the nearest is invalid-name/);
    assert.equal(podpath(folder.path, ['check', '--config', 'podpath.yaml']).code, 2);
    folder.remove();
  });

  test('globs: what is excluded is not seen, what is ignored is not told', () => {
    const folder = folderOf({
      'podpath.yaml': `exclude: [vendor]\nignore:\n  'legacy/**': [invalid-name]\n`,
      'vendor/web.yaml': deployment('web', 'app: web'),
      'svc.yaml': service('web', 'app: web'),
      'legacy/svc.yaml': service('Old', 'app: web'),
    });
    assert.deepEqual(rules(folder.path), [`legacy/svc.yaml information ${missing}`, `svc.yaml information ${missing}`]);
    folder.remove();
  });

  test('settings reach the other commands', () => {
    const folder = folderOf({
      'podpath.yaml': 'namespace: shop\nclusterDomain: corp.example\n',
      'svc.yaml': service('web', 'app: web'),
    });
    const { out } = podpath(folder.path, ['endpoints', '--format', 'json']);
    assert.match(out, /web\.shop\.svc\.corp\.example/);
    folder.remove();
  });

  test('comments and annotations switch findings off, those of other linters too', () => {
    const folder = folderOf({
      'comment.yaml': service('web', `app: web # podpath-ignore ${missing} it comes from elsewhere`),
      'annotation.yaml': service('web', 'app: api', `, annotations: { podpath.io/ignore: ${missing} }`),
      'kube-linter.yaml': service(
        'web',
        'app: db',
        ', annotations: { ignore-check.kube-linter.io/dangling-service: why }',
      ),
      'kube-score.yaml': service(
        'web',
        'app: mq',
        ', annotations: { kube-score/ignore: "service-type,service-targets-pod" }',
      ),
      'all.yaml': service('web', 'app: q', ', annotations: { kube-linter.io/ignore-all: why }'),
      'other.yaml': service('web', 'app: x', ', annotations: { kube-score/ignore: service-type }'),
    });
    assert.deepEqual(rules(folder.path), [`other.yaml information ${missing}`]);
    folder.remove();
  });

  test('a run on changed files calls no neighbour missing', () => {
    const folder = folderOf({
      'k8s/svc.yaml': service('web', 'app: web'),
      'k8s/web.yaml': deployment('web', 'app: web'),
      'odd/other.yaml': service('Odd', 'app: odd'),
      'generated/x.yaml': service('X', 'app: web'),
      '.gitignore': 'generated\n',
    });
    assert.deepEqual(rules(folder.path, 'k8s/svc.yaml'), []);
    assert.deepEqual(
      rules(folder.path, 'k8s/svc.yaml', 'odd').map((line) => line.split(' ')[0]),
      ['odd/other.yaml', 'odd/other.yaml'],
    );
    assert.deepEqual(
      rules(folder.path, 'generated').map((line) => line.split(' ')[0]),
      ['generated/x.yaml', 'generated/x.yaml'],
    );
    assert.deepEqual(rules(folder.path, 'generated/x.yaml'), ['generated/x.yaml error invalid-name']);
    folder.remove();
  });

  test('a kustomization: what its files ignore, what a baseline knows, what is fixed', () => {
    const folder = folderOf({
      'base/kustomization.yaml': 'resources: [svc.yaml, web.yaml]\n',
      'base/svc.yaml': service('web', 'app: wbe'),
      'base/web.yaml': deployment('web', 'app: web'),
      'prod/kustomization.yaml': 'resources: [../base]\nnamespace: shop\n',
    });
    const found = [`base/svc.yaml warning ${missing}`];
    assert.deepEqual(rules(folder.path, 'prod'), found);
    podpath(folder.path, ['check', 'prod', '--write-baseline', 'known.json']);
    assert.deepEqual(rules(folder.path, 'prod', '--baseline', 'known.json'), []);
    assert.equal(podpath(folder.path, ['check', 'prod', '--fix']).code, 0);
    assert.deepEqual(rules(folder.path, 'prod'), []);
    writeFileSync(join(folder.path, 'base/svc.yaml'), service('web', `app: wbe # podpath-ignore ${missing}`));
    assert.deepEqual(rules(folder.path), []);
    writeFileSync(join(folder.path, 'base/svc.yaml'), service('web', `app: web # podpath-ignore ${missing}`));
    assert.deepEqual(rules(folder.path), ['base/svc.yaml hint unused-ignore']);
    folder.remove();
  });
});
