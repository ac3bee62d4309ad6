/** Comments in the texts that manifests hold: scripts and files of configuration. */

/**
 * Tells whether an offset of a text lies in a comment. Only texts of several lines have comments; offsets are asked in
 * rising order, so that each line is looked at once.
 */
export function commentsOf(text: string): (offset: number) => boolean {
  if (!text.includes('\n')) return () => false;
  let end = -1;
  let comment = 0;
  return (offset) => {
    if (offset > end) {
      const start = text.lastIndexOf('\n', offset - 1) + 1;
      const next = text.indexOf('\n', offset);
      end = next < 0 ? text.length : next;
      comment = commentStart(text, start, end);
    }
    return offset >= comment;
  };
}

/** Where the comment of a line starts; Infinity when it has none. */
function commentStart(text: string, start: number, end: number): number {
  let first = start;
  while (first < end && text.charAt(first) <= ' ') first++;
  if (['#', '//', ';', '--', '/*', '* ', '<!--'].some((mark) => text.startsWith(mark, first) && !isFlag(text, first)))
    return first;
  for (const mark of [' # ', '\t# ', ' // ']) {
    const at = text.slice(start, end).indexOf(mark);
    if (at >= 0) return start + at;
  }
  return Infinity;
}

/** `--flag` begins with the mark of a comment in SQL and Lua. */
function isFlag(text: string, at: number): boolean {
  return text.startsWith('--', at) && text.charAt(at + 2) > ' ';
}
