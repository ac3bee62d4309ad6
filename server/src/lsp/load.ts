/** Brings the workspace to what the files say, in slices, so that requests are answered meanwhile. */
import { isBaseline, isChart, isConfig, isKustomization, mayHoldManifests } from '../core/index';
import type { Snapshot } from '../core/index';
import { isManifestName } from '../files/files';
import type { Session } from './session';
import { folderOf } from './session';
import { breathe, inSlices } from './timing';

export interface Loader {
  /**
   * Reads these places (files, or folders with all below them) again, and what kustomizations name besides. Those asked
   * for meanwhile come in one further round.
   */
  readonly read: (places: readonly string[]) => void;
  /** Resolved when nothing is left to read. */
  readonly idle: () => Promise<void>;
}

/** `onReading` is called when all charts and kustomizations are known, `onIdle` when everything has been read. */
export function createLoader(session: Session, onReading: () => void, onIdle: () => void): Loader {
  const waiting = new Set<string>();
  let running: Promise<void> | undefined;

  async function run(): Promise<void> {
    session.loading = true;
    for (let wanted = session.workspace.wanted(); (waiting.size > 0 || wanted.length > 0) && !session.stopped;) {
      const places = [...waiting];
      waiting.clear();
      try {
        if (places.length > 0) await readPlaces(session, places, onReading);
        else await readWanted(session, wanted);
      } catch (error) {
        session.log('reading files', error);
      }
      wanted = session.workspace.wanted();
    }
    running = undefined;
    session.loading = false;
    session.ready = true;
    if (!session.stopped) onIdle();
  }

  return {
    read(places) {
      for (const place of places) waiting.add(place);
      running ??= breathe()
        .then(run)
        .catch((error: unknown) => session.log('after reading files', error));
    },
    idle: () => running ?? Promise.resolve(),
  };
}

async function readPlaces(session: Session, places: readonly string[], onReading: () => void): Promise<void> {
  const { workspace, documents } = session;
  const seen = new Set<string>();
  const slice = inSlices();
  let first = true;
  for await (const { uri, text } of session.files.list(session.folders, places)) {
    if (session.stopped) return;
    seen.add(uri);
    if (first && !isConfig(uri) && !isChart(uri) && !isKustomization(uri)) {
      first = false;
      onReading();
    }
    if (!documents.has(uri)) take(session, uri, text);
    await slice();
  }
  const others = usedBelow(session, places);
  for (const uri of knownBelow(workspace.snapshot(), places))
    if (!seen.has(uri) && !documents.has(uri) && !others.includes(uri)) workspace.delete(uri);
  await readWanted(session, others);
}

/** Files at or below these places that kustomizations read although their names are not those of manifests. */
function usedBelow({ workspace, documents }: Session, places: readonly string[]): string[] {
  if (places.every(isNamedAsManifest)) return [];
  const below = new Set(places);
  return workspace.used().filter((uri) => !isNamedAsManifest(uri) && isBelow(uri, below) && !documents.has(uri));
}

const isNamedAsManifest = (uri: string) => isManifestName(uri.slice(uri.lastIndexOf('/') + 1));

/** Reads files that kustomizations name, if they lie in the workspace; others count as missing. */
async function readWanted({ workspace, documents, files, folders }: Session, wanted: readonly string[]): Promise<void> {
  const missing = new Set(wanted);
  try {
    for await (const { uri, text } of files.read(wanted.filter((uri) => folderOf(folders, uri)))) {
      missing.delete(uri);
      if (!documents.has(uri)) workspace.set(uri, text);
    }
  } finally {
    // Also what could not be read is spoken of, so that nobody asks for it again and again.
    for (const uri of missing) workspace.delete(uri);
  }
}

/** Known files at or below these places. */
function knownBelow(snapshot: Snapshot, places: readonly string[]): readonly string[] {
  const below = new Set(places);
  return places.every(isNamedAsManifest)
    ? places.filter((place) => snapshot.file(place))
    : [...snapshot.uris()].filter((uri) => isBelow(uri, below));
}

/** Files that hold no manifests are not kept: their text would only fill memory. */
function take({ workspace }: Session, uri: string, text: string): void {
  const known = workspace.snapshot().file(uri);
  if (!isConfig(uri) && !isBaseline(text) && !mayHoldManifests(uri, text) && !workspace.isUsed(uri)) {
    if (known) workspace.delete(uri);
  } else if (known?.text !== text) workspace.set(uri, text);
}

/** True when a file is one of the places, or lies below one. */
function isBelow(uri: string, places: ReadonlySet<string>): boolean {
  for (let at = uri.length; at > 0; at = uri.lastIndexOf('/', at - 1)) if (places.has(uri.slice(0, at))) return true;
  return false;
}
