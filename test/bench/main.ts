/**
 * How long it takes and how much it needs: `npm run bench [-- DIR]`. Cold time of everything beside a bare parse of the same files, the
 * time from an edit to new findings, heap per resource, sizes of the bundles.
 */
import { existsSync, statSync } from 'node:fs';
import { repositories } from '../corpus/repositories';
import { activationTime } from './activation';
import type { Labelling } from './connections';
import { connectionTimes, growth } from './connections';
import type { Naming } from './generate';
import { generate, nameOf, root, serviceFile } from './generate';
import { overlayTimes } from './overlays';
import { shapeTime } from './shapes';
import { coldTimes, heap, loaded, milliseconds, percentile } from './measure';

const corpus = process.argv[2] ?? '../shared/corpus';

console.log('cold time of everything beside a bare parse of the same files');
if (existsSync(corpus)) await measureCorpus();
for (const count of [1_000, 10_000]) {
  const files = generate(count, 'own');
  printCold(`${count} applications`, coldTimes(root, files, 2));
}

console.log('\ncold, in processor time');
for (const shape of ['file', 'folder'] as const)
  for (const naming of ['own', 'same'] as const) {
    const [small, large] = [shapeTime(500, naming, shape), shapeTime(2_000, naming, shape)];
    console.log(
      `  ${`2000 applications in one ${shape}, ${namingText(naming)}`.padEnd(60)}${number(large, 6)} ms   grows with the power ${number(Math.log(large / small) / Math.log(4), 5, 2)}`,
    );
  }

console.log('\nfrom one edit to new findings');
for (const naming of ['own', 'same'] as const) for (const count of [1_000, 10_000]) measureEdits(count, naming);

console.log('\nfrom one edit in a base to new findings in all overlays, in processor time');
for (const overlays of [20, 100]) {
  const { median, most } = overlayTimes(overlays, 20, 20);
  console.log(
    `  ${`${overlays} overlays of 40 resources`.padEnd(44)}median ${number(median, 6)} ms   most ${number(most, 6)} ms`,
  );
}

console.log('\nall connections, with a policy for each workload');
for (const labelling of ['own', 'tiers'] as const) measureConnections(labelling);

console.log('\nbundles');
for (const path of [
  'client/node.cjs',
  'client/browser.cjs',
  'server/node.js',
  'server/browser.js',
  'cli.js',
  'webview/topology.js',
])
  if (existsSync(`dist/${path}`))
    console.log(`  ${path.padEnd(24)}${number(statSync(`dist/${path}`).size / 1024, 8)} kB`);

const activation = await activationTime();
console.log(
  `\nactivation in real VS Code  ${activation === undefined ? 'not measured: npm test installs what it needs' : `${activation} ms`}`,
);

async function measureCorpus(): Promise<void> {
  const sums = { all: 0, bare: 0 };
  const plain = { all: 0, bare: 0 };
  for await (const repository of repositories(corpus)) {
    const times = coldTimes(repository.root, repository.files, 2);
    sums.all += times.all;
    sums.bare += times.bare;
    // Files that are no manifests, or that charts own, are passed over: they would flatter the ratio.
    const snapshot = loaded(repository.root, repository.files).snapshot();
    const manifests = repository.files.filter(({ uri }) => (snapshot.file(uri)?.resources.length ?? 0) > 0);
    const some = coldTimes(repository.root, manifests, 2);
    plain.all += some.all;
    plain.bare += some.bare;
  }
  printCold('corpus', sums);
  printCold('corpus, manifests only', plain);
}

function measureEdits(count: number, naming: Naming): void {
  const files = generate(count, naming);
  const before = heap();
  const workspace = loaded(root, files);
  const bytes = heap() - before;
  const times: number[] = [];
  const rounds = 200;
  for (let round = 0; round < rounds; round++) {
    const index = (round * 7919) % count;
    const name = nameOf(index, naming);
    // A slip is typed, and typed away again.
    for (const selector of [name.replace(/^./, 'x'), name]) {
      const { uri, text } = serviceFile(index, naming, selector);
      times.push(
        milliseconds(() => {
          workspace.set(uri, text);
          const snapshot = workspace.snapshot();
          for (const stale of workspace.takeStale()) snapshot.findings(stale);
        }),
      );
    }
  }
  console.log(
    `  ${`${count} applications, ${namingText(naming)}`.padEnd(44)}` +
      `median ${number(percentile(times, 0.5), 6, 2)} ms   p95 ${number(percentile(times, 0.95), 6, 2)} ms   most ${number(Math.max(...times), 6, 2)} ms` +
      `   heap ${number(bytes / (count * 4) / 1024, 4, 1)} kB a resource`,
  );
}

function namingText(naming: Naming): string {
  return naming === 'own' ? 'names of their own' : 'all named alike';
}

function measureConnections(labelling: Labelling): void {
  const all = [100, 1_000, 4_000].map((count) => connectionTimes(count, labelling));
  for (const [at, times] of all.entries()) {
    const smaller = all[at - 1];
    console.log(
      `  ${`${times.workloads} workloads, ${labelling === 'own' ? 'labels of their own' : 'labels that many share'}`.padEnd(44)}` +
        `${number(times.connections, 7)} connections ${number(times.ms, 7)} ms` +
        (smaller ? `   grows with the power ${number(growth(smaller, times), 5, 2)}` : ''),
    );
  }
}

function printCold(name: string, { all, bare }: { readonly all: number; readonly bare: number }): void {
  console.log(
    `  ${name.padEnd(28)}${number(all, 7)} ms   bare parse ${number(bare, 6)} ms   ratio ${number(all / bare, 4, 2)}`,
  );
}

function number(value: number, width: number, digits = 0): string {
  return value.toFixed(digits).padStart(width);
}
