import type { ManifestDocument, ManifestFile } from '../bundle/file';
import { say } from '../finding';
import type { YamlProblem } from '../yaml';
import { defineRule } from './define';

/** A document that names its apiVersion and kind but does not parse: kubectl refuses the whole file. */
export const manifestUnreadable = defineRule({
  id: 'manifest-unreadable',
  summary: 'A Kubernetes document cannot be read',
  levels: ['error', 'information'],
  *document(document, file) {
    const problem = firstProblem(document);
    if (!problem) return;
    if (isTemplate(document, file)) {
      // A file of templates says the same thing in every document: once is enough.
      if (file.documents.find((other) => firstProblem(other) && isTemplate(other, file)) !== document) return;
      yield {
        level: 'information',
        at: problem.span,
        message: say`this document is a template and no YAML before it is rendered, so Podpath does not look into it; templates of a chart (with a Chart.yaml above them) are known as such`,
      };
      return;
    }
    yield {
      level: 'error',
      at: problem.span,
      message: say`this document cannot be read, so nothing in it is applied: ${cause(problem)}`,
    };
  },
});

/** Problems behind the first one are often only its consequences. */
function firstProblem({ kubernetes, problems }: ManifestDocument): YamlProblem | undefined {
  return kubernetes
    ? problems.reduce<YamlProblem | undefined>(
        (first, problem) => (first && first.span.start <= problem.span.start ? first : problem),
        undefined,
      )
    : undefined;
}

/** Go templates, placeholders that are filled in, and Jinja's statements. */
function isTemplate({ template, at }: ManifestDocument, { text }: ManifestFile): boolean {
  return template || /\{%-?\s*\w/.test(text.slice(at.start, at.end));
}

/** The words of the YAML reader, in one line and as a part of a sentence. */
function cause({ message }: YamlProblem): string {
  const line = message.replace(/\s+/g, ' ').replace(/\.$/, '').trim();
  return line.charAt(0).toLowerCase() + line.slice(1);
}
