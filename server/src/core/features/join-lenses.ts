/** Lenses of a file that several kustomizations build: one where all agree, else each with those that it holds in. */
import { namesOf } from '../bundle-findings';
import type { Bundle } from '../bundle-types';
import type { Snapshot } from '../workspace';
import type { Lens } from './lenses';

/** More names than these are counted. */
const MAX_NAMES = 2;

/** In the order of the file, then of the bundles. A click leads to the places of all that agree. */
export function joinLenses(snapshot: Snapshot, found: ReadonlyMap<Bundle, readonly Lens[]>): Lens[] {
  const alike = new Map<string, { readonly lens: Lens; readonly bundles: Bundle[] }>();
  for (const [bundle, lenses] of found)
    for (const lens of lenses) {
      const key = `${lens.span.start} ${lens.title}`;
      const known = alike.get(key);
      if (known) known.bundles.push(bundle);
      else alike.set(key, { lens, bundles: [bundle] });
    }
  const names = namesOf(snapshot.bundles());
  return [...alike.values()]
    .sort((a, b) => a.lens.span.start - b.lens.span.start)
    .map(({ lens, bundles }) => {
      if (bundles.length === found.size) return lens;
      const where =
        bundles.length > MAX_NAMES
          ? `${bundles.length} of ${found.size} overlays`
          : bundles.map((bundle) => names.get(bundle) ?? bundle.folder).join(' and ');
      return { ...lens, title: `${lens.title} in ${where}` };
    });
}
