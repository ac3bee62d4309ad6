/** Annotations that switch rules off for an object: ours, and those of other linters where they mean the same. */
import type { TextEdit } from '../finding';
import type { Label, Resource } from '../resource';
import type { Ignore, IgnoredRule } from './ignore';
import { readRules } from './ignore';
import { kubeLinterChecks, kubeScoreChecks } from './peers';

const ignoreAnnotation = 'podpath.io/ignore';

/** The ignores in the annotations of a resource; `text` is its file. */
export function readAnnotations(resource: Resource, text: string): Ignore[] {
  return resource.annotations.flatMap((annotation) => {
    if (annotation.key.text === ignoreAnnotation) return [own(resource, annotation, text)];
    const ids = otherTools(annotation);
    return ids.length > 0 ? [foreign(resource, annotation, ids)] : [];
  });
}

function own({ at: scope }: Resource, { key, value }: Label, text: string): Ignore {
  const { uri, start, end, verbatim } = value.origin;
  const quote = value.style === 'single' || value.style === 'double' ? 1 : 0;
  const isPlain = verbatim && text.slice(start + quote, end - quote) === value.text && value.text === value.text.trim();
  const rules = value.text
    .split('\n')
    .flatMap((line) => readRules(line.trim(), isPlain ? { uri, start: start + quote, end } : value.origin));
  return {
    by: 'annotation',
    at: { ...key.origin, end },
    rules: isPlain ? rules : rules.map((rule): IgnoredRule => ({ ...rule, at: value.origin, removal: undefined })),
    scope,
    removal: wholeLine(text, key.origin.start, end, uri),
  };
}

/** The lines of an entry that has them for itself and is not the only one: without it the map would be empty. */
function wholeLine(text: string, from: number, to: number, uri: string): TextEdit | undefined {
  const start = text.lastIndexOf('\n', from - 1) + 1;
  const cut = text.indexOf('\n', to > from && text[to - 1] === '\n' ? to - 1 : to);
  const end = cut < 0 ? text.length : cut + 1;
  if (text.slice(start, from).trim() !== '' || !/^[ \t]*(?:#.*)?\s*$/.test(text.slice(to, end))) return undefined;
  const indent = from - start;
  const isBeside = (line: string) => line.search(/\S/) === indent && line.trim() !== '' && !/^\s*(?:#|---)/.test(line);
  const before = text
    .slice(0, start)
    .split('\n')
    .slice(0, -1)
    .reverse()
    .find((line) => line.trim() !== '');
  const after = text
    .slice(end)
    .split('\n')
    .find((line) => line.trim() !== '');
  const alone = ![before, after].some((line) => line !== undefined && isBeside(line));
  return alone ? undefined : { at: { uri, start, end }, newText: '' };
}

function foreign({ at: scope }: Resource, { key, value }: Label, ids: readonly string[]): Ignore {
  const at = { ...key.origin, end: value.origin.end };
  return {
    by: 'other tool',
    at,
    rules: ids.map((id) => ({ id, at, removal: undefined })),
    scope,
    removal: undefined,
  };
}

/** The rules that an annotation of another linter stands for. */
function otherTools({ key, value }: Label): readonly string[] {
  if (key.text === 'kube-linter.io/ignore-all') return [...kubeLinterChecks.values()].flat();
  if (key.text === 'kube-score/ignore')
    return value.text.split(',').flatMap((check) => kubeScoreChecks.get(check.trim()) ?? []);
  const check = /^ignore-check\.kube-linter\.io\/(.+)$/.exec(key.text)?.[1];
  return check === undefined ? [] : (kubeLinterChecks.get(check) ?? []);
}
