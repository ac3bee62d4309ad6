/** Reads the baselines that settings name, wherever they lie. */
import { fileURLToPath } from 'node:url';
import type { Workspace } from '../core/index';
import { readBaseline } from '../core/index';
import type { Files } from '../files/files';
import type { Call } from './command';
import { UsageError } from './usage-error';

/** Takes the baselines of files into the workspace. Throws UsageError for one that the command line names and that is none. */
export async function readBaselines(
  workspace: Workspace,
  uris: readonly string[],
  files: Files,
  { io, options }: Pick<Call, 'io' | 'options'>,
  show: (uri: string) => string,
): Promise<void> {
  const snapshot = workspace.snapshot();
  const wanted = new Set(uris.flatMap((uri) => snapshot.baselineOf(uri) ?? []));
  const missing = new Set([...wanted].filter((uri) => !snapshot.baseline(uri)));
  for await (const { uri, text } of files.read([...missing])) {
    if (!readBaseline(uri, text))
      throw new UsageError(`${show(uri)} is no baseline: podpath check --write-baseline writes one`);
    missing.delete(uri);
    workspace.set(uri, text);
  }
  for (const uri of missing) {
    const message = `the baseline ${show(uri)} does not exist; --write-baseline ${show(uri)} writes it`;
    if (options.text('baseline') !== undefined) throw new UsageError(message);
    io.message(`${message} (${fileURLToPath(uri)})`);
  }
}
