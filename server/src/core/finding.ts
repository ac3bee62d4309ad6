/** What Podpath has to say about a place, in words that keep their places until they are shown. */
import type { Resource } from './resource';
import type { Span } from './value';

/** LSP's severities, most severe first. */
export type Level = 'error' | 'warning' | 'information' | 'hint';

export const levels: readonly Level[] = ['error', 'warning', 'information', 'hint'];

/** Words, objects and places. How an object or a place is shown (path, link) is decided by who shows it. */
export type Text = readonly (
  string | { readonly resource: Resource } | { readonly place: Span; readonly label?: string }
)[];

/** Builds a Text: resources and spans stay what they are, texts are joined, anything else becomes a string. */
export function say(
  strings: TemplateStringsArray,
  ...parts: readonly (string | number | Resource | Span | Text | undefined)[]
): Text {
  return strings.flatMap((string, index) => {
    const part = parts[index];
    const words: Text = string === '' ? [] : [string];
    if (part === undefined) return words;
    if (typeof part === 'string' || typeof part === 'number') return [...words, String(part)];
    if ('names' in part) return [...words, { resource: part }];
    return 'start' in part ? [...words, { place: part }] : [...words, ...part];
  });
}

/** Joins texts: `a, b and c`. */
export function list(texts: readonly Text[], last = 'and'): Text {
  return texts.flatMap((item, index) =>
    index === 0 ? item : [index === texts.length - 1 ? ` ${last} ` : ', ', ...item],
  );
}

/** The words of a text. `resource` and `place` say how objects and places are written. */
export function render(
  text: Text,
  resource: (of: Resource) => string,
  place: (at: Span, label: string | undefined) => string,
): string {
  return text
    .map((part) =>
      typeof part === 'string' ? part : 'resource' in part ? resource(part.resource) : place(part.place, part.label),
    )
    .join('');
}

export interface Related {
  readonly at: Span;
  readonly message: Text;
}

export interface TextEdit {
  readonly at: Span;
  readonly newText: string;
}

export interface Fix {
  readonly title: string;
  /** It has one certain meaning, so `podpath check --fix` applies it without asking anybody. */
  readonly safe?: boolean;
  /** It changes a file that is part of other bundles too, which do not ask for it and may need the text as it is. */
  readonly isPartial?: boolean;
  readonly edits: readonly TextEdit[];
}

/** What a rule says; the driver adds the rule's id. */
export interface Draft {
  readonly level: Level;
  /** The smallest text that is wrong. */
  readonly at: Span;
  readonly message: Text;
  /** The field, as the API server prints paths, where one field is meant. */
  readonly path?: string | undefined;
  readonly resource?: Resource | undefined;
  readonly related?: readonly Related[];
  readonly fixes?: readonly Fix[];
}

export interface Finding extends Draft {
  readonly rule: string;
  /** The rendered bundles that it holds in, as they are chosen (environment.ts); undefined for what is not rendered. */
  readonly bundles?: readonly string[];
  /** What baselines know it by in place of `resource`: the same whatever bundle is chosen. */
  readonly knownAs?: Resource | undefined;
  readonly related: readonly Related[];
  readonly fixes: readonly Fix[];
}
