/** Building kustomizations that lie on disk, and results as plain data. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Build, Files, ParsedFiles, Value } from '../../server/src/core/index';
import { buildKustomization, readDocument, splitDocuments } from '../../server/src/core/index';
import { fileUri } from '../../server/src/files/paths';

export const diskFiles: Files = {
  text: (uri) => read(uri)?.toString('utf8'),
  bytes: read,
};

function read(uri: string): Buffer | undefined {
  try {
    return readFileSync(fileURLToPath(uri));
  } catch {
    return undefined;
  }
}

export function buildFolder(folder: string, parsed?: ParsedFiles): Build {
  return buildKustomization(fileUri(resolve(folder)), diskFiles, parsed ? { parsed } : {});
}

export type Plain = string | number | boolean | null | Plain[] | { [key: string]: Plain };

/** The value without its places; the last of equal keys counts. */
export function plain(value: Value): Plain {
  switch (value.type) {
    case 'scalar':
      return typeof value.value === 'bigint' ? `${value.value}n` : value.value;
    case 'list':
      return value.items.map(plain);
    case 'map':
      return Object.fromEntries(
        value.entries
          .map((entry): [string, Plain] => [entry.key.text, plain(entry.value)])
          .sort(([a], [b]) => (a < b ? -1 : 1)),
      );
  }
}

/** The objects of a YAML stream that a tool printed. */
export function plainDocuments(text: string): Plain[] {
  return splitDocuments(text).flatMap((at) => {
    const { value } = readDocument('file:///output', text, at, 'kubectl');
    return value === undefined || (value.type === 'scalar' && value.value === null) ? [] : [plain(value)];
  });
}
