/** Files that a kustomization names by a path and reads itself. */
import { resolvePath } from '../../uri';
import type { Scalar } from '../../value';
import type { YamlDocument } from '../../yaml';
import type { Context } from './context';
import { documentsOf, readText } from './context';
import type { Root } from './kustomization';
import { pathsLike } from './paths-like';
import { isBelow } from './paths';
import { fail, leaveOut } from './problem';

/** The text of a file that a field names; URLs are left out. It must lie in the folder of the kustomization or below it. */
export function readLocal(context: Context, root: Root, path: Scalar): { readonly uri: string; readonly text: string } {
  if (/^https?:\/\//.test(path.text)) leaveOut('remote', `${path.text} is fetched from elsewhere`, path.origin);
  const uri = resolvePath(root.folder, path.text);
  const found = readText(context, uri);
  if (found === undefined)
    return fail('file-not-found', `there is no file ${path.text}`, path.origin, {
      wanted: path.text,
      candidates: pathsLike(context, root, path.text),
    });
  if (!context.loadsAnywhere && !isBelow(uri, root.folder))
    return fail(
      'outside-root',
      `${path.text} lies outside the folder of the kustomization: kustomize reads files inside it only`,
      path.origin,
    );
  return { uri, text: found };
}

/** The first document of such a file, as the Go client reads it: a table or a schema; undefined where it is empty. */
export function readTable(context: Context, root: Root, path: Scalar): YamlDocument | undefined {
  const { uri, text } = readLocal(context, root, path);
  return documentsOf(context, uri, text, 'kubectl')[0];
}
