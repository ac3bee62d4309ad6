/**
 * Runs the conformance cases: `npm run conformance [-- --json]`. `ORACLES` names the folder of the families. Exits with 1
 * when a case disagrees that conformance-differences.md does not list.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { families } from './families';
import type { Case, Family, Outcome } from './family';

interface Disagreement {
  readonly id: string;
  readonly want: unknown;
  readonly got: unknown;
}

interface Result {
  readonly family: string;
  readonly cases: number;
  readonly agree: number;
  readonly disagreements: readonly Disagreement[];
  /** How many cases each reason keeps out. */
  readonly reasons: ReadonlyMap<string, number>;
}

const oracles = process.env['ORACLES'] ?? '../shared/oracles';

/** The cases of a family; none where a file is missing or is no list of cases. */
function casesOf(family: string, files: readonly string[]): Case[] {
  return files.flatMap((file) => {
    const path = join(oracles, family, file);
    if (!existsSync(path)) return [];
    const { cases } = JSON.parse(readFileSync(path, 'utf8')) as { readonly cases?: readonly Case[] };
    return cases ?? [];
  });
}

function outcome(item: Case, adapters: readonly Family[], folder: string): Outcome {
  const adapter =
    adapters.find(({ groups }) => groups?.includes(item.group)) ?? adapters.find(({ groups }) => groups === undefined);
  const reason = adapter?.notApplicable?.[item.group];
  if (reason !== undefined) return { notApplicable: reason };
  if (!adapter) return { notApplicable: `no part of the product answers ${item.group}` };
  try {
    return adapter.run(item, folder);
  } catch (error) {
    return { agree: false, want: item['expected'] ?? null, got: String(error) };
  }
}

function runFamily(family: string): Result | undefined {
  const adapters = families.filter((adapter) => adapter.family === family);
  const cases = casesOf(family, [...new Set(adapters.flatMap(({ files }) => files ?? ['cases.json']))]);
  if (cases.length === 0) return undefined;
  const disagreements: Disagreement[] = [];
  const reasons = new Map<string, number>();
  let agree = 0;
  for (const item of cases) {
    const result = outcome(item, adapters, join(oracles, family));
    if ('notApplicable' in result) reasons.set(result.notApplicable, (reasons.get(result.notApplicable) ?? 0) + 1);
    else if (result.agree) agree++;
    else disagreements.push({ id: item.id, want: result.want ?? null, got: result.got ?? null });
  }
  return { family, cases: cases.length, agree, disagreements, reasons };
}

/** Reads lines of the form "- `family` `id`: reason". */
function knownDifferences(): ReadonlyMap<string, string> {
  const text = readFileSync('test/conformance-differences.md', 'utf8');
  return new Map(
    Array.from(text.matchAll(/^- `([^`]+)` `([^`]+)`: (.+)$/gm), ([, family = '', id = '', reason = '']) => [
      `${family} ${id}`,
      reason,
    ]),
  );
}

const notApplicable = ({ reasons }: Result) => [...reasons.values()].reduce((sum, count) => sum + count, 0);

const results = [...new Set(families.map(({ family }) => family))].flatMap((family) => runFamily(family) ?? []);

if (process.argv.includes('--json')) {
  console.log(
    JSON.stringify({
      families: results.map((result) => ({
        family: result.family,
        cases: result.cases,
        agree: result.agree,
        disagree: result.disagreements.length,
        notApplicable: notApplicable(result),
        disagreements: result.disagreements,
      })),
    }),
  );
} else {
  console.log('Not applicable:');
  for (const { family, notApplicable: groups } of families)
    for (const [group, reason] of Object.entries(groups ?? {})) console.log(`  ${family} ${group}: ${reason}`);
  const known = knownDifferences();
  let unknown = 0;
  for (const result of results) {
    const { family, cases, agree, disagreements, reasons } = result;
    console.log(
      `\n${family}: ${cases} cases, ${agree} agree, ${disagreements.length} disagree, ${notApplicable(result)} not applicable`,
    );
    for (const [reason, count] of reasons) console.log(`  ${count} not applicable: ${reason}`);
    for (const { id, want, got } of disagreements) {
      const reason = known.get(`${family} ${id}`);
      if (reason === undefined) unknown++;
      console.log(
        reason === undefined
          ? `  DISAGREES ${id}\n    want ${JSON.stringify(want)}\n    got  ${JSON.stringify(got)}`
          : `  differs as known: ${id}: ${reason}`,
      );
    }
  }
  process.exitCode = unknown > 0 ? 1 : 0;
}
