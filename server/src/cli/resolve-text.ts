/** Answers of `podpath resolve` for people. */
import type { Paint } from './colours';
import { printable, width } from './printable';
import type { ReportedAnswer, ReportedRecord, ResolveReport } from './resolve-report';

export function resolveText({ answers }: ResolveReport, paint: Paint): string {
  return answers.map((item) => block(item, paint).join('\n')).join('\n\n') + '\n';
}

function block({ query, rcode, records, reason, search }: ReportedAnswer, paint: Paint): string[] {
  const outcome =
    records.length > 0
      ? paint('good', rcode)
      : rcode === 'NOERROR'
        ? paint('warning', `${rcode}, but no ${query.type} record`)
        : paint(rcode === 'NXDOMAIN' ? 'error' : 'quiet', rcode);
  return [
    `${paint('strong', printable(`${query.name} ${query.type}`))}  ${outcome}`,
    ...(reason === undefined ? [] : [`  ${printable(reason)}`]),
    ...table(records),
    ...(search === undefined ? [] : [paint('quiet', `  tried in order: ${search.map(printable).join(', ')}`)]),
  ];
}

function table(records: readonly ReportedRecord[]): string[] {
  const rows = records.map(({ name, type, data, target }) => [
    name,
    type,
    data ?? '(known when it runs)',
    target === undefined ? '' : `${target.kind} ${target.namespace}/${target.name}`,
  ]);
  const columns = [0, 1, 2].map((index) => Math.max(0, ...rows.map((row) => width(printable(row[index] ?? '')))));
  return rows.map((row) =>
    `  ${row
      .map((cell, index) => printable(cell) + ' '.repeat(Math.max(0, (columns[index] ?? 0) - width(printable(cell)))))
      .join('  ')}`.trimEnd(),
  );
}
