/** The kustomization that Flux makes for a folder without one (fluxcd/pkg/kustomize Generator.generateKustomization). */
import type { Context } from './context';
import { filesBelow } from './context';
import type { Root } from './kustomization';
import { derived, list, map, text } from './made';
import { baseName, kustomizationNames, relativePath } from './paths';
import type { Supply } from './supply';

/** Names all manifests in the folder and below it, and folders that have a kustomization instead of what is in them. */
export function generatedRoot(context: Context, folder: string, { manifests, at }: Supply): Root {
  const known = filesBelow(context, folder);
  const kustomizations = new Set(
    known.filter((uri) => kustomizationNames.includes(baseName(uri))).map((uri) => uri.slice(0, uri.lastIndexOf('/'))),
  );
  const found = new Set<string>();
  for (const uri of known) {
    const inner = outermost(uri, folder, kustomizations);
    if (inner !== undefined) found.add(inner);
    else if (manifests.accepts(relativePath(folder, uri)) && isManifest(context.files.text(uri) ?? '')) found.add(uri);
  }
  const origin = derived(at);
  const paths = [...found].map((uri) => relativePath(folder, uri)).sort(inWalk);
  const resources = list(
    paths.map((path) => text(path, origin)),
    origin,
  );
  return {
    folder,
    uri: `${folder}/${kustomizationNames[0] ?? ''}`,
    text: '',
    tree: map([{ key: text('resources', origin), value: resources }], origin),
    isComponent: false,
    chain: [folder],
  };
}

/** The first folder on the way down to a file that has a kustomization. */
function outermost(uri: string, folder: string, kustomizations: ReadonlySet<string>): string | undefined {
  for (let end = uri.indexOf('/', folder.length + 1); end >= 0; end = uri.indexOf('/', end + 1))
    if (kustomizations.has(uri.slice(0, end))) return uri.slice(0, end);
  return undefined;
}

/** Other files may be left out by a .sourceignore, which is not read. */
function isManifest(source: string): boolean {
  return /^["']?apiVersion["']?:/m.test(source) && /^["']?kind["']?:/m.test(source);
}

/** Folder by folder, the names of each in their order. */
function inWalk(a: string, b: string): number {
  const left = a.split('/');
  const right = b.split('/');
  const at = left.findIndex((part, index) => part !== right[index]);
  return at < 0 || (left[at] ?? '') < (right[at] ?? '') ? -1 : 1;
}
