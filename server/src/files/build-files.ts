/** Files of this machine as a kustomization reads them: as they are, without waiting. */
import { readFileSync } from 'node:fs';
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
};

function read(uri: string): Uint8Array | undefined {
  try {
    return readFileSync(fileURLToPath(uri));
  } catch {
    return undefined;
  }
}
