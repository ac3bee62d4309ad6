/** `podpath check` as a process: what it prints, where, and how it ends. */
import assert from 'node:assert/strict';
import { chmodSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { bundle, checked, deployment, folderOf, podpath, service } from './podpath';

const shop = {
  'k8s/svc.yaml': service('web', 'app: wbe', ', namespace: shop'),
  'k8s/web.yaml': deployment('web', 'app: web', ', namespace: shop'),
};

describe('podpath check', () => {
  let folder: ReturnType<typeof folderOf>;
  before(async () => {
    await bundle();
    folder = folderOf(shop);
  });
  after(() => folder.remove());

  test('JSON is the contract', () => {
    const range = { start: { line: 6, column: 10 }, end: { line: 6, column: 13 } };
    assert.deepEqual(checked(folder.path), {
      version: 1,
      findings: [
        {
          rule: 'service-selector-matches-nothing',
          severity: 'warning',
          message: 'no pod in namespace shop has app=wbe; Deployment web (k8s/web.yaml:1) has app=web',
          file: 'k8s/svc.yaml',
          range,
          path: 'spec.selector.app',
          resource: { apiVersion: 'v1', kind: 'Service', namespace: 'shop', name: 'web' },
          bundles: ['.'],
          related: [
            {
              file: 'k8s/web.yaml',
              range: { start: { line: 8, column: 25 }, end: { line: 8, column: 37 } },
              message: 'the pods of Deployment web (k8s/web.yaml:1) carry app=web',
            },
          ],
          fixes: [{ title: 'Change to app=web', safe: true, edits: [{ file: 'k8s/svc.yaml', range, newText: 'web' }] }],
        },
      ],
      summary: { files: 2, resources: 2, bundles: 1, errors: 0, warnings: 1, information: 0, hints: 0 },
    });
  });

  test('pretty shows the line with carets, the other end, the fix, and counts', () => {
    const { out, messages, code } = podpath(folder.path, ['check']);
    assert.equal(code, 1);
    assert.equal(messages, '');
    assert.equal(
      out,
      `k8s/svc.yaml

  6:10 warning no pod in namespace shop has app=wbe; Deployment web (k8s/web.yaml:1) has app=web service-selector-matches-nothing
    6 │     app: wbe
      │          ^^^
    k8s/web.yaml:8:25 the pods of Deployment web (k8s/web.yaml:1) carry app=web
    fix: Change to app=web

1 warning in 1 of 2 files
`,
    );
  });

  test('a clean folder gets a friendly line, a folder without manifests says so', () => {
    const clean = folderOf({ 'a.yaml': service('web', 'app: web') + '---\n' + deployment('web', 'app: web') });
    assert.deepEqual(podpath(clean.path, ['check']), {
      code: 0,
      out: 'All clear: 2 resources in 1 file, nothing to report.\n',
      messages: '',
    });
    clean.remove();
    const empty = folderOf({ 'readme.txt': 'nothing' });
    assert.equal(podpath(empty.path, ['check']).out, 'No Kubernetes manifests to check here.\n');
    empty.remove();
  });

  test('same input, same bytes', () => {
    for (const format of ['pretty', 'json', 'sarif']) {
      const [first, second] = [0, 1].map(() => podpath(folder.path, ['check', '--format', format]).out);
      assert.equal(first, second);
    }
  });

  test('colours come with FORCE_COLOR and go with NO_COLOR and --no-color', () => {
    const colour = (env: Record<string, string>, ...args: string[]) =>
      podpath(folder.path, ['check', ...args], env).out.includes('\u001b[');
    assert.deepEqual(
      [colour({}), colour({ FORCE_COLOR: '1' }), colour({ FORCE_COLOR: '1', NO_COLOR: '1' })],
      [false, true, false],
    );
    assert.equal(colour({ FORCE_COLOR: '1' }, '--no-color'), false);
  });

  test('a file is judged with its neighbours, and only its findings are reported', () => {
    assert.equal(checked(folder.path, 'k8s/web.yaml').findings.length, 0);
    const report = checked(folder.path, 'k8s/svc.yaml');
    assert.equal(report.findings[0]?.fixes.length, 1);
    assert.equal(report.summary.files, 1);
    assert.deepEqual(checked(join(folder.path, 'k8s')).findings[0]?.file, 'svc.yaml');
  });

  test('levels decide the exit code', () => {
    const code = (...args: string[]) => podpath(folder.path, ['check', ...args]).code;
    const rule = 'service-selector-matches-nothing';
    assert.equal(code('--fail-on', 'error'), 0);
    assert.equal(code('--fail-on', 'never'), 0);
    assert.equal(code('--severity', `${rule}=information`), 0);
    assert.equal(code('--severity', `${rule}=error`, '--fail-on', 'error'), 1);
    assert.deepEqual(checked(folder.path, '--severity', `${rule}=off`).findings, []);
  });

  test('podpath.yaml above sets levels and settings; the command line wins', () => {
    const configured = folderOf({
      ...shop,
      'podpath.yaml': 'kubernetesVersion: 1.30\nrules:\n  service-selector-matches-nothing: hint\n',
    });
    const inside = join(configured.path, 'k8s');
    assert.equal(checked(inside).findings[0]?.severity, 'hint');
    const args = ['--severity', 'service-selector-matches-nothing=error'];
    assert.equal(checked(inside, ...args).findings[0]?.severity, 'error');
    configured.remove();
  });

  test('wrong usage ends with 2 and names what is wrong', () => {
    const wrong = folderOf({ 'bad.yaml': 'nodePortRange: many\n', 'list.yaml': '- a\n' });
    for (const [args, words] of [
      [['check', 'nowhere'], 'nowhere does not exist'],
      [['check', '--format', 'xml'], 'pretty, json, sarif'],
      [['check', '--fail-on', 'sometimes'], 'sometimes'],
      [['check', '--severity', 'no-such-rule=off'], 'no-such-rule'],
      [['check', '--severity', 'invalid-name=loud'], 'loud'],
      [['check', '--baseline', 'x'], 'the baseline x does not exist'],
      [['check', '--basline', 'x'], '--basline'],
      [['check', '--config', 'none.yaml'], 'none.yaml'],
      [['check', '--config', 'bad.yaml'], 'nodePortRange'],
      [['check', '--config', 'list.yaml'], 'list.yaml'],
      [['chekc'], 'no command chekc'],
    ] as const) {
      const { code, out, messages } = podpath(wrong.path, args);
      assert.deepEqual([code, out], [2, ''], args.join(' '));
      assert.match(messages, new RegExp(words.replaceAll('.', '\\.')), args.join(' '));
    }
    wrong.remove();
  });

  test('-n gives a namespace to resources that name none; without it none is invented', () => {
    const mixed = folderOf({
      'svc.yaml': service('web', 'app: web'),
      'web.yaml': deployment('web', 'app: wbe', ', namespace: shop'),
    });
    const [loose] = checked(mixed.path).findings;
    assert.equal('namespace' in (loose?.resource ?? {}), false);
    const [bound] = checked(mixed.path, '-n', 'shop').findings;
    assert.equal(bound?.resource?.namespace, 'shop');
    assert.match(bound.message, /^no pod in namespace shop/);
    mixed.remove();
  });

  test('a document that does not parse is a finding, and the others go on', () => {
    const broken = folderOf({ ...shop, 'bad.yaml': 'apiVersion: v1\nkind: Service\nmetadata: {name: "x\n' });
    const rules = checked(broken.path).findings.map(({ rule, severity }) => `${rule} ${severity}`);
    assert.deepEqual(rules, ['manifest-unreadable error', 'service-selector-matches-nothing warning']);
    broken.remove();
  });

  test('charts are left alone, and a message says so', () => {
    const rendered = folderOf({
      'chart/Chart.yaml': 'apiVersion: v2\nname: web\nversion: 1.0.0\n',
      'chart/templates/svc.yaml': service('web', 'app: {{ .Values.app }}'),
    });
    const message = 'podpath: 2 files belong to Helm charts and are left alone until Podpath renders them';
    assert.deepEqual(podpath(rendered.path, ['check']), {
      code: 0,
      out: 'No Kubernetes manifests to check here.\n',
      messages: `${message}\n`,
    });
    assert.equal(checked(rendered.path, '--quiet').summary.resources, 0);
    rendered.remove();
  });

  test('what git ignores is passed over unless it is named', () => {
    const ignored = folderOf({ ...shop, '.gitignore': 'k8s/svc.yaml\n' });
    assert.deepEqual(checked(ignored.path).findings, []);
    assert.equal(checked(ignored.path, 'k8s/svc.yaml').findings.length, 1);
    ignored.remove();
  });

  test('hostile files: too large, binary, unreadable, links in a circle, alias bombs, control characters', (context) => {
    const bomb = Array.from({ length: 12 }, (_, index) =>
      index === 0 ? 'a0: &a0 [x, x, x, x]' : `a${index}: &a${index} [${`*a${index - 1}, `.repeat(9)}*a${index - 1}]`,
    ).join('\n');
    const hostile = folderOf({
      ...shop,
      'big.yaml': 'x'.repeat(50_000_000),
      'binary.yaml': new Uint8Array([0, 1, 2, 255]),
      'bomb.yaml': `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: bomb }\n${bomb}\n`,
      'escape.yaml': service('web', 'app: "\\u001b[31m"'),
      'wide/utf16.yaml': Buffer.from(`\ufeff${service('wide', 'app: none')}`, 'utf16le'),
      'locked/secret.yaml': service('locked', 'app: x'),
    });
    symlinkSync(hostile.path, join(hostile.path, 'k8s/around'));
    chmodSync(join(hostile.path, 'locked'), 0);
    const { findings } = checked(hostile.path);
    const about = (file: string) => findings.filter((finding) => finding.file === file).map(({ severity }) => severity);
    assert.deepEqual(about('big.yaml'), ['information']);
    assert.deepEqual(about('binary.yaml'), ['information']);
    assert.equal(about('bomb.yaml')[0], 'error');
    assert.equal(about('wide/utf16.yaml').length, 1);
    if (process.getuid?.() === 0) context.diagnostic('root reads every folder');
    else assert.deepEqual(about('locked'), ['error']);
    assert.equal(findings.filter(({ file }) => file.includes('around')).length, 0);
    assert.ok(!podpath(hostile.path, ['check']).out.includes('\u001b'));
    chmodSync(join(hostile.path, 'locked'), 0o700);
    hostile.remove();
  });

  test('columns count UTF-16 units, and ends are exclusive', () => {
    const wide = folderOf({
      'a.yaml':
        service('web', 'app: wbe').replace('    app', '    "\\u0061pp"') +
        `# \u{1f600}\n---\n${deployment('web', 'app: web')}`,
      'b.yaml': `apiVersion: v1\nkind: Service\nmetadata: { annotations: { "\u{1f600}": x }, name: web_ }\nspec: { ports: [{ port: 1 }] }\n`,
    });
    const finding = checked(wide.path).findings.find(({ rule, file }) => rule === 'invalid-name' && file === 'b.yaml');
    const line = 'metadata: { annotations: { "\u{1f600}": x }, name: web_ }';
    assert.deepEqual(finding?.range, {
      start: { line: 3, column: line.indexOf('web_') + 1 },
      end: { line: 3, column: line.indexOf('web_') + 5 },
    });
    wide.remove();
  });
});
