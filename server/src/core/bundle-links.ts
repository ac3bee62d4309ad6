/** What the resources of a bundle are linked with: each other, and for what the bundle lacks perhaps files outside of it. */
import { folderOf } from './bundle/directory';
import { isNameFollowed } from './bundle/kustomize/name-references';
import { isKustomization, namedBy } from './bundle/role';
import type { Bundle, Host } from './bundle-types';
import type { Links, Resolution } from './links';
import { namespacesAgree } from './links';
import { createLinks } from './linking';
import type { Ask, Lookup } from './lookup';
import { isNear } from './near';
import type { Reference, Resource, SelectorUse } from './resource';
import { sameKind } from './resource';

/** Told of all that answers depend on. */
export interface BundleAsks {
  /** A key of the bundle's own resources. */
  readonly inside: Ask;
  /** A key of the plain files. */
  readonly outside: Ask;
  /** More of the bundle than keys tell: all its resources, or a text. */
  readonly whole: () => void;
}

export function bundleLinks(host: Host, bundle: Bundle, lookup: Lookup, asks: BundleAsks): Links {
  const inside = createLinks(
    lookup,
    {
      rootOf: folderOf,
      resourcesOf: () => (asks.whole(), bundle.resources),
      filesIn: () => [bundle.id],
      hasUnreadable: () => !bundle.complete,
      textOf: (uri) => (asks.whole(), host.textOf(uri) ?? ''),
      closedWorld: () => host.settings(bundle.from).closedWorld,
    },
    asks.inside,
  );
  const outside = host.outside(asks.outside);

  /** What is found inside, else what stands outside: it may be applied beside the bundle, so it silences a finding. */
  function widened<T>(
    within: (from: Resource, question: T) => Resolution,
    beyond: (from: Resource, question: T) => Resolution,
  ): (from: Resource, question: T) => Resolution {
    const known = new Map<T, Resolution>();
    return (from, question) => {
      const found = within(from, question);
      if (found.unknown || found.to.length > 0) return found;
      const answer = known.get(question) ?? widen(found, beyond({ ...from, uri: bundle.from }, question));
      known.set(question, answer);
      return answer;
    };
  }

  function widen(found: Resolution, { to, maybe }: Resolution): Resolution {
    const others = [...to, ...maybe].filter(({ uri }) => !bundle.reads.has(uri));
    return others.length > 0 ? { ...found, maybe: [...found.maybe, ...others] } : found;
  }

  return {
    ...inside,
    isComplete: () => bundle.complete,
    kustomizationOf({ at }) {
      asks.whole();
      for (const uri of bundle.reads) {
        const text = isKustomization(uri) ? host.textOf(uri) : undefined;
        if (text !== undefined && namedBy(uri, text).files.includes(at.uri)) return { uri, text, textOf: host.textOf };
      }
      return undefined;
    },
    nameFor(from, { target, name, path }, to) {
      asks.whole();
      const names = bundle.formerly.get(to) ?? [];
      if (names.length === 0 || !isNameFollowed(from, path, target)) return to.name;
      return names.length === 1 ? names[0] : names.find((former) => isNear(name.text, former));
    },
    formerly: (from, { target, name, namespace }, isMeant = (former) => former === name.text) => (
      asks.whole(),
      [...bundle.formerly].flatMap(([to, names]) =>
        names.some(isMeant) &&
        sameKind(to, target) &&
        (to.clusterScoped || namespacesAgree(namespace?.text ?? from.namespace, to.namespace) !== 'no')
          ? [to]
          : [],
      )
    ),
    resolve: widened(
      (from, reference: Reference) => inside.resolve(from, reference),
      (from, reference) => outside.resolve(from, reference),
    ),
    select: widened(
      (from, use: SelectorUse) => inside.select(from, use),
      (from, use) => outside.select(from, use),
    ),
  };
}
