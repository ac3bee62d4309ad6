/** References and selectors resolved, both ways, as a file sees its world: nearest first, never across namespaces. */
import { alternatives } from './bundle/alternatives';
import {
  broadSelectorKey,
  chosenKey,
  inNamespaceKey,
  isFiled,
  kindKey,
  labelKey,
  nameKey,
  openLabelKey,
  referrerKey,
  selectorKey,
} from './keys';
import { allKinds, tableOf } from './kinds/table';
import type { Ask, Lookup, Ring } from './lookup';
import { inFileOrder } from './lookup';
import { chosenBy, podsMatch } from './pods-match';
import type { GroupKind, Reference, Resource, SelectorUse } from './resource';
import { sameKind } from './resource';
import { flatten, merge } from './rings';
import type { ClosedWorld } from './settings';
import { isTemplated } from './templated';
import { folderOf } from './bundle/directory';

/** What a reference or selector leads to. */
export interface Resolution {
  /** Objects that are meant for certain; several when files hold alternatives of one object. */
  readonly to: readonly Resource[];
  /** Objects that may be meant (a namespace written on one side only, a file that a kustomization owns): they silence findings. */
  readonly maybe: readonly Resource[];
  /** Objects that would be meant if their namespace were this one. */
  readonly elsewhere: readonly Resource[];
  /** A part is templated, so nothing can be said. */
  readonly unknown: boolean;
}

export interface Referrer {
  readonly from: Resource;
  readonly reference: Reference;
}

export interface SelectedBy {
  readonly from: Resource;
  readonly use: SelectorUse;
}

/** Answers for one reader; every question is told to its `ask`. */
export interface Links {
  resolve(from: Resource, reference: Reference): Resolution;
  /** What a selector chooses, pods or objects by their own labels: in file and folder all, else in the nearest ring that has some. */
  select(from: Resource, use: SelectorUse): Resolution;
  referrers(to: Resource): readonly Referrer[];
  /** Selectors of these kinds (all, when none is named) that choose the pods of a workload, or an object by its labels. */
  selectedBy(workload: Resource, kinds?: readonly GroupKind[]): readonly SelectedBy[];
  /** All objects of a kind whose table says `listed`, in the same workspace folder. */
  all(from: Resource, of: GroupKind): readonly Resource[];
  /** True when the file of a resource is a variant of what is nearer to the file `from`. */
  isAlternative(resource: Resource, from: string): boolean;
  /** The resources of the same file. */
  siblings(of: Resource): readonly Resource[];
  /** True when a document of the same file or folder could not be read: what is missing may stand there. */
  hasUnreadable(near: Resource): boolean;
  /**
   * For what is rendered: whether all that is applied together is here, so that what is missing is missing for certain.
   * Undefined for plain files.
   */
  isComplete(of: Resource): boolean | undefined;
  /**
   * What a reference would lead to, had the build that renders both not given it another name: objects with a former
   * name that `isMeant`, by itself the one that is written.
   */
  formerly(from: Resource, reference: Reference, isMeant?: (former: string) => boolean): readonly Resource[];
  /**
   * The name that a person writes in a reference to mean an object: before the build renames it, where the build follows
   * the reference. Undefined where that cannot be told.
   */
  nameFor(from: Resource, reference: Reference, to: Resource): string | undefined;
  /** Whether what is not found here is taken to be nowhere, by the settings of a resource's file. */
  closedWorld(of: Resource): ClosedWorld;
  /** The text of a resource's file, for fixes that add something there. */
  text(of: Resource): string;
  /** The lookup itself, for searches of near misses. */
  rings(key: string, from: Resource): Iterable<Ring>;
  /** Under a name or label key: what lies in the folder of `from` or has this namespace written, nearest first. */
  close(key: string, from: Resource, namespace: string | undefined): readonly Resource[];
  near(field: string, wanted: string): readonly string[];
}

