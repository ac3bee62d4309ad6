/** Rules say what they are about, so that they are not asked about anything else: nothing may get lost by that. */
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { test } from 'node:test';
import { allRules } from '../../server/src/core/rules/shared/all';
import { createJudge } from '../../server/src/core/rules/shared/judge';
import type { Judge } from '../../server/src/core/judge';
import type { Rule } from '../../server/src/core/rules/define';
import { Workspace } from '../../server/src/core/workspace';
import { isFile, parsePage } from '../mdtest/page';
import { stripAnnotations } from '../mdtest/annotations';

const folder = 'server/src/core/rules';

test('asked about every resource, rules say what they say when asked about their subjects only', () => {
  const known = judgeOf(allRules);
  const everything = judgeOf(allRules.map(withoutSubjects));
  let found = 0;
  for (const page of readdirSync(folder).filter((name) => name.endsWith('.md')))
    for (const section of parsePage(readFileSync(`${folder}/${page}`, 'utf8'))) {
      const files = section.fences.filter(isFile);
      const said = findings(known, files);
      assert.deepEqual(said, findings(everything, files), `${page}: ${section.title}`);
      found += said.length;
    }
  assert.ok(found > 1_000);
});

function withoutSubjects(rule: Rule): Rule {
  const { about, ...rest } = rule;
  return about ? rest : rule;
}

function judgeOf(rules: readonly Rule[]): Judge {
  return createJudge(
    rules,
    rules.map(({ id }) => id),
    (rule, _, error) => {
      throw new Error(`${rule} threw`, { cause: error });
    },
  );
}

/** What the rules say of files that are read together, as text. */
function findings(judge: Judge, files: readonly { readonly path: string; readonly body: string }[]): string[] {
  const workspace = new Workspace(judge);
  workspace.setRoots(['file:///w']);
  for (const { path, body } of files) workspace.set(`file:///w/${path}`, stripAnnotations(body));
  const snapshot = workspace.snapshot();
  return [...snapshot.uris()].flatMap((uri) =>
    snapshot.findings(uri).map(({ rule, level, at }) => `${rule} ${level} ${uri}:${at.start}-${at.end}`),
  );
}
