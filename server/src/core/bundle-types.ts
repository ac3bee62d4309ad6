/** What a bundle is: what one kustomization builds that is applied on its own; and what bundles need of the workspace. */
import type { Deployment } from './bundle/deployment';
import type { Supply } from './bundle/kustomize/supply';
import type { Chosen } from './environment';
import type { Judge } from './judge';
import type { Links } from './links';
import type { Ask } from './lookup';
import type { Resource } from './resource';
import type { Settings } from './settings';

/** A bundle as it stands: what a kustomization builds. */
export interface Bundle extends Chosen {
  /** The `uri` of its resources. */
  readonly id: string;
  /** The kustomization file that it is built from, which lies in its folder. */
  readonly from: string;
  /** What applies it and adds to it: a Kustomization of Flux, an Application of Argo CD. */
  readonly deployment: Deployment | undefined;
  /** What that adds, with the variables of the workspace. */
  readonly supply: Supply | undefined;
  /** What it is called in its folder, where several deployments apply that. */
  readonly label: string | undefined;
  /** In the order in which they are printed. */
  readonly resources: readonly Resource[];
  /** The names that resources had before the build gave them others. */
  readonly formerly: ReadonlyMap<Resource, readonly string[]>;
  /** The files that it is made of, also such as are missing. */
  readonly reads: ReadonlySet<string>;
  /** Folders of whose files the names count. */
  readonly listed: ReadonlySet<string>;
  /** False when it builds on something that is not here, a chart or a remote resource: what is missing may stand there. */
  readonly complete: boolean;
}

/** What bundles need of the workspace. */
export interface Host {
  readonly judge: Judge;
  /** The settings that hold for a kustomization file. */
  readonly settings: (kustomization: string) => Settings;
  readonly textOf: (uri: string) => string | undefined;
  readonly resourcesOf: (uri: string) => readonly Resource[];
  /** The workspace folder of a file. */
  readonly rootOf: (uri: string) => string;
  /** All folders in which files are known. */
  readonly folders: () => Iterable<string>;
  /** The files that are known in a folder and its subfolders. */
  readonly filesBelow: (folder: string) => readonly string[];
  /** Links of the plain files, for what a bundle lacks. */
  readonly outside: (ask: Ask) => Links;
  /** Told which keys of plain files a bundle's findings depend on. */
  readonly asked: (id: string, keys: ReadonlySet<string>) => void;
}