/** The files behind the links. */
export interface Files {
  rootOf(uri: string): string;
  resourcesOf(uri: string): readonly Resource[];
  /** Files of a folder (not of its subfolders). */
  filesIn(folder: string): readonly string[];
  hasUnreadable(uri: string): boolean;
  textOf(uri: string): string;
  /** The setting that holds for a file. */
  closedWorld(uri: string): ClosedWorld;
}

/** What is probably meant: the objects that are meant for certain, else those that may be. */
export function likely({ to, maybe }: Resolution): readonly Resource[] {
  return to.length > 0 ? to : maybe;
}

/** How two namespaces as written agree. Unset is unknown: it may silence a finding, and never joins two that differ. */
export function namespacesAgree(a: string | undefined, b: string | undefined): 'yes' | 'maybe' | 'no' {
  if (a === b) return 'yes';
  return a === undefined || b === undefined ? 'maybe' : 'no';
}

const selectingKinds = allKinds.filter((kind) => kind.selectors?.some(isFiled));
const unknown: Resolution = { to: [], maybe: [], elsewhere: [], unknown: true };

/** More objects elsewhere than this are no help in a message. */
const MAX_ELSEWHERE = 8;

export function createLinks(lookup: Lookup, files: Files, ask: Ask): Links {
  const isAlternative = alternatives(lookup, files, ask);
  /** Every workload of a file asks for all policies of the cluster. */
  const listed = new Map<string, readonly Resource[]>();
  const rings = (key: string, from: Resource) => lookup.rings(key, from.uri, files.rootOf(from.uri), ask);

  const resolve = remembered((from: Resource, reference: Reference): Resolution => {
    const namespace = reference.namespace?.text ?? from.namespace;
    if (
      isTemplated(reference.name.text) ||
      isTemplated(namespace ?? '') ||
      isTemplated(from.names.namespace?.text ?? '')
    )
      return unknown;
    return sort(
      from,
      [namespace],
      rings(nameKey(reference.target, reference.name.text), from),
      (ring) => ring.resources.length > 0,
    );
  });

  const select = remembered((from: Resource, use: SelectorUse): Resolution => {
    if (use.unknown || isTemplated(from.names.namespace?.text ?? '')) return unknown;
    if (use.selector === 'nothing') return { to: [], maybe: [], elsewhere: [], unknown: false };
    const matching = function* (): Iterable<Ring> {
      for (const ring of candidates(from, use)) {
        yield {
          ring: ring.ring,
          resources: ring.resources.filter((item) => matches(use, item)),
        };
      }
    };
    const wanted = use.namespaces?.map(({ text }) => text) ?? [from.namespace];
    const found = sort(from, wanted, matching(), (ring) => ring.ring >= 1, use.anyNamespace);
    if (found.to.length < 2) return found;
    const real = found.to.filter((workload) => !isAlternative(workload, from.uri));
    return real.length > 0 ? { ...found, to: real } : found;
  });

  /** Resources that can match, nearest ring first: those with the rarest pair, or all of the namespace. */
  function candidates(from: Resource, use: SelectorUse): Iterable<Ring> {
    const keys = use.pairs.map(({ key, value }) => [
      labelKey(key.text, value.text, use.selects),
      ...(use.selects === 'pods' ? [openLabelKey(key.text)] : []),
    ]);
    const size = (pair: readonly string[]) => pair.reduce((sum, key) => sum + lookup.count(key), 0);
    const rarest = keys.reduce<readonly string[] | undefined>(
      (best, pair) => (best && size(best) <= size(pair) ? best : pair),
      undefined,
    );
    const namespaces = [...(use.namespaces?.map(({ text }) => text) ?? [from.namespace]), undefined];
    return merge(
      (rarest ?? [...new Set(namespaces.map((namespace) => chosenKey(namespace, use.selects)))]).map((key) =>
        rings(key, from),
      ),
    );
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
          .filter(
            (use) =>
              isFiled(use) && use.role !== 'allows' && matches(use, workload) && leadsTo(select(from, use), workload),
          )
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
    isAlternative,
    siblings: (of) => files.resourcesOf(of.uri),
    isComplete: () => undefined,
    formerly: () => [],
    nameFor: (_from, _reference, to) => to.name,
    closedWorld: (of) => files.closedWorld(of.uri),
    text: (of) => files.textOf(of.at.uri),
    hasUnreadable(near) {
      const folder = folderOf(near.uri);
      ask(unreadableKey(folder));
      return files.filesIn(folder).some((uri) => files.hasUnreadable(uri));
    },
  };
}

