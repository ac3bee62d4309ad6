/** Texts as plain words: `Deployment web (k8s/web.yaml:3)`. */
import type { Text } from './finding';
import { render } from './finding';
import { positionAt } from './text';
import type { Span } from './value';
import type { Snapshot } from './workspace';

/** The words of a text; `path` says how a URI is shown (relative to a folder, say). Lines are counted from 1. */
export function plainText(text: Text, snapshot: Snapshot, path: (uri: string) => string): string {
  const place = (at: Span) => `${path(at.uri)}:${lineOf(snapshot, at)}`;
  return render(
    text,
    (of) => `${of.name === undefined ? of.kind : `${of.kind} ${of.name}`} (${place(of.at)})`,
    (at, label) => (label === undefined ? place(at) : `${label} (${place(at)})`),
  );
}

/** The line of a span's start, counted from 1. */
export function lineOf(snapshot: Snapshot, at: Span): number {
  return positionAt(snapshot.lines(at.uri), at.start).line + 1;
}
