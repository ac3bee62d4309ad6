/** How the workspace has its files judged, so that it knows no rule. */
import type { ManifestFile } from './bundle/file';
import type { Build } from './bundle/kustomize/build';
import type { ReadConfig } from './config/read';
import type { Finding } from './finding';
import type { ReadResource } from './kinds/read';
import type { Links } from './links';
import type { Resource } from './resource';
import type { Settings } from './settings';
import type { JudgedIgnore } from './suppression/ignore';
import type { TextOf } from './text';

/** A kustomization that has been built. */
export interface Rendered {
  /** The kustomization file. */
  readonly from: string;
  readonly build: Build;
  /** Its resources, if they are to be judged. */
  readonly reads: readonly ReadResource[];
  readonly textOf: TextOf;
}

export interface Judge {
  /** What the text of one file decides. */
  local(file: ManifestFile, settings: Settings): readonly Finding[];
  /** What a resource of a bundle decides on its own; `from` is the kustomization file. */
  alone(read: ReadResource, from: string, settings: Settings, textOf: TextOf): readonly Finding[];
  /** What building a bundle says, and what its resources decide together. */
  rendered(bundle: Rendered, settings: Settings): readonly Finding[];
  /** Told of what threw outside of all rules: what was being done, with which file. */
  failed(what: string, uri: string, error: unknown): void;
  /** What a resource's links decide. */
  linked(resource: Resource, links: Links, settings: Settings): readonly Finding[];
  /** What is wrong with a configuration file. */
  config(config: ReadConfig): readonly Finding[];
  /** What is wrong with the ignores of a file, when all else about it is known. */
  ignores(uri: string, ignores: readonly JudgedIgnore[], settings: Settings): readonly Finding[];
}
