/** What every family of conformance cases offers to the runner. */

/** One case as it stands in a cases file; its fields depend on the group. */
export type Case = { readonly id: string; readonly group: string } & Readonly<Record<string, unknown>>;

/** The outcome of one case: what the case wants and what we have, or why the case says nothing about us. */
export type Outcome =
  { readonly agree: boolean; readonly want: unknown; readonly got: unknown } | { readonly notApplicable: string };

/** A family of cases and the function that runs one of them. Several adapters may share a family by its groups. */
export interface Family {
  readonly family: string;
  /** The groups this adapter runs; all, when absent. */
  readonly groups?: readonly string[];
  /** The files of cases in the folder of the family; `cases.json` when absent. */
  readonly files?: readonly string[];
  /** Groups (or, in families of linters, checks) that say nothing about us, each with the reason. */
  readonly notApplicable?: Readonly<Record<string, string>>;
  /** Runs a case; `folder` is where the files lie that the case names. */
  readonly run: (item: Case, folder: string) => Outcome;
}

/** The outcome of a comparison of plain data; the order of object keys does not count. */
export function compare(want: unknown, got: unknown): Outcome {
  return { agree: canonical(want) === canonical(got), want, got };
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_, item: unknown) =>
    typeof item === 'object' && item !== null && !Array.isArray(item)
      ? Object.fromEntries(Object.entries(item).sort(([a], [b]) => (a < b ? -1 : 1)))
      : item,
  );
}
