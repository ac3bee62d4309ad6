/** What can be asked of a workspace: the facts of its files, and the answers for one state of it. */
import type { ManifestFile } from './bundle/file';
import type { Build } from './bundle/kustomize/build';
import type { Role } from './bundle/role';
import type { Bundle } from './bundle-types';
import type { Baseline } from './config/baseline';
import type { FileSettings } from './config/configuration';
import type { ReadConfig } from './config/read';
import type { Finding } from './finding';
import type { Links } from './links';
import type { Resource } from './resource';
import type { Settings } from './settings';
import type { Ignore } from './suppression/ignore';

/** What is kept of a file: its facts and what its own text decides. Trees are dropped, and read again when asked for. */
export interface FileFacts {
  readonly uri: string;
  /** The workspace folder it lies in. */
  readonly root: string;
  readonly text: string;
  readonly role: Role;
  readonly resources: readonly Resource[];
  /** A Kubernetes document in it could not be read. */
  readonly unreadable: boolean;
  readonly settings: FileSettings;
  /** What its comments and annotations switch off. */
  readonly ignores: readonly Ignore[];
}

/** One state of the workspace. It answers until the next change; asking it later throws, so nobody reads a mixture. */
export interface Snapshot {
  readonly settingsOf: (uri: string) => Settings;
  /** What a configuration file says, and what is wrong with it. */
  readonly config: (uri: string) => ReadConfig | undefined;
  /** The configuration file that holds for a file. */
  readonly configOf: (uri: string) => string | undefined;
  /** The URI of the baseline that holds for a file. */
  readonly baselineOf: (uri: string) => string | undefined;
  readonly baseline: (uri: string) => Baseline | undefined;
  readonly uris: () => Iterable<string>;
  readonly file: (uri: string) => FileFacts | undefined;
  readonly links: Links;
  /** The bundle, or the folder of bundles, for which editor features answer; undefined for all of them. */
  readonly environment: string | undefined;
  /** What kustomizations build, in the order of their files. */
  readonly bundles: () => readonly Bundle[];
  /** The bundles that a file is part of, then those that its deployments apply. */
  readonly bundlesOf: (uri: string) => readonly Bundle[];
  /** A bundle with its trees. */
  readonly render: (bundle: Bundle) => Build;
  /** What the kustomization of a folder builds by itself, whether others build on it or not. */
  readonly build: (folder: string) => Build;
  /** All findings of a file, in file order. */
  readonly findings: (uri: string) => readonly Finding[];
  /** Those that its baseline knows, which are not among its findings. */
  readonly known: (uri: string) => readonly Finding[];
  /** Findings that the file alone decides. */
  readonly local: (uri: string) => readonly Finding[];
  /** The file with its trees. */
  readonly read: (uri: string) => ManifestFile | undefined;
  /** Offsets at which the lines of a file start. */
  readonly lines: (uri: string) => readonly number[];
}
