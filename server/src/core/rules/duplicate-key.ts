import type { ManifestDocument } from '../bundle/file';
import type { Draft, Fix } from '../finding';
import { say } from '../finding';
import type { DuplicateKey } from '../yaml';
import { defineRule } from './define';

/** A key that stands twice in a map: every reader keeps the last one and says nothing, or refuses the file. */
export const duplicateKey = defineRule({
  id: 'duplicate-key',
  summary: 'A key stands twice in one map',
  levels: ['error', 'warning'],
  *document(document, { role }) {
    if (!document.kubernetes || document.problems.length > 0) return;
    const { top, inner } = byLevel(document);
    const separator = top.some(({ again }) => again.text === 'apiVersion' || again.text === 'kind');
    const [first] = top;
    const isRefused = role === 'owned';
    if (separator && first) yield missingSeparator(first, isRefused);
    for (const duplicate of separator ? inner : document.duplicates) yield repeated(duplicate, isRefused);
  },
});

function byLevel({ value, duplicates }: ManifestDocument) {
  const keys = new Set(value?.type === 'map' ? value.entries.map((entry) => entry.key) : []);
  return {
    top: duplicates.filter(({ again }) => keys.has(again)),
    inner: duplicates.filter(({ again }) => !keys.has(again)),
  };
}

/** The keys of the second object all repeat those of the first: one finding, where the separator belongs. */
function missingSeparator({ first, again }: DuplicateKey, isRefused: boolean): Draft {
  const { uri, start } = again.origin;
  const fix: Fix = { title: 'Insert ---', safe: true, edits: [{ at: { uri, start, end: start }, newText: '---\n' }] };
  return {
    level: isRefused ? 'error' : 'warning',
    at: again.origin,
    path: again.text,
    message: isRefused
      ? say`a second object begins here without a line of --- before it: kustomize refuses the file`
      : say`a second object begins here without a line of --- before it: its fields overwrite those of the object above, which is lost`,
    related: [{ at: first.origin, message: isRefused ? say`the object above` : say`the object that is lost` }],
    fixes: again.style === 'plain' ? [fix] : [],
  };
}

function repeated({ first, again }: DuplicateKey, isRefused: boolean): Draft {
  const outcome = isRefused
    ? say`kustomize refuses the file, which has it at ${first.origin} too`
    : say`this one overwrites the one at ${first.origin}`;
  return {
    level: isRefused ? 'error' : 'warning',
    at: again.origin,
    message: say`${again.text} stands twice in this map: ${outcome}; remove one of them`,
    related: [
      { at: first.origin, message: isRefused ? say`written here too` : say`overwritten by the later ${again.text}` },
    ],
  };
}
