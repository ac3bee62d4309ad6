/**
 * Pages of kustomizations: the files of a section are built, and its last fence is what the real tool made of them.
 * `built` holds the objects that it printed; `refused` says that it fails, and what Podpath says instead.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Build, Files, Problem } from '../../server/src/core/index';
import { buildKustomization } from '../../server/src/core/index';
import type { Section } from '../mdtest/page';
import { isFile, parsePage } from '../mdtest/page';

export interface Case {
  readonly page: string;
  readonly section: Section;
  /** By path. */
  readonly files: ReadonlyMap<string, string>;
  /** The folder that is built: that of the first file. */
  readonly folder: string;
  readonly expected: { readonly type: 'built' | 'refused'; readonly text: string };
}

const base = 'file:///case';
const folderOfCases = 'test/kustomize/cases';

export function pages(): { readonly name: string; readonly text: string }[] {
  return readdirSync(folderOfCases)
    .filter((name) => name.endsWith('.md'))
    .map((name) => ({ name, text: readFileSync(join(folderOfCases, name), 'utf8') }));
}

/** The cases of a page. A file of the section before all others (`shared`) is not a thing: each case is whole. */
export function casesOf(name: string, text: string): Case[] {
  return parsePage(text).flatMap((section) => {
    const files = new Map(
      section.fences
        .filter((fence) => isFile(fence) || fence.language === 'text')
        .map(({ path, body }) => [path, body]),
    );
    const [first] = files.keys();
    const result = section.fences.find(({ language }) => language === 'built' || language === 'refused');
    if (first === undefined || !result) return [];
    const folder = first.includes('/') ? first.slice(0, first.lastIndexOf('/')) : '';
    const type = result.language === 'built' ? 'built' : 'refused';
    return [{ page: name, section, files, folder, expected: { type, text: result.body } }];
  });
}

export function buildCase({ files, folder }: Case): Build {
  const inMemory: Files = { text: (uri) => files.get(decodeURIComponent(uri.slice(base.length + 1))) };
  return buildKustomization(folder === '' ? base : `${base}/${folder}`, inMemory);
}

/** Problems as lines: `code file:line message`. */
export function refusal({ files }: Case, { problems, incomplete }: Build): string {
  const place = ({ span }: Pick<Problem, 'span'>) => {
    const path = span.uri.slice(base.length + 1);
    const text = files.get(path) ?? '';
    return `${path}:${text.slice(0, span.start).split('\n').length}`;
  };
  return [
    ...problems.map((problem) => `${problem.code} ${place(problem)} ${problem.message}\n`),
    ...incomplete.map((one) => `incomplete ${place(one)} ${one.message}\n`),
  ].join('');
}
