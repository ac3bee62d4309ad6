/** Links made of a lookup: what things lead to, and who leads to them. */
import { folderOf } from './bundle/directory';
import { broadSelectorKey, inNamespaceKey, isFiled, kindKey, referrerKey, selectorKey } from './keys';
import { allKinds, tableOf } from './kinds/table';
import type { Files, Links, Referrer, Resolution, SelectedBy } from './links';
import { unreadableKey } from './links';
import type { Ask, Lookup } from './lookup';
import { inFileOrder } from './lookup';
import type { Resolver } from './resolver';
import { createResolver, matches } from './resolver';
import type { GroupKind, Reference, Resource, SelectorUse } from './resource';
import { sameKind } from './resource';
import { flatten, merge } from './rings';

/** What a reference or selector leads to, and the keys that this depends on. */
interface Meant {
  readonly from: Resource;
  readonly resolution: Resolution;
  readonly asked: ReadonlySet<string>;
}

/** What the links of one reader share with those of others, made for the same state of the workspace. */
export interface Sharing {
  /** The file for which the links are made: what its own resources ask, no other file needs. */
  readonly reader: string;
  /** Many files ask what one policy or Service means. */
  readonly answers: Map<Reference | SelectorUse, Meant>;
}

const selectingKinds = allKinds.filter((kind) => kind.selectors?.some(isFiled));

export function createLinks(lookup: Lookup, files: Files, ask: Ask, sharing?: Sharing): Links {
  const own = createResolver(lookup, files, ask);
  const rings = (key: string, from: Resource) => own.rings(key, from);
  /** Every workload of a file asks for all policies of the cluster. */
  const listed = new Map<string, readonly Resource[]>();

  function resolve(from: Resource, reference: Reference): Resolution {
    return answer(from, reference, (resolver) => resolver.resolve(from, reference));
  }

  function select(from: Resource, use: SelectorUse): Resolution {
    return answer(from, use, (resolver) => resolver.select(from, use));
  }

  function answer(
    from: Resource,
    question: Reference | SelectorUse,
    by: (resolver: Resolver) => Resolution,
  ): Resolution {
    if (!sharing || from.uri === sharing.reader) return by(own);
    const known = sharing.answers.get(question);
    const meant = known?.from === from ? known : meaning(from, by);
    sharing.answers.set(question, meant);
    for (const key of meant.asked) ask(key);
    return meant.resolution;
  }

  function meaning(from: Resource, by: (resolver: Resolver) => Resolution): Meant {
    const asked = new Set<string>();
    const resolution = by(createResolver(lookup, files, (key) => asked.add(key)));
    return { from, resolution, asked };
  }

  function referrers(to: Resource): Referrer[] {
    const { name } = to;
    if (name === undefined) return [];
    const key = referrerKey(to, name);
    const keys = to.namespace === undefined ? [key] : [inNamespaceKey(key, to.namespace), inNamespaceKey(key, '')];
    return flatten(merge(keys.map((item) => rings(item, to)))).flatMap((from) =>
      from.references
        .filter((item) => item.name.text === name && sameKind(item.target, to) && leadsTo(resolve(from, item), to))
        .map((reference) => ({ from, reference })),
    );
  }

  function selectedBy(workload: Resource, kinds: readonly GroupKind[] = selectingKinds): SelectedBy[] {
    const { namespace } = workload;
    const chosenAs = tableOf(workload)?.chosenAs;
    const labels = [...(workload.pods?.labels ?? []), ...(chosenAs ? workload.labels : [])];
    const keys = kinds.flatMap((kind) => [
      ...labels
        .map(({ key, value }) => selectorKey(kind, key.text, value.text))
        .flatMap((key) =>
          namespace === undefined ? [key] : [inNamespaceKey(key, namespace), inNamespaceKey(key, '')],
        ),
      broadSelectorKey(kind, namespace),
      ...(namespace === undefined ? [] : [broadSelectorKey(kind, undefined)]),
    ]);
    const found = new Set(keys.flatMap((key) => flatten(rings(key, workload))));
    return [...found]
      .sort(inFileOrder)
      .flatMap((from) =>
        from.selectors
          .filter((use) => isFiled(use) && matches(use, workload) && leadsTo(select(from, use), workload))
          .map((use) => ({ from, use })),
      );
  }

  return {
    resolve,
    select,
    referrers,
    selectedBy,
    rings,
    close(key, from, namespace) {
      const here = lookup.inFolder(key, from.uri, ask);
      const there = namespace === undefined ? [] : flatten(rings(inNamespaceKey(key, namespace), from));
      return [...new Set([...here, ...there])];
    },
    near: (field, wanted) => lookup.near(field, wanted, ask),
    all(from, of) {
      const question = `${kindKey(of)} ${from.uri}`;
      const found = listed.get(question) ?? flatten(rings(kindKey(of), from));
      listed.set(question, found);
      return found;
    },
    isAlternative: (resource, from) => own.isAlternative(resource, from),
    siblings: (of) => files.resourcesOf(of.uri),
    isComplete: () => undefined,
    kustomizationOf: () => undefined,
    formerly: () => [],
    nameFor: (_from, _reference, to) => to.name,
    closedWorld: (of) => files.closedWorld(of.uri),
    text: (of) => files.textOf(of.at.uri),
    hasUnreadable(near) {
      const folder = folderOf(near.uri);
      ask(unreadableKey(folder));
      return files.hasUnreadable(folder);
    },
  };
}

function leadsTo(resolution: Resolution, to: Resource): boolean {
  return resolution.to.includes(to) || resolution.maybe.includes(to);
}
