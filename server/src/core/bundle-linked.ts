/** What links decide about each resource of a bundle, and what it depends on, so that an edit judges few of them again. */
import { bundleLinks } from './bundle-links';
import { folderOf } from './bundle/directory';
import type { RenderedObjects } from './bundle-resources';
import type { Bundle, Host } from './bundle-types';
import type { Finding } from './finding';
import { keysOf } from './keys';
import type { Lookup } from './lookup';
import { createLookup } from './lookup';
import type { Resource } from './resource';

export interface Linked {
  readonly findings: readonly Finding[];
  /** Keys of the bundle's own resources, and of the plain files. */
  readonly inside: ReadonlySet<string>;
  readonly outside: ReadonlySet<string>;
  /** It depends on more of the bundle than its keys. */
  readonly whole: boolean;
}

/** A bundle with all that linking it needs. */
interface Linking extends Bundle {
  readonly lookup: Lookup;
  readonly rendered: RenderedObjects;
  readonly linked: Map<Resource, Linked>;
}

/** What links decide about a resource, judged now if that is not known. */
export function linkedOf(host: Host, bundle: Linking, resource: Resource): Linked {
  const known = bundle.linked.get(resource);
  if (known) return known;
  const inside = new Set<string>();
  const outside = new Set<string>();
  let whole = false;
  const links = bundleLinks(host, bundle, bundle.lookup, {
    inside: (key) => inside.add(key),
    outside: (key) => outside.add(key),
    whole: () => {
      whole = true;
    },
  });
  const findings = host.judge.linked(resource, links, bundle.rendered.settings);
  const linked = { findings, inside, outside, whole };
  bundle.linked.set(resource, linked);
  return linked;
}

/** The lookup of a bundle that was built again, and what is still true of the findings of the build before. */
export function takeOver(
  bundle: Omit<Linking, 'lookup' | 'linked'>,
  before: Linking | undefined,
): Pick<Linking, 'lookup' | 'linked'> {
  const lookup = before?.lookup ?? createLookup(keysOf);
  const linked = new Map<Resource, Linked>();
  const present = new Set(bundle.resources);
  const former = new Set(before?.resources);
  const root = folderOf(bundle.id);
  for (const resource of former) if (!present.has(resource)) lookup.remove(resource, root);
  for (const resource of bundle.resources) if (!former.has(resource)) lookup.add(resource, root);
  const changed = lookup.takeChanged();
  if (!before || !isAlike(bundle, before)) return { lookup, linked };
  for (const [resource, known] of before.linked)
    if (present.has(resource) && !known.whole && !overlap(changed, known.inside)) linked.set(resource, known);
  return { lookup, linked };
}

/** What every answer may depend on is as it was. */
function isAlike(a: Omit<Linking, 'lookup' | 'linked'>, b: Linking): boolean {
  return (
    a.rendered.settings === b.rendered.settings &&
    a.complete === b.complete &&
    a.reads.size === b.reads.size &&
    [...a.reads].every((uri) => b.reads.has(uri))
  );
}

function overlap(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  for (const key of b) if (a.has(key)) return true;
  return false;
}
