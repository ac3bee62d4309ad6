/** What other fences than files expect, by the first word of the fence: each renders what the product says now. */
import { completion, definition, hover, lens, links, references, rendered, symbols, topology } from './expect-features';
import { action, fix } from './expect-fix';
import { trace } from './expect-trace';
import type { Case } from './run';

/** Renders an expectation; `argument` is the rest of the fence's first line. */
export type Expectation = (testCase: Case, argument: string) => string;

export const expectations: Readonly<Record<string, Expectation>> = {
  action,
  completion,
  definition,
  fix,
  hover,
  lens,
  links,
  references,
  rendered,
  symbols,
  topology,
  trace,
};
