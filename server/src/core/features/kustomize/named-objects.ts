/** The objects that a name in a patch, in `replicas` or in `images` means. */
import type { Resource } from '../../resource';
import type { Scalar, Span } from '../../value';
import { get, items, scalar } from '../../value';
import type { Snapshot } from '../../workspace';
import { shownBundle } from '../../world';
import { readDocument } from '../../yaml';
import { isInside, touchedBy, twinsOf } from './changes';
import { kustomizationFile } from './file';

interface Meant {
  /** The name that is written. */
  readonly at: Span;
  readonly objects: readonly Resource[];
}

/** The objects of the shown bundle that a patch in a file of its own is applied to, where the offset is on their name. */
export function patchedObjects(snapshot: Snapshot, uri: string, offset: number): Meant | undefined {
  const bundle = shownBundle(snapshot, uri);
  const text = snapshot.file(uri)?.text;
  if (!bundle || text === undefined) return undefined;
  const patched = snapshot.render(bundle).patched.filter(({ patch }) => patch.uri === uri && holds(patch, offset));
  const [first] = patched;
  const at = first && scalar(readDocument(uri, text, first.patch, 'kustomize').value, 'metadata', 'name')?.origin;
  if (!at || !holds(at, offset)) return undefined;
  const sources = patched.map(({ source }) => source);
  return { at, objects: bundle.resources.filter((resource) => sources.some((source) => isSame(resource.at, source))) };
}

/** What an entry of `replicas` counts, as objects, or the images that one of `images` is about, as places. */
export function entryPlaces(
  snapshot: Snapshot,
  uri: string,
  offset: number,
): { readonly from: Span; readonly to: readonly { readonly at: Span; readonly name: Span }[] } | undefined {
  const tree = kustomizationFile(snapshot, uri)?.tree;
  const bundle = shownBundle(snapshot, uri);
  if (!tree || !bundle) return undefined;
  for (const field of ['replicas', 'images'] as const)
    for (const item of items(get(tree, field))) {
      const name: Scalar | undefined = scalar(item, 'name');
      if (!name || !holds(name.origin, offset)) continue;
      const isPart = (span: Span) => isInside(span, item.origin);
      const build = snapshot.render(bundle);
      const to =
        field === 'images'
          ? twinsOf(build, isPart).flatMap((twin) => twin.to.filter((span) => !isPart(span)))
          : touchedBy(build, isPart).map(({ at }) => at);
      const unique = to.filter((span, index) => to.findIndex((other) => isSame(span, other)) === index);
      const nameOf = (at: Span) => bundle.resources.find((resource) => isSame(resource.at, at))?.nameAt ?? at;
      return unique.length === 0
        ? undefined
        : { from: name.origin, to: unique.map((at) => ({ at, name: nameOf(at) })) };
    }
  return undefined;
}

function holds({ start, end }: Span, offset: number): boolean {
  return start <= offset && offset <= end;
}

function isSame(a: Span, b: Span): boolean {
  return a.uri === b.uri && a.start === b.start;
}
