/** What a kustomization puts before and after names: `namePrefix`, `nameSuffix`, and variables in names. */
import type { NameRule } from '../../names';
import { nameRules } from '../../names';
import { nearestValid } from '../../nearest-name';
import type { TextOf } from '../../text';
import type { Scalar, Span, Value } from '../../value';
import { entry } from '../../value';

/** A text that makes names bad, whatever it is put before or after. */
export interface BadAffix {
  readonly at: Span;
  readonly text: string;
  /** What the API server wants of a name that has it: `must be ...`. */
  readonly problem: string;
  /** A text like it that names may have. */
  readonly meant: string | undefined;
}

/** The part of a name that was added to it and breaks it by itself: `A_` of `A_web`. Undefined for a name that is fine. */
export function badAffix(name: Scalar, rule: NameRule, textOf: TextOf): BadAffix | undefined {
  if (!name.origin.via || nameRules[rule](name.text) === undefined) return undefined;
  for (const at of name.origin.via) {
    const text = unquoted((textOf(at.uri) ?? '').slice(at.start, at.end));
    const isPrefix = name.text.startsWith(text);
    if (text === '' || !(isPrefix || name.text.endsWith(text))) continue;
    const alone = isPrefix ? `${text}a` : `a${text}`;
    const problem = nameRules[rule](alone);
    if (problem === undefined) continue;
    const valid = nearestValid(rule, alone);
    const meant = isPrefix ? valid?.replace(/a$/, '') : valid?.replace(/^a/, '');
    return { at, text, problem, meant: meant === '' || meant === valid ? undefined : meant };
  }
  return undefined;
}

/** The field of a kustomization whose text stands at a place. */
export function affixField(tree: Value, at: Span): { readonly key: Scalar; readonly value: Scalar } | undefined {
  for (const name of ['namePrefix', 'nameSuffix']) {
    const found = entry(tree, name);
    if (found?.value.type !== 'scalar') continue;
    const { uri, start } = found.value.origin;
    if (uri === at.uri && start === at.start) return { key: found.key, value: found.value };
  }
  return undefined;
}

function unquoted(text: string): string {
  return /^(["']).*\1$/s.test(text) ? text.slice(1, -1) : text;
}
