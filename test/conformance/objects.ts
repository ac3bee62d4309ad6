/** Cases as manifests: objects in, findings out. */
import type { Finding, Resource, Snapshot } from '../../server/src/core/index';
import { createWorkspace, readSettings } from '../../server/src/core/index';
import type { Outcome } from './family';

const folder = 'file:///case';

export interface World {
  readonly snapshot: Snapshot;
  readonly resources: readonly Resource[];
  readonly findings: readonly Finding[];
}

/** The texts as files of one folder, judged by all rules. A rule that throws fails the case. */
export function worldOf(
  files: Readonly<Record<string, string>>,
  settings: Readonly<Record<string, string>> = {},
): World {
  const workspace = createWorkspace((rule, _, error) => {
    throw new Error(`${rule} threw`, { cause: error });
  });
  workspace.setRoots([folder]);
  workspace.setSettings(readSettings(settings));
  for (const [name, text] of Object.entries(files)) workspace.set(`${folder}/${name}`, text);
  const snapshot = workspace.snapshot();
  const uris = Object.keys(files).map((name) => `${folder}/${name}`);
  return {
    snapshot,
    resources: uris.flatMap((uri) => snapshot.file(uri)?.resources ?? []),
    findings: uris.flatMap((uri) => snapshot.findings(uri)),
  };
}

/** Objects as the documents of one file. */
export function worldOfObjects(objects: readonly unknown[]): World {
  return worldOf({ 'objects.yaml': objects.map((object) => JSON.stringify(object, null, 2)).join('\n---\n') });
}

/** A field that the API server names in its errors. */
export interface FieldError {
  readonly field: string;
}

/**
 * The API server accepts an object exactly when no finding about it is an error, and every field it names is the path of a
 * finding. Messages are ours, and we may name more fields than the API server, which often stops at the first.
 */
export function validation(object: unknown, errors: readonly FieldError[]): Outcome {
  const { findings } = worldOfObjects([object]);
  const paths = findings.filter(({ level }) => level === 'error').map(({ path }) => path ?? '');
  const want = { accepted: errors.length === 0, fields: errors.map(({ field }) => field) };
  const got = { accepted: paths.length === 0, fields: paths };
  return { agree: want.accepted === got.accepted && want.fields.every((field) => paths.includes(field)), want, got };
}
