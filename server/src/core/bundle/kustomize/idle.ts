/** What a kustomization asks for and nothing here is meant by. */
import { isNear } from '../../near';
import type { Value } from '../../value';
import { get, scalar } from '../../value';
import type { Context } from './context';
import { idOf } from './identity';
import type { Item } from './item';
import { allIds } from './item';
import type { Root } from './kustomization';
import { isNull } from './made';
import { compilePattern } from './pattern';
import type { Idle } from './problem';

/** Takes note of it, unless a Component asks: such a one is written for whatever uses it. */
export function noteIdle(context: Context, root: Root, { span: { uri, start, end }, ...idle }: Idle): void {
  if (root.isComponent) return;
  const candidates = [...new Set(idle.candidates)];
  context.idle.push({ ...idle, candidates, span: { uri, start, end } });
}

/** The target of a patch or replacement that selects none of the items: the part of it that rules out all is named. */
export function idleTarget(field: Idle['field'], items: readonly Item[], target: Value, entry: Value): Idle {
  const name = scalar(target, 'name');
  const kind = scalar(target, 'kind');
  const ofKind = items.filter(({ tree }) => !kind || isWord(kind.text, idOf(tree).kind));
  if (kind && ofKind.length === 0)
    return {
      field,
      message: `nothing here is of kind ${kind.text}`,
      span: kind.origin,
      wanted: kind.text,
      candidates: items.map(({ tree }) => idOf(tree).kind),
    };
  const isNamed = name && ofKind.some((item) => allIds(item).some((id) => isWord(name.text, id.name)));
  if (name && !isNamed)
    return {
      field,
      message: `no ${kind && /^\w+$/.test(kind.text) ? kind.text : 'object'} here is named ${name.text}`,
      span: name.origin,
      wanted: name.text,
      candidates: ofKind.flatMap((item) => allIds(item).map((id) => id.name)),
    };
  const parts = ['group', 'version', 'namespace', 'labelSelector', 'annotationSelector'];
  const rest = parts.filter((part) => !isNull(get(target, part)));
  const [only] = rest;
  const at = rest.length === 1 && only !== undefined ? scalar(target, only) : (name ?? kind);
  const said = rest.map((part) => `${part} ${scalar(target, part)?.text ?? ''}`).join(' and ');
  return {
    field,
    message: said === '' ? 'nothing here is meant by the target' : `nothing that the target means here has ${said}`,
    span: (at ?? entry).origin,
    candidates: [],
  };
}

/** Something here is nearly called what is asked for. */
export function isNearMiss({ wanted, candidates }: Idle): boolean {
  return wanted !== undefined && candidates.some((name) => isNear(wanted, name));
}

/** The whole word matches, as a regular expression or as it is written. */
function isWord(pattern: string, word: string): boolean {
  if (pattern === word) return true;
  const compiled = compilePattern(pattern);
  return compiled !== undefined && compiled.all(word);
}
