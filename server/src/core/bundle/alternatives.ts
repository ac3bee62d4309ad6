/** Files that repeat what a nearer file holds: another variant of the same thing, not applied together with it. */
import { inNamespaceKey, nameKey } from '../keys';
import type { Ask, Lookup } from '../lookup';
import type { Resource } from '../resource';
import { folderOf, isFolderRing, ringOf } from './directory';

interface Files {
  rootOf(uri: string): string;
  resourcesOf(uri: string): readonly Resource[];
  filesIn(folder: string): readonly string[];
}

/** A file that holds an identity, and how near it is. */
interface Holder {
  readonly uri: string;
  readonly ring: number;
  readonly size: number;
}

/**
 * Says whether the file of a resource is an alternative, seen from a file: it repeats an identity (kind, namespace as
 * written, name) of a nearer file. In subfolders and cousin folders a whole folder is the alternative.
 */
export function alternatives(lookup: Lookup, files: Files, ask: Ask): (resource: Resource, from: string) => boolean {
  const answers = new Map<string, boolean>();
  const nearest = new Map<string, readonly Holder[]>();

  /** The nearest file that holds an identity, and the nearest one of any other folder. */
  function holders(resource: Resource, name: string, from: string): readonly Holder[] {
    const anywhere = nameKey(resource, name);
    const key = resource.namespace === undefined ? anywhere : inNamespaceKey(anywhere, resource.namespace);
    if (lookup.count(key) < 2) {
      ask(key);
      return [];
    }
    const question = `${from} ${key}`;
    const known = nearest.get(question);
    if (known) return known;
    const found: Holder[] = [];
    for (const { ring, resources } of lookup.rings(key, from, files.rootOf(from), ask)) {
      const twins = resources
        .filter((twin) => twin.namespace === resource.namespace)
        .map(({ uri }) => ({ uri, ring, size: files.resourcesOf(uri).length }));
      for (const twin of twins.sort(byNearness))
        if (!found.some(({ uri }) => folderOf(uri) === folderOf(twin.uri))) found.push(twin);
      if (found.length >= 2) break;
    }
    nearest.set(question, found.slice(0, 2));
    return found.slice(0, 2);
  }

  function repeats(uri: string, ring: number, from: string): boolean {
    const resources = files.resourcesOf(uri);
    const self: Holder = { uri, ring, size: resources.length };
    const isOther = (holder: Holder) =>
      holder.uri !== uri && !(isFolderRing(ring) && folderOf(holder.uri) === folderOf(uri));
    return resources.some(
      (resource) =>
        resource.name !== undefined &&
        holders(resource, resource.name, from).some(
          (holder) => isOther(holder) && byNearness(holder, self) < 0 && !isLeftOut(holder, ring, from),
        ),
    );
  }

  /** Of an all-in-one file and two parts, the reader one of the parts: the all-in-one file is no reason to leave out the other. */
  function isLeftOut(holder: Holder, ring: number, from: string): boolean {
    return holder.ring === ring && !isFolderRing(ring) && isAlternative(holder.uri, from);
  }

  function isAlternative(uri: string, from: string): boolean {
    const ring = ringOf(from, uri);
    if (ring === 0) return false;
    const place = isFolderRing(ring) ? folderOf(uri) : uri;
    const question = `${from} ${place}`;
    const known = answers.get(question);
    if (known !== undefined) return known;
    const answer = isFolderRing(ring)
      ? files.filesIn(place).some((uri) => repeats(uri, ring, from))
      : repeats(place, ring, from);
    answers.set(question, answer);
    return answer;
  }

  return (resource, from) => isAlternative(resource.uri, from);
}

/** Inside one ring the file with more objects, then the shorter path, is nearer. */
function byNearness(a: Holder, b: Holder): number {
  return (
    a.ring - b.ring || b.size - a.size || a.uri.length - b.uri.length || (a.uri < b.uri ? -1 : a.uri > b.uri ? 1 : 0)
  );
}
