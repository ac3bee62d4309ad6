/** `podpath check`: the findings of manifests. */
import type { Level } from '../core/index';
import { choice, levels } from '../core/index';
import { tellStale, writeBaselineFile } from './baseline';
import { colours } from './colours';
import type { Call, Command } from './command';
import { commonOptions } from './command';
import { checkConfigs } from './config';
import { fixFiles } from './fix-files';
import { github } from './github';
import { junit } from './junit';
import { tellLeftAlone } from './left-alone';
import type { Loaded } from './load';
import { load } from './load';
import { pretty } from './pretty';
import type { Report } from './report';
import { reportOf } from './report';
import { sarif } from './sarif';
import { UsageError } from './usage-error';
import { checkBundle } from './worlds';

/** What a format is made from. */
interface Shown {
  readonly loaded: Loaded;
  readonly call: Call;
  /** The levels that make the run fail. */
  readonly failing: readonly Level[];
}

const formats: Readonly<Record<string, (report: Report, shown: Shown) => string>> = {
  pretty: (report, { loaded: { textOf }, call }) =>
    pretty(report, textOf, {
      paint: colours(call),
      columns: call.io.columns,
      summary: !call.options.has('quiet'),
      paths: call.paths,
    }),
  json: (report) => `${JSON.stringify(report, null, 2)}\n`,
  sarif: (report) => `${JSON.stringify(sarif(report), null, 2)}\n`,
  github,
  junit: (report, { failing }) => junit(report, failing),
};

export const check: Command = {
  name: 'check',
  summary: 'Reports what keeps traffic from reaching the pods',
  arguments: '[PATH...]',
  formats: Object.keys(formats),
  options: {
    'fail-on': {
      value: 'LEVEL',
      help: 'exit with 1 from this level on: error, warning (default), information, hint, never',
    },
    severity: { value: 'RULE=LEVEL', multiple: true, help: 'another level for a rule, or off' },
    baseline: { value: 'FILE', help: 'findings that are known and not reported' },
    'write-baseline': { value: 'FILE', help: 'write all findings as known, and report none' },
    fix: { help: 'apply the fixes that have one certain meaning, then report what is left' },
    'fix-dry-run': { help: 'print what --fix would change as a diff' },
    ...commonOptions,
  },
  async run(call) {
    const { options, io } = call;
    const failing = failingLevels(options.text('fail-on') ?? 'warning');
    checkOptions(call);
    const start = await load(call);
    checkConfigs(start, call);
    checkBundle(start);
    const target = options.text('write-baseline');
    if (target !== undefined) {
      const count = writeBaselineFile(target, start, call);
      io.message(`${target}: ${count === 1 ? '1 finding is' : `${count} findings are`} known from now on`);
      return 0;
    }
    const loaded = options.has('fix') || options.has('fix-dry-run') ? fixFiles(start, call) : start;
    const report = reportOf(loaded);
    tellLeftAlone(loaded, call);
    if (!options.has('quiet')) tellStale(loaded, call);
    if (!options.has('fix-dry-run')) io.out(formats[call.format]?.(report, { loaded, call, failing }) ?? '');
    return report.findings.some((finding) => failing.includes(finding.severity)) ? 1 : 0;
  },
};

function checkOptions({ options, format }: Call): void {
  const both = (a: string, b: string) => options.text(a) !== undefined && options.text(b) !== undefined;
  if (both('baseline', 'write-baseline'))
    throw new UsageError('--baseline reads a baseline, --write-baseline writes it: take one');
  if (options.has('fix') && options.has('fix-dry-run'))
    throw new UsageError('--fix writes, --fix-dry-run does not: take one');
  if (options.text('write-baseline') !== undefined && (options.has('fix') || options.has('fix-dry-run')))
    throw new UsageError('--write-baseline keeps what --fix would mend: take one after the other');
  if (options.has('fix-dry-run') && format !== 'pretty')
    throw new UsageError(`--fix-dry-run prints a diff and has no --format ${format}`);
}

function failingLevels(text: string): readonly Level[] {
  if (text === 'never') return [];
  const index = levels.findIndex((level) => level === text);
  if (index < 0) throw new UsageError(`--fail-on is ${choice([...levels, 'never'])}, not ${text}`);
  return levels.slice(0, index + 1);
}
