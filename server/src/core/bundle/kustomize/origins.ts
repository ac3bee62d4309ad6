/** The texts of the annotations that `buildMetadata` asks for. */
import type { Context } from './context';
import type { Root } from './kustomization';
import { relativePath } from './paths';

/** What a built-in generator or transformer of a kustomization did. */
export function builtinOrigin(top: string, root: Root, kind: string): string {
  return configuredBy(relativePath(top, root.uri), 'builtin', kind);
}

/** The origin of an object made by a configuration file. */
export function configuredBy(path: string, apiVersion: string, kind: string, name?: string): string {
  const named = name === undefined ? '' : `  name: ${name}\n`;
  return `configuredIn: ${path}\nconfiguredBy:\n  apiVersion: ${apiVersion}\n  kind: ${kind}\n${named}`;
}

/** True when origins are asked for. */
export function generatorsOrigin({ metadata }: Context): boolean {
  return metadata.origin;
}
