/** `podpath check`: the findings of manifests. */
import type { Level } from '../core/index';
import { levels } from '../core/index';
import { colours } from './colours';
import type { Call, Command } from './command';
import { commonOptions } from './command';
import { checkConfigs } from './config';
import { tellLeftAlone } from './left-alone';
import type { Loaded } from './load';
import { load } from './load';
import { pretty } from './pretty';
import type { Report } from './report';
import { reportOf } from './report';
import { sarif } from './sarif';
import { UsageError } from './usage-error';

const formats: Readonly<Record<string, (report: Report, loaded: Loaded, call: Call) => string>> = {
  pretty: (report, { textOf }, call) =>
    pretty(report, textOf, {
      paint: colours(call),
      columns: call.io.columns,
      summary: !call.options.has('quiet'),
      paths: call.paths,
    }),
  json: (report) => `${JSON.stringify(report, null, 2)}\n`,
  sarif: (report) => `${JSON.stringify(sarif(report), null, 2)}\n`,
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
    ...commonOptions,
  },
  async run(call) {
    const { options, io } = call;
    const failing = failingLevels(options.text('fail-on') ?? 'warning');
    const loaded = await load(call);
    checkConfigs(loaded, call);
    const report = reportOf(loaded);
    tellLeftAlone(loaded, call);
    io.out(formats[call.format]?.(report, loaded, call) ?? '');
    return report.findings.some((finding) => failing.includes(finding.severity)) ? 1 : 0;
  },
};

function failingLevels(text: string): readonly Level[] {
  if (text === 'never') return [];
  const index = levels.findIndex((level) => level === text);
  if (index < 0) throw new UsageError(`--fail-on is ${levels.join(', ')} or never, not ${text}`);
  return levels.slice(0, index + 1);
}
