/** What objects of Flux and Argo CD write, as fields of a kustomization. */
import type { Entry, Origin, Scalar, Value } from '../value';
import { entry } from '../value';

/** A path that leads into the repository, and not to all of it; what a template still changes leads nowhere. */
export function isFolder(path: string): boolean {
  return path.split('/').some((part) => part !== '' && part !== '.') && !/[{$]|\.\./.test(path);
}

/** A field under the name that kustomize has for it; an empty text is none. */
export function renamed(from: Value | undefined, key: string, to: string): Entry[] {
  const found = entry(from, key);
  if (!found || (found.value.type === 'scalar' && (found.value.text === '' || found.value.value === null))) return [];
  return [{ key: made(to, found.key.origin), value: found.value }];
}

/** A word that is written there in another way. */
export function made(text: string, { uri, start, end }: Origin): Scalar {
  return { type: 'scalar', value: text, text, style: 'plain', origin: { uri, start, end, verbatim: false } };
}
