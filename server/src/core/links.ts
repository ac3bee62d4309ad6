/** References and selectors resolved, both ways, as a file sees its world: nearest first, never across namespaces. */
import type { Ring } from './lookup';
import type { GroupKind, Reference, Resource, SelectorUse } from './resource';
import type { ClosedWorld } from './settings';

/** What a reference or selector leads to. */
export interface Resolution {
  /** Objects that are meant for certain; several when files hold alternatives of one object. */
  readonly to: readonly Resource[];
  /** Objects that may be meant (a namespace written on one side only, a file that a kustomization owns): they silence findings. */
  readonly maybe: readonly Resource[];
  /** Where no object is meant: those that would be if their namespace were this one. */
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
  /** For what is rendered, the kustomization that names its file, and the texts of files beside it. */
  kustomizationOf(of: Resource): NamingKustomization | undefined;
  closedWorld(of: Resource): ClosedWorld;
  /** The text of a resource's file, for fixes that add something there. */
  text(of: Resource): string;
  /** The lookup itself, for searches of near misses. */
  rings(key: string, from: Resource): Iterable<Ring>;
  /** Under a name or label key: what lies in the folder of `from` or has this namespace written, nearest first. */
  close(key: string, from: Resource, namespace: string | undefined): readonly Resource[];
  near(field: string, wanted: string): readonly string[];
}

/** A kustomization file that names another file. */
export interface NamingKustomization {
  readonly uri: string;
  readonly text: string;
  /** The text of any file; undefined when there is none. */
  readonly textOf: (uri: string) => string | undefined;
}

/** The files behind the links. */
export interface Files {
  rootOf(uri: string): string;
  resourcesOf(uri: string): readonly Resource[];
  /** Files of a folder (not of its subfolders). */
  filesIn(folder: string): readonly string[];
  /** One of the files of a folder holds a document that cannot be read. */
  hasUnreadable(folder: string): boolean;
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
    kustomizationOf: (of) => linksOf(of).kustomizationOf(of),
    closedWorld: (of) => linksOf(of).closedWorld(of),
    text: (of) => plain.text(of),
    rings: (key, from) => linksOf(from).rings(key, from),
    close: (key, from, namespace) => linksOf(from).close(key, from, namespace),
    near: (field, wanted) => plain.near(field, wanted),
  };
}

/** The key of "does this folder hold documents that cannot be read?". */
export function unreadableKey(folder: string): string {
  return `unreadable ${folder}`;
}
