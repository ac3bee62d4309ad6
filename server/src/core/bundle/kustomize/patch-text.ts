/** The texts of patches: in files or written in place, objects to merge or lists of operations. */
import type { ListValue, MapValue, Scalar, Span } from '../../value';
import type { Context } from './context';
import { documentsOf, readDocuments } from './context';
import { inlineText, placed } from './inline';
import type { Root } from './kustomization';
import { objectsOf } from './load';
import { readLocal } from './local-file';
import { fail, isFailure } from './problem';

/** What a patch text is: objects to merge, or operations. */
export type PatchContent =
  | { readonly type: 'merge'; readonly patches: readonly MapValue[] }
  | { readonly type: 'json'; readonly operations: ListValue };

/** Reads a patch of a file, or one written in the kustomization. */
export function readPatch(
  context: Context,
  root: Root,
  path: Scalar | undefined,
  inline: Scalar | undefined,
  at: Span,
): PatchContent {
  if (inline && inline.text.trim() !== '') {
    if (path && path.text !== '') return fail('invalid-patch', 'a patch has a path or a text, not both', path.origin);
    return readInline(context, inline, root);
  }
  if (!path || path.text === '') return fail('invalid-patch', 'a patch has a path or a text', at);
  const { uri, text } = readLocal(context, root, path);
  return content(path, text, (reading) => documentsOf(context, uri, text, reading));
}

const inlineContents = new WeakMap<Scalar, PatchContent>();

export function readInline(context: Context, inline: Scalar, root: Root): PatchContent {
  const known = inlineContents.get(inline);
  if (known) return known;
  const around = context.files.text(inline.origin.uri) ?? context.files.text(root.uri) ?? '';
  const part = inlineText(inline, around);
  const found = content(inline, part.text, (reading) =>
    readDocuments(inline.origin.uri, part.text, reading).map((document) => ({
      ...document,
      value: document.value && placed(document.value, part),
      problems: document.problems.map(({ message }) => ({ message, span: inline.origin })),
    })),
  );
  inlineContents.set(inline, found);
  return found;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** `text` is what the real tool looks at to tell JSON from YAML. */
function content(
  at: Scalar,
  text: string,
  read: (reading: 'kustomize' | 'kubectl') => ReturnType<typeof documentsOf>,
): PatchContent {
  const empty = () => fail('invalid-patch', 'the patch is empty', at.origin);
  if (text.startsWith('[') && !isJson(text))
    return fail('invalid-patch', 'a patch that starts with [ must be JSON, with all its texts in quotes', at.origin);
  const [first] = read('kubectl');
  if (first?.value?.type === 'list' && first.problems.length === 0)
    return first.value.items.length > 0 ? { type: 'json', operations: first.value } : empty();
  const patches = patchesOf(at, read('kustomize'));
  return patches.length > 0 ? { type: 'merge', patches } : empty();
}

function patchesOf(at: Scalar, documents: ReturnType<typeof documentsOf>): MapValue[] {
  try {
    return [...objectsOf(documents)];
  } catch (error) {
    if (!isFailure(error)) throw error;
    const { span, message, code } = error.failure;
    return fail(
      code === 'invalid-yaml' ? code : 'invalid-patch',
      `this is no patch: ${message}`,
      span.uri === '' ? at.origin : span,
    );
  }
}
