/** What a path that leads nowhere may have meant. */
import { isNear } from '../../near';
import { resolvePath } from '../../uri';
import { isKustomization } from '../role';
import type { Context } from './context';
import { filesBelow } from './context';
import type { Root } from './kustomization';
import { baseName, relativePath } from './paths';

/** The paths, as a kustomization would write them, of files and kustomizations that are called nearly like a missing one. */
export function pathsLike(context: Context, root: Root, path: string): string[] {
  if (path === '') return [];
  const wanted = resolvePath(root.folder, path);
  const folder = parentOf(wanted);
  const known = new Set([...filesBelow(context, folder), ...filesBelow(context, root.folder)]);
  const isFile = /\.[a-z]+$/i.test(path);
  const named = isFile
    ? [...known].filter((uri) => !isKustomization(uri))
    : [...known].filter(isKustomization).map(parentOf);
  const alike = named.filter((uri) =>
    parentOf(uri) === folder
      ? isNear(baseName(wanted), baseName(uri)) || stem(wanted) === stem(uri)
      : baseName(uri) === baseName(wanted),
  );
  const prefix = path.startsWith('./') ? './' : '';
  return [...new Set(alike)]
    .filter((uri) => uri !== wanted && uri !== root.folder)
    .map((uri) => relativePath(root.folder, uri))
    .map((text) => (text.startsWith('../') ? text : prefix + text));
}

const parentOf = (uri: string) => uri.slice(0, uri.lastIndexOf('/'));

/** `web` of `web.yml` and `web.yaml`. */
function stem(uri: string): string {
  return uri.replace(/\.(?:ya?ml|json)$/, '');
}
