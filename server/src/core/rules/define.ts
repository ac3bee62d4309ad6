/** The shape of a rule. The folder is the registry: a file here, with its page beside it, is a rule. */
import type { ManifestDocument, ManifestFile } from '../bundle/file';
import type { ReadConfig } from '../config/read';
import type { Draft, Level } from '../finding';
import type { ReadResource } from '../kinds/read';
import type { Rendered } from '../judge';
import type { Links } from '../links';
import type { EdgeType, Reference, Resource } from '../resource';
import type { Settings } from '../settings';
import type { TextOf } from '../text';
import type { JudgedIgnore } from '../suppression/ignore';

/**
 * What a resource says, for rules that have nothing to say about one without it: its facts, a selector or a reference of
 * some role.
 */
export type Subject =
  | 'pods'
  | 'service'
  | 'manual'
  | 'policy'
  | 'gateway'
  | 'cluster'
  | 'addresses'
  | `selector ${EdgeType}`
  | `reference ${Reference['role']}`;

export interface Rule {
  readonly id: string;
  /** What it finds, in one sentence without a full stop. */
  readonly summary: string;
  /** The levels it may have, the usual one first. */
  readonly levels: readonly Level[];
  /** It judges only resources, and documents and files with a resource, that have one of these. All, where nothing is said. */
  readonly about?: readonly Subject[];
  /** Judges a document of the file, also one that could not be read. */
  readonly document?: (document: ManifestDocument, file: ManifestFile, settings: Settings) => Iterable<Draft>;
  /** Judges one resource with its tree, as it is written or rendered; `textOf` is for fixes. */
  readonly resource?: (read: ReadResource, settings: Settings, textOf: TextOf) => Iterable<Draft>;
  /** Judges resources that are applied together: one file, or one rendered bundle. */
  readonly together?: (reads: readonly ReadResource[], settings: Settings) => Iterable<Draft>;
  /** Judges how a kustomization is built. */
  readonly bundle?: (bundle: Rendered, settings: Settings) => Iterable<Draft>;
  /** Judges one resource by its facts and those it is linked with. Runs again when what it asked for changes. */
  readonly linked?: (resource: Resource, links: Links, settings: Settings) => Iterable<Draft>;
  /** Judges a podpath.yaml; `ids` are those of all rules. */
  readonly config?: (config: ReadConfig, ids: readonly string[]) => Iterable<Draft>;
  /** Judges what a file ignores, when all else about it is known; `ids` are those of all rules. */
  readonly ignores?: (ignores: readonly JudgedIgnore[], ids: readonly string[]) => Iterable<Draft>;
}

/** Identity function that gives a rule its type. */
export function defineRule(rule: Rule): Rule {
  return rule;
}
