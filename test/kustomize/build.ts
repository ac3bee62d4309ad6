/** Building kustomizations that lie on disk, and results as plain data. */
import { resolve } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { Build, ParsedFiles, Value } from '../../server/src/core/index';
import { buildKustomization, readDocument, splitDocuments } from '../../server/src/core/index';
import { buildFiles } from '../../server/src/files/build-files';
import { fileUri } from '../../server/src/files/paths';

export function buildFolder(folder: string, parsed?: ParsedFiles): Build {
  return buildKustomization(fileUri(resolve(folder)), buildFiles, parsed ? { parsed } : {});
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

/** The first place where two results differ, in words. */
export function firstDifference(mine: Plain, real: Plain | undefined, path = ''): string | undefined {
  if (isDeepStrictEqual(mine, real)) return undefined;
  if (mine !== null && real !== null && typeof mine === 'object' && typeof real === 'object') {
    const [a, b] = [Object.entries(mine), new Map(Object.entries(real))];
    for (const [key, value] of a) {
      const found = firstDifference(value, b.get(key), `${path}.${key}`);
      if (found) return found;
    }
    const keys = new Set(a.map(([key]) => key));
    const missing = [...b.keys()].find((key) => !keys.has(key));
    if (missing !== undefined) return `${path}.${missing} is missing: ${JSON.stringify(b.get(missing))}`;
  }
  return `${path}: ${JSON.stringify(mine)} where the real tool has ${JSON.stringify(real)}`;
}
