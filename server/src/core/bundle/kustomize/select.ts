/** Which objects a target means (types.Selector, SelectorRegex). */
import { matches as selects } from '../../labels';
import { parseSelector } from '../../selector-text';
import type { Scalar, Value } from '../../value';
import { entries, get, scalar } from '../../value';
import { effectiveNamespace, gvkOf, idOf } from './identity';
import type { Item } from './item';
import { originalId } from './item';
import { fail } from './problem';
import { compilePattern } from './pattern';

/** The items that the target selects: names, kinds and namespaces are regular expressions for the whole word. */
export function selectItems(items: readonly Item[], target: Value): Item[] {
  const test = (key: string) => pattern(scalar(target, key));
  const [name, namespace, kind, group, version] = ['name', 'namespace', 'kind', 'group', 'version'].map(test);
  return items.filter((item) => {
    const now = idOf(item.tree);
    const before = originalId(item);
    const gvk = gvkOf(item.tree);
    return (
      (!namespace || namespace(effectiveNamespace(before)) || namespace(effectiveNamespace(now))) &&
      (!name || name(before.name) || name(now.name)) &&
      (!kind || kind(gvk.kind)) &&
      (!group || group(gvk.group)) &&
      (!version || version(gvk.version)) &&
      matchesPairs(item.tree, target)
    );
  });
}

/** Says whether labels and annotations are as the selector's texts want them. */
export function matchesPairs(tree: Value, selector: Value | undefined): boolean {
  return (
    matches(get(tree, 'metadata', 'labels'), scalar(selector, 'labelSelector')) &&
    matches(get(tree, 'metadata', 'annotations'), scalar(selector, 'annotationSelector'))
  );
}

function matches(pairs: Value | undefined, selector: Scalar | undefined): boolean {
  if (!selector || selector.text === '') return true;
  const parsed = parseSelector(selector.text);
  if (typeof parsed === 'object' && 'problem' in parsed)
    return fail('invalid-selector', `this is no selector: ${parsed.problem}`, selector.origin);
  return selects(
    parsed,
    new Map(entries(pairs).map(({ key, value }) => [key.text, value.type === 'scalar' ? value.text : ''])),
  );
}

function pattern(written: Scalar | undefined): ((word: string) => boolean) | undefined {
  if (!written || written.text === '') return undefined;
  const compiled = compilePattern(written.text);
  if (!compiled) return fail('invalid-selector', `${written.text} is no regular expression`, written.origin);
  return compiled.all;
}
