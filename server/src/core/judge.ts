/** How the workspace has its files judged, so that it knows no rule. */
import type { ManifestFile } from './bundle/file';
import type { ReadConfig } from './config/read';
import type { Finding } from './finding';
import type { ReadResource } from './kinds/read';
import type { Links } from './links';
import type { Resource } from './resource';
import type { Settings } from './settings';
import type { JudgedIgnore } from './suppression/ignore';

export interface Judge {
  /** What the text of one file decides. */
  local(file: ManifestFile, settings: Settings): readonly Finding[];
  /** What the resources of one rendered bundle decide, each on its own or together. */
  rendered(reads: readonly ReadResource[], uri: string, settings: Settings): readonly Finding[];
  /** What a resource's links decide. */
  linked(resource: Resource, links: Links, settings: Settings): readonly Finding[];
  /** What is wrong with a configuration file. */
  config(config: ReadConfig): readonly Finding[];
  /** What is wrong with the ignores of a file, when all else about it is known. */
  ignores(uri: string, ignores: readonly JudgedIgnore[]): readonly Finding[];
}
