import type { ManifestFile } from '../bundle/file';
import { readAnnotations } from './annotations';
import { readComments } from './comments';
import type { Ignore } from './ignore';

/** All ignores of a file, in its comments and in the annotations of its resources. */
export function readIgnores(file: ManifestFile): readonly Ignore[] {
  const resources = file.documents.flatMap(({ reads }) => reads.map(({ resource }) => resource));
  return [...readComments(file), ...resources.flatMap((resource) => readAnnotations(resource, file.text))];
}
