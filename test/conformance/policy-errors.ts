/** Inputs that another analyzer refuses or warns about: what we find in them. */
import type { Case, Outcome } from './family';
import { findingsOf, foreign } from './policy-connectivity';

/** Options of the other analyzer; ours has none like them. */
const options = ['focusWorkloads', 'focusWorkloadPeers', 'focusDirection', 'explainOnly', 'exposure'];

/** Agrees when we find something in the input too: an error or a warning for what it refuses, anything for a warning. */
export function errors(item: Case, folder: string): Outcome {
  const { files, args, messageContains } = item as unknown as {
    readonly files: readonly string[];
    readonly args: Readonly<Record<string, unknown>>;
    readonly messageContains: readonly unknown[];
  };
  if (options.some((name) => name in args)) return { notApplicable: 'it is about options of that analyzer' };
  const { findings, resources } = findingsOf(files, folder);
  const reason = foreign(resources);
  if (reason) return { notApplicable: reason };
  const wanted = findings.filter(({ level }) => item.group !== 'fatal' || level === 'error' || level === 'warning');
  return {
    agree: wanted.length > 0,
    want: messageContains,
    got: wanted.map(({ rule }) => rule),
  };
}
