/** The texts of the annotations that `buildMetadata` asks for. */
import type { Context } from './context';
import type { Root } from './kustomization';
import type { Id } from './identity';
import { relativePath } from './paths';

/** What a built-in generator or transformer of a kustomization did. */
export function builtinOrigin(top: string, root: Root, kind: string): string {
  return configuredBy(relativePath(top, root.uri), { version: 'builtin', kind });
}

/** The origin of an object made by a configuration file. */
export function configuredBy(path: string, { version, kind, name, namespace }: Partial<Id>): string {
  const field = (key: string, value = '') => (value === '' ? '' : `  ${key}: ${value}\n`);
  const by = [field('apiVersion', version), field('kind', kind), field('name', name), field('namespace', namespace)];
  return `configuredIn: ${path}\nconfiguredBy:\n${by.join('')}`;
}

/** True when origins are asked for. */
export function generatorsOrigin({ metadata }: Context): boolean {
  return metadata.origin;
}
