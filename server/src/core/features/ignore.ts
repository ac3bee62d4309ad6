/** The edit that switches a finding off at its place. */
import type { Finding, TextEdit } from '../finding';
import { scalarAround } from '../suppression/comments';
import type { Snapshot } from '../workspace';

/**
 * A `# podpath-ignore` comment for a finding: added to the comment that is there already, else on a line of its own above.
 * On the first line of a document it stands at the end of the line, since above it would hold for the whole document.
 * Undefined in JSON, which has no comments.
 */
export function ignoreEdit(snapshot: Snapshot, { at, rule }: Finding): TextEdit | undefined {
  const file = snapshot.file(at.uri);
  if (!file || file.role === 'config' || at.uri.endsWith('.json')) return undefined;
  const { text, ignores } = file;
  const document = snapshot.read(at.uri)?.documents.find((item) => item.at.start <= at.start && at.start < item.at.end);
  // A text of several lines is ignored at the line where it begins: a comment inside would be text.
  const around = scalarAround(document?.value, at.start);
  const place = around && around.origin.start < at.start ? around.origin.start : at.start;
  const start = text.lastIndexOf('\n', place - 1) + 1;
  const end = lineEnd(text, place);

  const there = ignores.find(
    (ignore) =>
      ignore.by === 'comment' &&
      ignore.rules.length > 0 &&
      ((ignore.at.start >= start && ignore.at.start < end) || ignore.scope.start === start),
  );
  const last = there?.rules.at(-1);
  if (last) return { at: { ...last.at, start: last.at.end }, newText: `, ${rule}` };

  const comment = `# podpath-ignore ${rule}`;
  const first = document?.value?.origin.start ?? -1;
  const isFirst = text.lastIndexOf('\n', first - 1) + 1 === start;
  const hasComment = /(?:^|\s)#/.test(text.slice(at.end, end));
  if (isFirst && !hasComment && (!around || around.origin.end <= end))
    return { at: { uri: at.uri, start: end, end }, newText: ` ${comment}` };
  const indent = /^[ \t]*/.exec(text.slice(start, end))?.[0] ?? '';
  return { at: { uri: at.uri, start, end: start }, newText: `${indent}${comment}\n` };
}

/** Before the line break, and before the carriage return of it. */
function lineEnd(text: string, offset: number): number {
  const found = text.indexOf('\n', offset);
  const end = found < 0 ? text.length : found;
  return text[end - 1] === '\r' ? end - 1 : end;
}
