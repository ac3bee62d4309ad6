/** What stands in the way of a build, and where. */
import type { Span } from '../../value';

export const problemCodes = [
  'file-not-found',
  'outside-root',
  'cycle',
  'invalid-yaml',
  'invalid-kustomization',
  'unknown-field',
  'wrong-type',
  'invalid-resource',
  'duplicate-id',
  'wrong-kind',
  'target-not-found',
  'ambiguous-target',
  'invalid-patch',
  'patch-conflict',
  'invalid-selector',
  'invalid-replacement',
  'field-not-found',
  'invalid-var',
  'invalid-generator',
  'invalid-configuration',
  'ambiguous-reference',
  'nothing-to-build',
] as const;

export type ProblemCode = (typeof problemCodes)[number];

/** Something that kustomize refuses. The build goes on without the step that failed. */
export interface Problem {
  readonly code: ProblemCode;
  /** One sentence that names what is wrong. */
  readonly message: string;
  /** The smallest text that is wrong, mostly in a kustomization. */
  readonly span: Span;
  /** The name that was looked for and the names there are, where something was not found. */
  readonly wanted?: string;
  readonly candidates?: readonly string[];
  /** The other place, where two do not go together. */
  readonly other?: Span;
}

/** Something that is written and changes nothing. The real tool says nothing about it. */
export interface Idle {
  /** The field of the kustomization in which it stands. */
  readonly field: 'patches' | 'images' | 'replacements';
  readonly message: string;
  readonly span: Span;
  /** The name that was looked for, where one is written at the span, and the names there are. */
  readonly wanted?: string | undefined;
  readonly candidates: readonly string[];
}

/** Something that cannot be known without running programs or the network. */
export interface Incomplete {
  readonly reason: 'remote' | 'helm' | 'function' | 'binary';
  readonly message: string;
  readonly span: Span;
}

/** Ends one step of a build; it is caught where the step began and becomes a problem. */
export interface Failure {
  readonly failure: Problem;
}

export function fail(
  code: ProblemCode,
  message: string,
  span: Span,
  more?: Pick<Problem, 'wanted' | 'candidates' | 'other'>,
): never {
  const { uri, start, end } = span;
  // eslint-disable-next-line @typescript-eslint/only-throw-error -- a failed step is data, never an error of the program
  throw { failure: { code, message, span: { uri, start, end }, ...more } } satisfies Failure;
}

export function isFailure(error: unknown): error is Failure {
  return typeof error === 'object' && error !== null && 'failure' in error;
}

/** Ends one step of a build that cannot be done here. */
export interface Omission {
  readonly omission: Incomplete;
}

export function leaveOut(reason: Incomplete['reason'], message: string, { uri, start, end }: Span): never {
  // eslint-disable-next-line @typescript-eslint/only-throw-error -- as with `fail`
  throw { omission: { reason, message, span: { uri, start, end } } } satisfies Omission;
}

export function isOmission(error: unknown): error is Omission {
  return typeof error === 'object' && error !== null && 'omission' in error;
}
