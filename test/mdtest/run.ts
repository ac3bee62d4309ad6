/** Runs one section of a page and renders it again: a test passes when the text is the same. */
import type { Finding, Snapshot } from '../../server/src/core/index';
import { createWorkspace, plainText, readSettings } from '../../server/src/core/index';
import { annotate, hasAnnotations, stripAnnotations } from './annotations';
import { expectations } from './expectations';
import type { Fence, Section } from './page';
import { isFile, replaceBodies } from './page';

/** What an expectation may look at. */
export interface Case {
  readonly snapshot: Snapshot;
  readonly uris: readonly string[];
  /** The place of `$0`. */
  readonly cursor: { readonly uri: string; readonly offset: number } | undefined;
  readonly root: string;
  readonly path: (uri: string) => string;
  readonly plain: (finding: Finding) => string;
}

const root = 'file:///w';
const uriOf = (path: string) => `${root}/${path}`;
const pathOf = (uri: string) => uri.slice(root.length + 1);

/** The section as it should read. `only` limits the rules to one, as on a rule's page, unless the section names others. */
export function renderSection(section: Section, only: string | undefined): string {
  const files = section.fences.filter(isFile);
  const features = section.fences.filter((fence) => fence.language in expectations);
  const prose = replaceBodies(section, () => '');
  const rules = /^rules: (.*)$/m.exec(prose)?.[1]?.split(/,\s*/);
  const judged =
    only !== undefined ||
    rules !== undefined ||
    features.length === 0 ||
    files.some((fence) => hasAnnotations(fence.body)) ||
    features.some((fence) => fence.language === 'fix');
  const errors: unknown[] = [];
  const workspace = createWorkspace(
    (rule, uri, error) => errors.push(new Error(`${rule} threw on ${uri}`, { cause: error })),
    rules ?? (only === undefined ? undefined : [only]),
  );
  workspace.setRoots([root]);
  const settings = section.fences.find((fence) => fence.language === 'settings');
  if (settings) workspace.setSettings(readSettings(JSON.parse(settings.body)));
  let cursor: Case['cursor'];
  for (const fence of files) {
    const text = stripAnnotations(fence.body);
    const offset = text.indexOf('$0');
    if (offset >= 0) cursor = { uri: uriOf(fence.path), offset };
    workspace.set(uriOf(fence.path), text.replace('$0', ''));
  }
  const snapshot = workspace.snapshot();
  const testCase: Case = {
    snapshot,
    cursor,
    root,
    uris: files.map((fence) => uriOf(fence.path)),
    path: pathOf,
    plain: (finding) => plainText(finding.message, snapshot, pathOf),
  };
  const body = (fence: Fence): string => {
    if (isFile(fence)) return judged ? annotated(fence, testCase) : fence.body;
    const expectation = expectations[fence.language];
    return expectation ? ending(expectation(testCase, fence.argument)) : fence.body;
  };
  const rendered = replaceBodies(section, body);
  if (errors.length > 0) throw new AggregateError(errors, 'a rule threw');
  return rendered;
}

function ending(text: string): string {
  return text === '' || text.endsWith('\n') ? text : `${text}\n`;
}

function annotated(fence: Fence, { snapshot, cursor, path }: Case): string {
  const uri = uriOf(fence.path);
  const source = stripAnnotations(fence.body);
  const text = annotate(source.replace('$0', ''), snapshot.findings(uri), snapshot, path);
  if (cursor?.uri !== uri) return text;
  // The cursor mark goes back to the line it was on; annotations only add lines.
  const line = source.slice(0, cursor.offset).split('\n').length - 1;
  const original = source.split('\n')[line] ?? '';
  const plain = original.replace('$0', '');
  return text.replace(plain, original);
}
