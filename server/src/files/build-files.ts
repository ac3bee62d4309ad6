/** Files of this machine as a kustomization reads them: as they are, without waiting. */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Files } from '../core/index';
import { decodeText } from './decode';

/** Reads on demand; a file that is not there or is no text is undefined. */
export const buildFiles: Files = {
  text: (uri) => {
    const bytes = read(uri);
    return bytes && decodeText(bytes);
  },
  bytes: read,
  below,
};

/** The files in a folder and its subfolders, without those of packages and of git. */
function below(folder: string): string[] {
  try {
    return readdirSync(fileURLToPath(folder), { withFileTypes: true }).flatMap((entry) => {
      const uri = `${folder}/${encodeURIComponent(entry.name)}`;
      if (entry.isDirectory()) return entry.name === 'node_modules' || entry.name === '.git' ? [] : below(uri);
      return entry.isFile() ? [uri] : [];
    });
  } catch {
    return [];
  }
}

function read(uri: string): Uint8Array | undefined {
  try {
    return readFileSync(fileURLToPath(uri));
  } catch {
    return undefined;
  }
}
