/** Files that repeat what a nearer file holds: another variant of the same thing, not applied together with it. */
import { nameKey } from '../keys';
import type { Ask, Lookup } from '../lookup';
import type { Resource } from '../resource';
import { folderOf, isFolderRing, ringOf } from './directory';

interface Files {
  rootOf(uri: string): string;
  resourcesOf(uri: string): readonly Resource[];
  filesIn(folder: string): readonly string[];
}

/**
 * Says whether the file of a resource is an alternative, seen from a file: it repeats an identity (kind, namespace as
 * written, name) of a nearer file. In subfolders and cousin folders a whole folder is the alternative.
 */
export function alternatives(lookup: Lookup, files: Files, ask: Ask): (resource: Resource, from: string) => boolean {
  const answers = new Map<string, boolean>();

  function repeats(uri: string, ring: number, from: string): boolean {
    return files.resourcesOf(uri).some((resource) => {
      if (resource.name === undefined) return false;
      const key = nameKey(resource, resource.name);
      if (lookup.count(key) < 2) {
        ask(key);
        return false;
      }
      for (const other of lookup.rings(key, from, files.rootOf(from), ask)) {
        if (other.ring > ring) return false;
        if (
          other.resources.some(
            (twin) => twin.namespace === resource.namespace && isNearer(twin.uri, other.ring, uri, ring),
          )
        )
          return true;
      }
      return false;
    });
  }

  /** Inside one ring the file with more objects, then the shorter path, is nearer. */
  function isNearer(uri: string, ring: number, than: string, thanRing: number): boolean {
    if (uri === than || (isFolderRing(thanRing) && folderOf(uri) === folderOf(than))) return false;
    if (ring !== thanRing) return ring < thanRing;
    const size = files.resourcesOf(uri).length - files.resourcesOf(than).length;
    if (size !== 0) return size > 0;
    return uri.length !== than.length ? uri.length < than.length : uri < than;
  }

  return (resource, from) => {
    const ring = ringOf(from, resource.uri);
    if (ring === 0) return false;
    const place = isFolderRing(ring) ? folderOf(resource.uri) : resource.uri;
    const question = `${from} ${place}`;
    const known = answers.get(question);
    if (known !== undefined) return known;
    const answer = isFolderRing(ring)
      ? files.filesIn(place).some((uri) => repeats(uri, ring, from))
      : repeats(place, ring, from);
    answers.set(question, answer);
    return answer;
  };
}
