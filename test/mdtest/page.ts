/** A Markdown page of tests: each heading is a test, its fences are files and expectations. */

export interface Fence {
  /** The first word after the backticks. */
  readonly language: string;
  /** The words after it. */
  readonly argument: string;
  /** The file name written before a file fence. */
  readonly path: string;
  readonly body: string;
  /** Where the body stands in the page. */
  readonly start: number;
  readonly end: number;
}

export interface Section {
  readonly title: string;
  readonly text: string;
  readonly fences: readonly Fence[];
}

const fileLanguages = new Set(['yaml', 'json']);

export function isFile(fence: Fence): boolean {
  return fileLanguages.has(fence.language);
}

/** Cuts a page at its headings. The text before the second heading belongs to the first. */
export function parsePage(page: string): Section[] {
  const sections: Section[] = [];
  let titles: string[] = [];
  let lines: string[] = [];
  let inFence = false;
  const flush = () => {
    const text = lines.join('\n');
    if (lines.length > 0) sections.push({ title: titles.join(' / '), text, fences: parseFences(text) });
    lines = [];
  };
  for (const line of page.split('\n')) {
    if (line.startsWith('```')) inFence = !inFence;
    const heading = inFence ? null : /^(#+) (.*)/.exec(line);
    if (heading) {
      flush();
      titles = [...titles.slice(0, (heading[1]?.length ?? 1) - 1), heading[2] ?? ''];
    }
    lines.push(line);
  }
  flush();
  return sections;
}

function parseFences(text: string): Fence[] {
  const fences: Fence[] = [];
  for (const match of text.matchAll(/(?:^`([^`\n]+)`:[ \t]*\n\n?)?^```(\w+)([^\n]*)\n([\s\S]*?)^```$/gm)) {
    const [whole, path, language = '', argument = '', body = ''] = match;
    const end = match.index + whole.length - '```'.length;
    fences.push({
      language,
      argument: argument.trim(),
      path: path ?? 'main.yaml',
      body,
      start: end - body.length,
      end,
    });
  }
  return fences;
}

/** The section with other bodies in its fences. */
export function replaceBodies(section: Section, body: (fence: Fence) => string): string {
  let text = '';
  let at = 0;
  for (const fence of section.fences) {
    text += section.text.slice(at, fence.start) + body(fence);
    at = fence.end;
  }
  return text + section.text.slice(at);
}
