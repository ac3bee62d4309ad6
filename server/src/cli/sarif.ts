/** Findings as SARIF 2.1.0 (OASIS), as GitHub code scanning reads it. */
import { allRules } from '../core/index';
import type { Level, Rule } from '../core/index';
import type { Range, Report, ReportedFinding } from './report';
import { version } from './version';

const repository = 'https://github.com/podpath/podpath';

/** SARIF knows three levels; information and hints are both notes. */
const levelOf: Readonly<Record<Level, string>> = {
  error: 'error',
  warning: 'warning',
  information: 'note',
  hint: 'note',
};

export function sarif({ findings }: Report) {
  const indexOf = new Map(allRules.map((rule, index) => [rule.id, index]));
  return {
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: { name: 'Podpath', version: version(), informationUri: repository, rules: allRules.map(descriptor) },
        },
        columnKind: 'utf16CodeUnits',
        results: findings.map((finding) => result(finding, indexOf.get(finding.rule))),
      },
    ],
  };
}

function descriptor({ id, summary, levels }: Rule) {
  return {
    id,
    shortDescription: { text: `${summary}.` },
    helpUri: `${repository}/blob/main/server/src/core/rules/${id}.md`,
    defaultConfiguration: { level: levelOf[levels[0] ?? 'warning'] },
  };
}

function result(finding: ReportedFinding, ruleIndex: number | undefined) {
  const { rule, severity, message, related, fixes } = finding;
  return {
    ruleId: rule,
    ...(ruleIndex === undefined ? {} : { ruleIndex }),
    level: levelOf[severity],
    message: { text: message },
    locations: [location(finding)],
    ...(related.length === 0
      ? {}
      : {
          relatedLocations: related.map((item, index) => ({
            id: index + 1,
            ...location(item),
            message: { text: item.message },
          })),
        }),
    ...(fixes.length === 0 ? {} : { fixes: fixes.map(fix) }),
  };
}

function fix({ title, edits }: ReportedFinding['fixes'][number]) {
  const files = [...new Set(edits.map(({ file }) => file))];
  return {
    description: { text: title },
    artifactChanges: files.map((file) => ({
      artifactLocation: artifact(file),
      replacements: edits
        .filter((edit) => edit.file === file)
        .map(({ range, newText }) => ({ deletedRegion: region(range), insertedContent: { text: newText } })),
    })),
  };
}

function location({ file, range }: { readonly file: string; readonly range: Range }) {
  return { physicalLocation: { artifactLocation: artifact(file), region: region(range) } };
}

/** A relative URI reference, with its segments encoded. */
function artifact(file: string) {
  return { uri: file.split('/').map(encodeURIComponent).join('/') };
}

/** SARIF counts from 1 and ends a region before endColumn, as the report does. */
function region({ start, end }: Range) {
  return { startLine: start.line, startColumn: start.column, endLine: end.line, endColumn: end.column };
}
