/** A trace for people: one line a hop, with what decides. */
import type { Paint, Tone } from './colours';
import { printable, width } from './printable';
import type { ReportedHop, TraceReport } from './trace-report';

const marks: Readonly<Record<ReportedHop['verdict'], readonly [mark: string, tone: Tone]>> = {
  ok: ['✓', 'good'],
  denied: ['✗', 'error'],
  unresolved: ['?', 'warning'],
};

const outcomes: Readonly<Record<TraceReport['verdict'], readonly [words: string, tone: Tone]>> = {
  allowed: ['allowed', 'good'],
  denied: ['denied', 'error'],
  unresolved: ['unresolved', 'warning'],
};

export function traceText(
  { verdict, hops, backends = [] }: TraceReport,
  ends: { readonly from: string; readonly to: string },
  paint: Paint,
  isQuiet: boolean,
): string {
  const [words, tone] = outcomes[verdict];
  const steps = Math.max(0, ...hops.map(({ step }) => width(step)));
  const head = `${paint('strong', printable(`${ends.from} → ${ends.to}`))}  ${paint(tone, words)}${shared(verdict, backends)}`;
  return `${[head, ...hops.flatMap((hop) => lines(hop, steps, paint, isQuiet))].join('\n')}\n`;
}

/** Of how many of several backends the verdict is true. */
function shared(verdict: TraceReport['verdict'], backends: NonNullable<TraceReport['backends']>): string {
  const alike = backends.filter((backend) => backend.verdict === verdict).length;
  return alike < backends.length ? ` for ${alike} of ${backends.length} backends: a part of the connections` : '';
}

/** Details of hops that are fine are for the curious; those of others say what to do. */
function lines(
  { step, title, verdict, file, line, detail }: ReportedHop,
  steps: number,
  paint: Paint,
  isQuiet: boolean,
) {
  const [mark, tone] = marks[verdict];
  const place = file === undefined ? '' : `  ${paint('quiet', printable(`${file}:${line ?? 1}`))}`;
  const indent = ' '.repeat(steps + 6);
  const more = detail === undefined || (isQuiet && verdict === 'ok') ? [] : detail.split('\n');
  return [
    `  ${paint(tone, mark)} ${paint('quiet', step.padEnd(steps))}  ${printable(title)}${place}`,
    ...more.map((text) => `${indent}${verdict === 'ok' ? paint('quiet', printable(text)) : printable(text)}`),
  ];
}
