/**
 * Asks the real tool for every case and writes down what it says: `KUBECTL=... node scripts/run.mjs test/kustomize/record.ts [PAGE]`.
 * Prints the cases in which Podpath differs.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parsePage, replaceBodies } from '../mdtest/page';
import { firstDifference, plain, plainDocuments } from './build';
import type { Case } from './cases';
import { buildCase, casesOf, pages, refusal } from './cases';
import { findKubectl } from './kubectl';

const kubectl = findKubectl();
const [only] = process.argv.slice(2);
let differences = 0;

for (const { name, text } of pages()) {
  if (only !== undefined && !name.includes(only)) continue;
  const recorded = new Map(casesOf(name, text).map((item) => [item.section.title, record(item)]));
  const page = parsePage(text)
    .map((section) => {
      const result = recorded.get(section.title);
      if (!result) return section.text;
      const filled = replaceBodies(section, (fence) =>
        fence.language === 'built' || fence.language === 'refused' ? result.body : fence.body,
      );
      return filled.replace(/^```(?:built|refused)$/m, `\`\`\`${result.type}`);
    })
    .join('\n');
  writeFileSync(join('test/kustomize/cases', name), page);
}
console.log(differences === 0 ? 'Podpath agrees with the real tool' : `${differences} differences`);
process.exitCode = differences === 0 ? 0 : 1;

function record(item: Case): { readonly type: string; readonly body: string } {
  const folder = mkdtempSync(join(tmpdir(), 'case-'));
  try {
    for (const [path, body] of item.files) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), body);
    }
    const run = spawnSync(kubectl, ['kustomize', join(folder, item.folder)], { encoding: 'utf8' });
    const build = buildCase(item);
    const said = refusal(item, build);
    if (run.status !== 0) {
      if (said === '') tell(item, `the real tool fails: ${run.stderr.replaceAll(folder, '')}`);
      return { type: 'refused', body: said };
    }
    const difference =
      said === ''
        ? firstDifference(
            build.resources.map(({ tree }) => plain(tree)),
            plainDocuments(run.stdout),
          )
        : said;
    if (difference) tell(item, difference);
    return { type: 'built', body: run.stdout };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function tell({ page, section }: Case, what: string): void {
  differences++;
  console.log(`${page}: ${section.title}\n    ${what.trim().replaceAll('\n', '\n    ')}`);
}
