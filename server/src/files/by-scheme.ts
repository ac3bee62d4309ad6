import type { Files } from './files';

/** Files of this machine from its disk, those of any other scheme from the editor. */
export function byScheme(disk: Files, served: Files): Files {
  const isLocal = (uri: string) => uri.startsWith('file:');
  return {
    async *list(folders, places) {
      const local = places.filter(isLocal);
      const other = places.filter((uri) => !isLocal(uri));
      if (local.length > 0)
        yield* disk.list(
          folders.filter(({ uri }) => isLocal(uri)),
          local,
        );
      if (other.length > 0)
        yield* served.list(
          folders.filter(({ uri }) => !isLocal(uri)),
          other,
        );
    },
    async *read(uris) {
      const local = uris.filter(isLocal);
      const other = uris.filter((uri) => !isLocal(uri));
      if (local.length > 0) yield* disk.read(local);
      if (other.length > 0) yield* served.read(other);
    },
  };
}
