import type { Workspace } from '../core/index';
import type { Files } from './files';

/** Reads what kustomizations name, wherever it lies; what is read may name more. What does not exist is told too. */
export async function readWanted(workspace: Workspace, files: Files): Promise<void> {
  for (let wanted = workspace.wanted(); wanted.length > 0; wanted = workspace.wanted()) {
    const missing = new Set(wanted);
    for await (const { uri, text } of files.read(wanted)) {
      missing.delete(uri);
      workspace.set(uri, text);
    }
    for (const uri of missing) workspace.delete(uri);
  }
}