/** Links that answer for each resource by its own: those of its bundle, or of the plain files. */
export function dispatched(plain: Links, linksOf: (of: Resource) => Links): Links {
  return {
    resolve: (from, reference) => linksOf(from).resolve(from, reference),
    select: (from, use) => linksOf(from).select(from, use),
    referrers: (to) => linksOf(to).referrers(to),
    selectedBy: (workload, kinds) => linksOf(workload).selectedBy(workload, kinds),
    all: (from, of) => linksOf(from).all(from, of),
    isAlternative: (resource, from) => linksOf(resource).isAlternative(resource, from),
    siblings: (of) => linksOf(of).siblings(of),
    hasUnreadable: (near) => linksOf(near).hasUnreadable(near),
    isComplete: (of) => linksOf(of).isComplete(of),
    formerly: (from, reference, isMeant) => linksOf(from).formerly(from, reference, isMeant),
    nameFor: (from, reference, to) => linksOf(from).nameFor(from, reference, to),
    closedWorld: (of) => linksOf(of).closedWorld(of),
    text: (of) => plain.text(of),
    rings: (key, from) => linksOf(from).rings(key, from),
    close: (key, from, namespace) => linksOf(from).close(key, from, namespace),
    near: (field, wanted) => plain.near(field, wanted),
  };
}

/** Several rules ask the same question; the links answer for one state of the workspace, so one answer will do. */
function remembered<T extends object>(
  answer: (from: Resource, question: T) => Resolution,
): (from: Resource, question: T) => Resolution {
  const known = new Map<T, { readonly from: Resource; readonly resolution: Resolution }>();
  return (from, question) => {
    const found = known.get(question);
    if (found?.from === from) return found.resolution;
    const resolution = answer(from, question);
    known.set(question, { from, resolution });
    return resolution;
  };
}

/** The key of "does this folder hold documents that cannot be read?". */
export function unreadableKey(folder: string): string {
  return `unreadable ${folder}`;
}

/**
 * Goes through rings, nearest first, until one that is `enough` has an object that is meant for certain, or
 * all that follow are farther than the first ring with one.
 */
function sort(
  from: Resource,
  namespaces: readonly (string | undefined)[],
  rings: Iterable<Ring>,
  enough: (ring: Ring) => boolean,
  anyNamespace = false,
): Resolution {
  const to: Resource[] = [];
  const maybe: Resource[] = [];
  const elsewhere: Resource[] = [];
  for (const ring of rings) {
    if (to.length > 0 && ring.ring > 1) break;
    for (const resource of ring.resources) {
      const agree = anyNamespace || resource.clusterScoped ? 'yes' : agreeWithOne(namespaces, resource.namespace);
      if (agree === 'no') {
        if (elsewhere.length < MAX_ELSEWHERE) elsewhere.push(resource);
      } else if (agree === 'yes' && (!resource.owned || from.owned)) to.push(resource);
      else maybe.push(resource);
    }
    if (to.length > 0 && enough(ring)) break;
  }
  return { to, maybe, elsewhere, unknown: false };
}

function agreeWithOne(namespaces: readonly (string | undefined)[], namespace: string | undefined) {
  const answers = namespaces.map((item) => namespacesAgree(item, namespace));
  return answers.find((answer) => answer === 'yes') ?? answers.find((answer) => answer === 'maybe') ?? 'no';
}

function matches(use: SelectorUse, resource: Resource): boolean {
  const chosen = chosenBy(use.selects, resource);
  return chosen !== undefined && podsMatch(use, chosen);
}

function leadsTo(resolution: Resolution, to: Resource): boolean {
  return resolution.to.includes(to) || resolution.maybe.includes(to);
}
