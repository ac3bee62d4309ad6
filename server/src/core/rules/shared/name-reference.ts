/** Telling kustomize of a field with a name, so that it follows when it renames what is named. */
import { folderOf } from '../../bundle/directory';
import type { Fix, TextEdit } from '../../finding';
import type { Links } from '../../links';
import type { Field } from '../../path';
import { each, field, root, textAt } from '../../path';
import type { Reference, Resource } from '../../resource';
import { resolvePath } from '../../uri';
import { readDocument } from '../../yaml';
import { addItem, blockMap } from './list-edits';

/** The name that people give such a file. */
const fileName = 'kustomizeconfig.yaml';

/** The field of a reference as kustomize writes it; undefined where no path of its leads there. */
export function fieldPath({ path }: Reference): string | undefined {
  const plain = path.replace(/\[\d+\]/g, '');
  return plain.includes('[') ? undefined : plain.replaceAll('.', '/');
}

/**
 * Fixes that add the field to the `nameReference` of the kind that is named: in the first file of `configurations` of the
 * kustomization that names the referrer's file, so that it holds for all that build on it, or in a new one.
 */
export function followName(from: Resource, reference: Reference, links: Links): Fix[] {
  const path = fieldPath(reference);
  const owner = links.kustomizationOf(from);
  const tree = owner && mapIn(owner.uri, owner.text);
  if (path === undefined || !owner || !tree) return [];
  const { group, kind } = reference.target;
  const spec = { ...(from.group === '' ? {} : { group: from.group }), kind: from.kind, path };
  const named = { ...(group === '' ? {} : { group }), kind, fieldSpecs: [spec] };
  const [configuration] = each(field(tree, 'configurations')).flatMap((item) => textAt(item) ?? []);
  const uri = resolvePath(folderOf(owner.uri), configuration ?? fileName);
  const text = owner.textOf(uri);
  const edits =
    configuration !== undefined
      ? [text === undefined ? undefined : inConfiguration(uri, text, named)]
      : text === undefined
        ? [
            addItem(owner.text, tree, 'configurations', fileName),
            { at: { uri, start: 0, end: 0 }, newText: blockMap({ nameReference: [named] }) },
          ]
        : [];
  const known = edits.flatMap((edit): TextEdit[] => (edit ? [edit] : []));
  if (known.length === 0 || known.length < edits.length) return [];
  return [{ title: `Have kustomize follow ${path} of ${from.kind}`, edits: known }];
}

interface NamedFields {
  readonly group?: string;
  readonly kind: string;
  readonly fieldSpecs: readonly { readonly kind: string; readonly path: string }[];
}

/** Adds the field to what is there of the kind, else the kind. */
function inConfiguration(uri: string, text: string, named: NamedFields): TextEdit | undefined {
  const tree = mapIn(uri, text);
  if (!tree) return undefined;
  const known = each(field(tree, 'nameReference')).find(
    (item) =>
      textAt(field(item, 'kind')) === named.kind && (textAt(field(item, 'group')) ?? '') === (named.group ?? ''),
  );
  const [spec] = named.fieldSpecs;
  return known && spec
    ? addItem(text, known, 'fieldSpecs', { ...spec })
    : addItem(text, tree, 'nameReference', { ...named });
}

function mapIn(uri: string, text: string): Field | undefined {
  const { value, problems } = readDocument(uri, text, { start: 0, end: text.length }, 'kubectl');
  return problems.length > 0 || value?.type !== 'map' ? undefined : root(value);
}
