import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { describe, test } from 'node:test';
import type { Finding, Snapshot } from '../server/src/core';
import { allRules, createWorkspace, render } from '../server/src/core';

const root = 'file:///examples';
const files = readdirSync('examples', { recursive: true, encoding: 'utf8' })
  .map((file) => file.replaceAll('\\', '/'))
  .filter((file) => file.endsWith('.yaml'))
  .sort();
const folders = [...new Set(files.map((file) => file.split('/')[0] ?? ''))];

/** Mistakes that are reported at both ends: the rule of the file, then the other one. */
const together: Readonly<Record<string, string>> = { 'route-leads-nowhere': 'service-selector-matches-nothing' };

function open(which: readonly string[]): Snapshot {
  const workspace = createWorkspace((rule, uri, error) => assert.fail(`${rule} threw on ${uri}: ${String(error)}`));
  workspace.setRoots([root]);
  for (const file of which) workspace.set(`${root}/${file}`, readFileSync(join('examples', file), 'utf8'));
  return workspace.snapshot();
}

/** A broken file is named after its rule; one whose name is fixed lies in a folder of that name. */
function ruleOf(file: string): string {
  return ['podpath.yaml', 'kustomization.yaml'].includes(basename(file))
    ? basename(dirname(file))
    : basename(file, '.yaml');
}

/** A resource of a broken kustomization, beside it; or a configuration that switches on the rule of the file beside it. */
function isPart(file: string): boolean {
  const folder = dirname(file);
  if (basename(file) === 'podpath.yaml') return files.includes(`${folder}/${basename(folder)}.yaml`);
  return basename(file) !== 'kustomization.yaml' && files.includes(`${dirname(file)}/kustomization.yaml`);
}

const isSevere = ({ level }: Finding): boolean => level === 'error' || level === 'warning';

const words = ({ level, rule, message }: Finding): string =>
  `${level}[${rule}]: ${render(
    message,
    (resource) => `${resource.kind} ${resource.name ?? ''}`,
    (at, label) => label ?? at.uri,
  )}`;

/** The examples as one folder, as an editor opens them, and each folder alone. */
const worlds = new Map([
  ['all examples', open(files)],
  ...folders.map((folder) => [`${folder} alone`, open(files.filter((file) => file.startsWith(`${folder}/`)))] as const),
]);

for (const [title, snapshot] of worlds) {
  void describe(title, () => {
    for (const uri of snapshot.uris()) {
      const file = uri.slice(root.length + 1);
      const findings = snapshot.findings(uri);
      const severe = findings.filter(isSevere);
      if (file.startsWith('broken/') && !isPart(file)) {
        const rule = ruleOf(file);
        void test(`${file} has its mistake and no other`, () => {
          assert.ok(
            findings.some((finding) => finding.rule === rule),
            `${rule} is silent; findings: ${findings.map(words).join('\n')}`,
          );
          assert.deepEqual(severe.filter((finding) => ![rule, together[rule]].includes(finding.rule)).map(words), []);
        });
      } else if (file === 'ingress-v1beta1/ingress.yaml') {
        void test(`${file} is in a removed API, and that is all`, () => {
          assert.deepEqual(
            severe.map((finding) => finding.rule),
            ['removed-api'],
          );
        });
      } else {
        void test(`${file} has no error and no warning`, () => assert.deepEqual(severe.map(words), []));
      }
    }
  });
}

void test('each folder says in the first line of its README what it shows, and the tour lists it', () => {
  const tour = readFileSync('examples/README.md', 'utf8');
  for (const folder of folders) {
    const [first = ''] = readFileSync(join('examples', folder, 'README.md'), 'utf8').split('\n');
    assert.match(first, /^[A-Zf].{20,}[.]$/, folder);
    assert.ok(tour.includes(`| [${folder}](${folder}) |`), `examples/README.md does not list ${folder}`);
  }
});

void test('each rule has one broken file, which says in its first line what is wrong', () => {
  const broken = files.filter((file) => file.startsWith('broken/') && !isPart(file));
  assert.deepEqual(broken.map(ruleOf).sort(), allRules.map(({ id }) => id).sort());
  for (const file of broken) assert.match(readFileSync(join('examples', file), 'utf8'), /^# .{20,}[.]\n/, file);
});
