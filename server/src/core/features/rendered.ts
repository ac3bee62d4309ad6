/** What a bundle builds, as text beside its sources: which lines are not as they were written, and where each comes from. */
import type { BuiltResource } from '../bundle/kustomize/build';
import type { Bundle } from '../bundle-types';
import type { Text } from '../finding';
import { list, say } from '../finding';
import { plainText } from '../show';
import type { Span } from '../value';
import type { YamlLine } from '../yaml-lines';
import { yamlLines } from '../yaml-lines';
import type { Snapshot } from '../workspace';
import { shownBundle } from '../world';
import { isInside } from './kustomize/changes';
import { count } from './markdown';

export interface Rendered {
  readonly bundle: Bundle;
  /** Its objects as YAML, after comments that say what they are. */
  readonly text: string;
  /** For each line of the text where it comes from; undefined for comments and separators. */
  readonly lines: readonly (RenderedLine | undefined)[];
  readonly marks: readonly Mark[];
}

export interface RenderedLine {
  /** Where a person would edit what the line says. */
  readonly at: Span;
  /** The object's own place; `at` lies in it unless the line was written elsewhere. */
  readonly object: Span;
  /** What changed it on the way, or what it stands in place of; last writer first. */
  readonly via: readonly Span[];
  /** `changed`: the object's document says something else. `added`: it says nothing there, or a generator made it. */
  readonly change: 'changed' | 'added' | undefined;
}

/** Lines that follow each other and were changed from one file. */
export interface Mark {
  readonly change: 'changed' | 'added';
  /** Lines of the text, counted from 0; `end` is the last one. */
  readonly start: number;
  readonly end: number;
  /** The text that changed or added the first of them. */
  readonly by: Span;
}

/**
 * The bundle that is shown for a file: that of the selected environment if the file is part of it, else the first one.
 * Undefined where the file is part of none. `path` says how files are named in comments.
 */
export function rendered(snapshot: Snapshot, uri: string, path: (uri: string) => string): Rendered | undefined {
  const bundle = shownBundle(snapshot, uri);
  if (!bundle) return undefined;
  const { resources, problems, incomplete } = snapshot.render(bundle);
  const { deployment } = bundle;
  const comment = (text: Text) => `# ${plainText(text, snapshot, path).replace(/\s+/g, ' ')}`;
  const texts = [
    comment(
      say`${path(snapshot.file(bundle.from) ? bundle.from : bundle.folder)}${deployment ? say`, applied by ${deployment.title} (${deployment.at})` : undefined}: ${count(resources.length, 'object')}`,
    ),
    ...problems.map(({ message, span }) => comment(say`Does not build: ${message} (${span})`)),
    ...incomplete.map(({ message, span }) => comment(say`Incomplete: ${message} (${span})`)),
  ];
  const lines: (RenderedLine | undefined)[] = texts.map(() => undefined);
  resources.forEach((resource, index) => {
    if (index > 0) {
      texts.push('---');
      lines.push(undefined);
    }
    for (const line of yamlLines(resource.tree)) {
      texts.push(line.text);
      lines.push(lineOf(snapshot, line, resource));
    }
  });
  return { bundle, text: texts.map((line) => `${line}\n`).join(''), lines, marks: marksOf(lines) };
}

function lineOf(snapshot: Snapshot, { origin }: YamlLine, { source }: BuiltResource): RenderedLine {
  const { uri, start, end, verbatim, via = [] } = origin;
  const at = { uri, start, end };
  return { at, object: source, via, change: changeOf(snapshot, at, verbatim, via, source) };
}

function changeOf(
  snapshot: Snapshot,
  at: Span,
  verbatim: boolean,
  via: readonly Span[],
  object: Span,
): RenderedLine['change'] {
  if (isInside(at, object)) {
    if (verbatim) return via.length > 0 ? 'changed' : undefined;
    // A variable of a deployment that has its value from where it stands: `${NAME:=value}`.
    return via.length > 0 || textAt(snapshot, at)?.includes('${') ? 'changed' : 'added';
  }
  const replaced = via.findLast((span) => isInside(span, object));
  if (!replaced) return 'added';
  // A patch repeats what tells it where it belongs: the kind, the name of a container.
  return verbatim && textAt(snapshot, at) === textAt(snapshot, replaced) ? undefined : 'changed';
}

function textAt(snapshot: Snapshot, { uri, start, end }: Span): string | undefined {
  return snapshot.file(uri)?.text.slice(start, end);
}

function marksOf(lines: Rendered['lines']): Mark[] {
  const marks: Mark[] = [];
  lines.forEach((line, index) => {
    if (!line?.change) return;
    const by = changerOf(line);
    const last = marks.at(-1);
    if (last?.end === index - 1 && last.change === line.change && last.by.uri === by.uri)
      marks[marks.length - 1] = { ...last, end: index };
    else marks.push({ change: line.change, start: index, end: index, by });
  });
  return marks;
}

/** The text that a line is as it is by: the last one that changed it, or the one that it was written in. */
function changerOf({ at, object, via }: RenderedLine): Span {
  return isInside(at, object) ? (via[0] ?? at) : at;
}

/** Where a line comes from, as a sentence in Markdown. */
export function renderedHover({ lines }: Rendered, line: number): Text | undefined {
  const found = lines[line];
  if (!found) return undefined;
  const { at, object, via, change } = found;
  const others = via.filter((span) => !isSame(span, at));
  const places = (spans: readonly Span[]) => list(unique(spans).map((span) => say`${span}`));
  if (isInside(at, object))
    return others.length > 0
      ? say`Written at ${at}, changed by ${places(others)}`
      : change === undefined
        ? say`Written at ${at}`
        : say`Made from ${at}`;
  const replaced = others.filter((span) => isInside(span, object));
  const between = others.filter((span) => !isInside(span, object));
  return say`Set at ${at}${replaced.length > 0 ? say`, in place of ${places(replaced)}` : undefined}${
    between.length > 0 ? say`, by way of ${places(between)}` : undefined
  }`;
}

function unique(spans: readonly Span[]): Span[] {
  return spans.filter((span, index) => spans.findIndex((other) => isSame(other, span)) === index);
}

function isSame(a: Span, b: Span): boolean {
  return a.uri === b.uri && a.start === b.start && a.end === b.end;
}
