/** Every page of test/cases and every rule's page is a test. `UPDATE=1` rewrites them; a person reads the diff. `ONLY=title` runs one. */
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, test } from 'node:test';
import { isFile, parsePage } from './page';
import { renderSection } from './run';

const rulePages = 'server/src/core/rules';
const pages = [rulePages, 'test/cases'].flatMap((folder) =>
  existsSync(folder)
    ? readdirSync(folder, { recursive: true, encoding: 'utf8' })
        .filter((name) => name.endsWith('.md'))
        .map((name) => join(folder, name))
    : [],
);

for (const page of pages.sort()) {
  const only = page.startsWith(rulePages) ? basename(page, '.md') : undefined;
  const source = readFileSync(page, 'utf8');
  const sections = parsePage(source);
  describe(basename(page), () => {
    for (const section of sections) {
      if (!section.fences.some(isFile) || (process.env['ONLY'] && !section.title.includes(process.env['ONLY'])))
        continue;
      test(section.title, () => {
        const rendered = renderSection(section, only);
        if (process.env['UPDATE'] && rendered !== section.text)
          writeFileSync(
            page,
            readFileSync(page, 'utf8').replace(section.text, () => rendered),
          );
        else assert.equal(rendered, section.text, page);
      });
    }
  });
}
