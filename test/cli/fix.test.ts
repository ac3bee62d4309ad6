/** `podpath check --fix` and `--fix-dry-run` as processes. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, describe, test } from 'node:test';
import { unifiedDiff } from '../../server/src/cli/diff';
import { bundle, deployment, folderOf, podpath, service } from './podpath';

/** Runs `check` and reads the files again. */
function run(files: Readonly<Record<string, string | Uint8Array>>, ...args: string[]) {
  const folder = folderOf(files);
  const outcome = podpath(folder.path, ['check', ...args]);
  const texts = Object.fromEntries(
    Object.keys(files).map((name) => [name, readFileSync(join(folder.path, name), 'utf8')]),
  );
  const again = podpath(folder.path, ['check', '--fix', '--quiet']);
  const second = Object.fromEntries(
    Object.keys(files).map((name) => [name, readFileSync(join(folder.path, name), 'utf8')]),
  );
  folder.remove();
  return { ...outcome, texts, again, second };
}

const web = deployment('web', 'app: web');

describe('podpath check --fix', () => {
  before(() => bundle());

  test('mends what has one meaning, says so, and reports what is left', () => {
    const { code, out, messages, texts } = run(
      { 'svc.yaml': service('web', 'app: wbe # the app'), 'web.yaml': web },
      '--fix',
    );
    assert.deepEqual([code, messages], [0, 'podpath: svc.yaml: 1 finding fixed\n']);
    assert.equal(out, 'All clear: 2 resources in 2 files, nothing to report.\n');
    assert.equal(texts['svc.yaml'], service('web', 'app: web # the app'));
    assert.equal(texts['web.yaml'], web);
  });

  test('keeps comments, quotes, flow style, indentation, line ends and the byte order mark', () => {
    const text = `\ufeff# a service\r
apiVersion: "networking.k8s.io/v1beta1"\r
kind: Ingress\r
metadata: { name: web, labels: { tier: on,   'app': "x" } } # labels\r
spec:\r
    rules:\r
    -   host: 'example.com'\r
        http: { paths: [ { path: /, backend: { serviceName: web, servicePort: 80 } } ] }\r
    # the end`;
    const { texts, messages } = run(
      { 'a.yaml': text, 'svc.yaml': service('web', 'app: web'), 'web.yaml': web },
      '--fix',
    );
    assert.equal(messages, 'podpath: a.yaml: 2 findings fixed\n');
    assert.equal(
      texts['a.yaml'],
      text
        .replace('networking.k8s.io/v1beta1', 'networking.k8s.io/v1')
        .replace('tier: on,', 'tier: "on",')
        .replace('{ serviceName: web, servicePort: 80 }', '{ service: { name: web, port: { number: 80 } } }')
        .replace('path: /,', 'path: /, pathType: ImplementationSpecific,')
        .replace('{ path: /, pathType', '{ path: /, pathType'),
    );
  });

  test('a second run changes nothing', () => {
    const files = {
      'a.yaml': `${service('web', 'app: wbe')}${web}`.replace('apiVersion: apps/v1', 'apiVersion: extensions/v1beta1'),
      'b.yaml': service('api', 'app: api').replace('port: 80', 'port: "80"'),
      'c.yaml': `# podpath-ignore invalid-name\n${service('cache', 'app: web')}`,
    };
    const { texts, second, again } = run(files, '--fix');
    assert.deepEqual(second, texts);
    assert.notDeepEqual(texts, files);
    assert.equal(again.messages, '');
  });

  test('fixes that meet come one after the other', () => {
    const text = `${service('web', 'app: wbe')}${web}${web.replaceAll('web', 'api')}`;
    const { texts, code } = run({ 'a.yaml': text }, '--fix');
    assert.equal(code, 0);
    assert.equal(texts['a.yaml'], `${service('web', 'app: web')}---\n${web}---\n${web.replaceAll('web', 'api')}`);
  });

  test('a choice, what is switched off and what is known stay as they are', () => {
    const files = {
      'name.yaml': service('Web', 'app: web'),
      'off.yaml': service('api', 'app: wbe # podpath-ignore service-selector-matches-nothing'),
      'web.yaml': web,
    };
    const { texts, messages } = run(files, '--fix');
    assert.deepEqual(texts, files);
    assert.equal(messages, "podpath: nothing to fix: what is left needs a person's choice\n");
  });

  test('only files of PATH are written', () => {
    const files = {
      'a/svc.yaml': service('web', 'app: wbe'),
      'a/web.yaml': web,
      'b/svc.yaml': service('web', 'app: wbe'),
      'b/web.yaml': web,
    };
    const folder = folderOf(files);
    assert.equal(podpath(folder.path, ['check', '--fix', 'a/svc.yaml']).code, 0);
    assert.equal(readFileSync(join(folder.path, 'a/svc.yaml'), 'utf8'), service('web', 'app: web'));
    assert.equal(readFileSync(join(folder.path, 'b/svc.yaml'), 'utf8'), files['b/svc.yaml']);
    folder.remove();
  });

  test('a file that is no UTF-8 is not touched', () => {
    const bytes = Buffer.from(`\ufeff${service('web', 'app: wbe')}`, 'utf16le');
    const folder = folderOf({ 'svc.yaml': bytes, 'web.yaml': web });
    const { code, messages } = podpath(folder.path, ['check', '--fix']);
    assert.equal(code, 1);
    assert.match(messages, /svc\.yaml is not written in UTF-8, so it is not fixed/);
    assert.ok(readFileSync(join(folder.path, 'svc.yaml')).equals(bytes));
    folder.remove();
  });

  test('--fix-dry-run prints a diff that patch and git apply read, and writes nothing', () => {
    const { code, out, messages, texts } = run(
      { 'k8s/svc.yaml': service('web', 'app: wbe'), 'k8s/web.yaml': web },
      '--fix-dry-run',
    );
    assert.equal(code, 1);
    assert.equal(
      out,
      `--- a/k8s/svc.yaml
+++ b/k8s/svc.yaml
@@ -3,6 +3,6 @@
 metadata: { name: web }
 spec:
   selector:
-    app: wbe
+    app: web
   ports:
     - { name: http, port: 80, targetPort: http }
`,
    );
    assert.equal(messages, 'podpath: k8s/svc.yaml: 1 finding would be fixed\n');
    assert.equal(texts['k8s/svc.yaml'], service('web', 'app: wbe'));
  });

  test('options that contradict each other are refused', () => {
    const folder = folderOf({ 'web.yaml': web });
    for (const args of [
      ['--fix', '--fix-dry-run'],
      ['--fix-dry-run', '--format', 'json'],
      ['--fix', '--write-baseline', 'b.json'],
      ['--baseline', 'a.json', '--write-baseline', 'b.json'],
    ])
      assert.equal(podpath(folder.path, ['check', ...args]).code, 2, args.join(' '));
    folder.remove();
  });
});

test('diffs tell files without a last line break apart, and give distant changes hunks of their own', () => {
  assert.equal(unifiedDiff('a', 'x', 'x'), '');
  assert.equal(unifiedDiff('a', 'x', 'y\n'), '--- a/a\n+++ b/a\n@@ -1 +1 @@\n-x\n\\ No newline at end of file\n+y\n');
  assert.equal(unifiedDiff('a', '', 'x\n'), '--- a/a\n+++ b/a\n@@ -0,0 +1 @@\n+x\n');
  const lines = (text: string) => text.split('').join('\n') + '\n';
  assert.equal(
    unifiedDiff('a', lines('abcdefghijklm'), lines('Abcdefghijklmn')),
    '--- a/a\n+++ b/a\n@@ -1,4 +1,4 @@\n-a\n+A\n b\n c\n d\n@@ -11,3 +11,4 @@\n k\n l\n m\n+n\n',
  );
});
