/** Small pieces of messages and fixes, so that all rules speak alike. */
import type { Fix, Related, Text } from '../../finding';
import { say } from '../../finding';
import type { Label, Resource } from '../../resource';
import type { Scalar, Span } from '../../value';

/** `app=web`. */
export function pairText({ key, value }: Label): string {
  return `${key.text}=${value.text}`;
}

/** `app=web,tier=front`. */
export function pairsText(pairs: readonly Label[]): string {
  return pairs.map(pairText).join(',');
}

/** `in namespace shop`, or `here` where the manifest names none: messages never invent a namespace. */
export function inNamespace({ namespace }: Pick<Resource, 'namespace'>): string {
  return namespace === undefined ? 'here' : `in namespace ${namespace}`;
}

/** `Kind name`, or `Kind` where it has no name. */
export function kindAndName({ kind, name }: Pick<Resource, 'kind' | 'name'>): string {
  return name === undefined ? kind : `${kind} ${name}`;
}

/** `an Ingress`, `an HTTPRoute`, `a Service`. */
export function articled({ kind }: Pick<Resource, 'kind'>): string {
  return `${/^(?:[AEIO]|HTTP|X)/.test(kind) ? 'an' : 'a'} ${kind}`;
}

/** The text of a scalar in the quotes it is written in, so that an edit keeps them. */
export function requote(old: Scalar, text: string): string {
  if (old.style === 'single') return `'${text.replaceAll("'", "''")}'`;
  if (old.style === 'double') return JSON.stringify(text);
  return needsQuotes(text) ? JSON.stringify(text) : text;
}

/** A text as a YAML scalar that reads as this string, in quotes only where it needs them. */
export function quoted(text: string): string {
  return text === '' || needsQuotes(text) ? JSON.stringify(text) : text;
}

/** Plain text that a YAML reader would not take for this string; four numbers with dots are no number to any reader. */
function needsQuotes(text: string): boolean {
  if (/^\d+(?:\.\d+){3}(?:\/\d+)?$/.test(text)) return false;
  return !/^[A-Za-z_./][\w./-]*$/.test(text) || /^(?:y|n|yes|no|on|off|true|false|null|~)$/i.test(text);
}

/** Replaces a scalar; none when its text is not verbatim, since an edit would change something else. */
export function replace(title: string, old: Scalar, text: string): Fix[] {
  return old.origin.verbatim ? [{ title, edits: [{ at: old.origin, newText: requote(old, text) }] }] : [];
}

/** Replaces a scalar by a number, without quotes. */
export function replaceNumber(title: string, old: Scalar, value: number): Fix[] {
  return old.origin.verbatim ? [{ title, edits: [{ at: old.origin, newText: String(value) }] }] : [];
}

/** An object with its place: `Deployment web (k8s/web.yaml:3)`. */
export function named(resource: Resource): Text {
  return say`${resource}`;
}

/** Points at an object beside the finding. */
export function mention(resource: Resource): Related {
  return { at: resource.nameAt, message: named(resource) };
}

/** Fixes that put one of these names in place of the one that is written. */
export function changeName(written: Scalar, to: readonly (string | undefined)[]): Fix[] {
  return [...new Set(to)].flatMap((name) => (name === undefined ? [] : replace(`Change to ${name}`, written, name)));
}

/** Marks a fix as safe where it is the only one. */
export function certain(fixes: readonly Fix[]): Fix[] {
  return fixes.length === 1 ? fixes.map((fix) => ({ ...fix, safe: true })) : [...fixes];
}

/** Puts a scalar in quotes, so that it is read as the text it looks like. */
export function quote(written: Scalar): Fix[] {
  return written.origin.verbatim && written.style === 'plain'
    ? [
        {
          title: `Quote ${written.text}`,
          safe: true,
          edits: [{ at: written.origin, newText: JSON.stringify(written.text) }],
        },
      ]
    : [];
}

/** The place right behind a span, for insertions. */
export function after(span: Span): Span {
  return { uri: span.uri, start: span.end, end: span.end };
}
