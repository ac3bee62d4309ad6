/** A Kustomization of Flux (kustomize.toolkit.fluxcd.io; fluxcd/pkg/kustomize says what it adds). */
import type { MapValue, Scalar, Value } from '../value';
import { boolean, entries, entry, get, items, scalar } from '../value';
import type { Deployment, VariablesFrom } from './deployment';
import { isFolder, renamed } from './deployment-fields';

/** What it applies, if that is a folder of the repository. */
export function fluxKustomization(uri: string, tree: MapValue): Deployment[] {
  const spec = get(tree, 'spec');
  const path = scalar(spec, 'path');
  const name = scalar(tree, 'metadata', 'name');
  // An artifact that is put together from elsewhere has other paths.
  if (!path || !name || !isFolder(path.text) || scalar(spec, 'sourceRef', 'kind')?.text === 'ExternalArtifact')
    return [];
  const postBuild = entry(spec, 'postBuild')?.value;
  return [
    {
      uri,
      title: `Kustomization ${name.text}`,
      at: name.origin,
      path,
      supply: {
        fields: [
          ...renamed(spec, 'targetNamespace', 'namespace'),
          ...['namePrefix', 'nameSuffix', 'components', 'patches', 'images'].flatMap((key) => renamed(spec, key, key)),
        ],
        metadata: get(spec, 'commonMetadata'),
        namespace: undefined,
        variables: postBuild && { values: texts(get(postBuild, 'substitute')), isOpen: false },
        ignoresMissing: boolean(get(spec, 'ignoreMissingComponents')) === true,
        loadsAnywhere: true,
        manifests: { tool: 'flux', accepts: (path) => /\.ya?ml$/.test(path) },
        at: path.origin,
      },
      variablesFrom: items(get(postBuild, 'substituteFrom')).flatMap(variablesFrom),
    },
  ];
}

function variablesFrom(written: Value): VariablesFrom[] {
  const kind = scalar(written, 'kind')?.text;
  const name = scalar(written, 'name');
  if (!name || (kind !== 'ConfigMap' && kind !== 'Secret')) return [];
  return [{ kind, name, optional: boolean(get(written, 'optional')) === true }];
}

function texts(substitutes: Value | undefined): ReadonlyMap<string, Scalar> {
  return new Map(
    entries(substitutes).flatMap(({ key, value }) => (value.type === 'scalar' ? [[key.text, value] as const] : [])),
  );
}
