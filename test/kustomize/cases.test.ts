/** The pages of `cases`: Podpath builds what the real tool built, and refuses what it refuses. */
import { deepEqual, equal } from 'node:assert/strict';
import { test } from 'node:test';
import { plain, plainDocuments } from './build';
import { buildCase, casesOf, pages, refusal } from './cases';

for (const { name, text } of pages())
  for (const item of casesOf(name, text))
    test(`${name}: ${item.section.title}`, () => {
      const build = buildCase(item);
      equal(refusal(item, build), item.expected.type === 'refused' ? item.expected.text : '');
      if (item.expected.type === 'built')
        deepEqual(
          build.resources.map(({ tree }) => plain(tree)),
          plainDocuments(item.expected.text),
        );
    });
