/** One spelling for every file. Editors encode URIs differently; resources are found by their URI. */

/**
 * The URI with each path segment encoded as by `encodeURIComponent`, a lower-case drive letter, and no last slash.
 * URIs without a path from a root (`untitled:Untitled-1`) stay as they are.
 */
export function canonicalUri(uri: string): string {
  const parts = /^([a-zA-Z][\w+.-]*:\/\/[^/?#]*)(\/[^?#]*)(.*)$/.exec(uri);
  if (!parts) return uri;
  const [, start = '', path = '', rest = ''] = parts;
  return `${start}${path.split('/').map(canonicalSegment).join('/').replace(/\/$/, '')}${rest}`;
}

function canonicalSegment(segment: string, index: number): string {
  let text = segment;
  try {
    text = decodeURIComponent(segment);
  } catch {
    // A lone percent sign stands for itself.
  }
  return encodeURIComponent(index === 1 && /^[A-Z]:$/.test(text) ? text.toLowerCase() : text);
}

/** The path of a file below a folder, for people: `k8s/web app.yaml`. The whole URI where it lies elsewhere. */
export function pathBelow(folder: string, uri: string): string {
  return uri.startsWith(`${folder}/`) ? decoded(uri.slice(folder.length + 1)) : uri;
}

/** A path or a part of one as people write it. */
export function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/** The URI of a path, relative to a folder or absolute, as people write it in a setting or a kustomization. */
export function resolvePath(folder: string, path: string): string {
  if (isPlainName.test(path) && !folder.endsWith('/')) return `${folder}/${path}`;
  const root = /^[a-zA-Z][\w+.-]*:\/\/[^/]*/.exec(folder)?.[0] ?? '';
  const parts = path.startsWith('/') ? [] : folder.slice(root.length).split('/').filter(Boolean);
  for (const part of path.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.' && part !== '') parts.push(encodeURIComponent(part));
  }
  return [root, ...parts].join('/');
}

/** Names of files and folders that stand for themselves, one below the other. */
const isPlainName = /^\w[\w-]*(?:\.[\w-]+)*(?:\/\w[\w-]*(?:\.[\w-]+)*)*$/;
