/** Manifests that the editor reads for the server: virtual file systems, and all files in a browser. */
import { isChart, isConfig, isKustomization } from '../core/index';
import type { Files, Folder, SourceFile } from './files';
import type { Filter } from './filter';
import { createFilter } from './filter';

/** The editor's side. */
export interface FileClient {
  /** The manifests and .gitignore files at places, each a file or a folder with all below it. */
  find(places: readonly string[]): Promise<readonly string[]>;
  /** Texts in the same order; null for what does not exist. */
  read(uris: readonly string[]): Promise<readonly (string | null)[]>;
}

/** Asks for this many files at once. */
const BATCH = 32;

export function servedFiles(client: FileClient): Files {
  return {
    async *list(folders, places) {
      const found = await client.find(places);
      const isRules = (uri: string) => uri.endsWith('/.gitignore');
      const rules = new Set([...found.filter(isRules), ...places.flatMap((place) => rulesAbove(folders, place))]);
      const filters = folders.map((folder) => ({ uri: folder.uri, filter: createFilter(folder) }));
      const filterOf = (uri: string): Filter | undefined =>
        filters.filter((item) => uri.startsWith(`${item.uri}/`)).sort((a, b) => b.uri.length - a.uri.length)[0]?.filter;
      for await (const { uri, text } of readAll(client, [...rules]))
        filterOf(uri)?.addRules(uri.slice(0, uri.lastIndexOf('/')), text);
      const wanted = found.filter((uri) => !isRules(uri) && filterOf(uri)?.leavesOut(uri, false) !== true).sort();
      const isFirst = (uri: string) => isConfig(uri) || isChart(uri) || isKustomization(uri);
      yield* readAll(client, [...wanted.filter(isFirst), ...wanted.filter((uri) => !isFirst(uri))]);
    },
    read: (uris) => readAll(client, uris),
  };
}

async function* readAll(client: FileClient, uris: readonly string[]): AsyncIterable<SourceFile> {
  for (let at = 0; at < uris.length; at += BATCH) {
    const batch = uris.slice(at, at + BATCH);
    const texts = await client.read(batch);
    for (const [index, uri] of batch.entries()) {
      const text = texts[index];
      if (typeof text === 'string') yield { uri, text };
    }
  }
}

/** The .gitignore files of the folders that hold a place, up to its workspace folder. */
function rulesAbove(folders: readonly Folder[], place: string): string[] {
  const above: string[] = [];
  for (const { uri } of folders)
    for (let folder = place; folder.length > uri.length && folder.startsWith(`${uri}/`);) {
      folder = folder.slice(0, folder.lastIndexOf('/'));
      above.push(`${folder}/.gitignore`);
    }
  return above;
}
