/** One finding for one line that a person would edit, whatever number of bundles it holds in. */
import type { Bundle } from './bundles';
import type { Finding, Fix, Text } from './finding';
import { levels, list, say } from './finding';

/**
 * Joins what bundles say about a file: the same rule at the same place is one finding, the most severe of them. When it
 * holds in some of the bundles only, its message says in which. `bundlesOf` tells which bundles a file is part of, for
 * the files that fixes change.
 */
export function joinFindings(
  found: ReadonlyMap<Bundle, readonly Finding[]>,
  bundlesOf: (uri: string) => readonly Bundle[],
): Finding[] {
  const joined = new Map<
    string,
    { readonly finding: Finding; readonly bundles: readonly Bundle[]; readonly fixes: readonly Fix[] }
  >();
  for (const [bundle, findings] of found) {
    const counts = new Map<string, number>();
    for (const finding of findings) {
      const place = `${finding.rule} ${finding.at.start} ${finding.at.end}`;
      const count = counts.get(place) ?? 0;
      counts.set(place, count + 1);
      const key = `${place} ${count}`;
      const known = joined.get(key);
      joined.set(key, {
        finding: known && rank(known.finding) <= rank(finding) ? known.finding : finding,
        bundles: [...(known?.bundles ?? []), bundle],
        fixes: known ? known.fixes.filter((fix) => finding.fixes.some((other) => isSame(fix, other))) : finding.fixes,
      });
    }
  }
  if (joined.size === 0) return [];
  const names = namesOf([...found.keys()]);
  return [...joined.values()].map(({ finding, bundles, fixes }) => ({
    ...finding,
    fixes: fixes.map((fix) => {
      const touched = fix.edits.flatMap(({ at }) => bundlesOf(at.uri));
      return touched.every((bundle) => bundles.includes(bundle)) ? fix : { ...fix, safe: false, isPartial: true };
    }),
    bundles: bundles.map(({ folder }) => folder),
    message: bundles.length < found.size ? say`${finding.message} (in ${someOf(bundles, names)})` : finding.message,
  }));
}

/** Bundles that ask for different texts at one place cannot all have theirs. */
function isSame(a: Fix, b: Fix): boolean {
  return (
    a.edits.length === b.edits.length &&
    a.edits.every(({ at, newText }, index) => {
      const other = b.edits[index];
      return (
        other?.newText === newText && other.at.uri === at.uri && other.at.start === at.start && other.at.end === at.end
      );
    })
  );
}

const rank = ({ level }: Finding) => levels.indexOf(level);

/** More names than this are no help in a message. */
const MAX_NAMES = 4;

function someOf(bundles: readonly Bundle[], names: ReadonlyMap<Bundle, string>): Text {
  const shown = bundles.slice(0, MAX_NAMES).map((bundle) => say`${names.get(bundle)}`);
  const more = bundles.length - shown.length;
  return list(more > 0 ? [...shown, say`${more} more`] : shown);
}

/**
 * The shortest ends of the bundles' folders that tell them apart: `prod`, or `web/prod` and `db/prod`. Bundles of one
 * folder go by what applies them: `Kustomization web`.
 */
export function namesOf(bundles: readonly Bundle[]): ReadonlyMap<Bundle, string> {
  const names = new Map<Bundle, string>();
  const inFolder = new Map<string, number>();
  for (const { folder } of bundles) inFolder.set(folder, (inFolder.get(folder) ?? 0) + 1);
  for (const bundle of bundles)
    if (bundle.deployment && (inFolder.get(bundle.folder) ?? 0) > 1) names.set(bundle, bundle.deployment.title);
  let open = bundles.filter((bundle) => !names.has(bundle));
  for (let length = 1; open.length > 0; length++) {
    const counts = new Map<string, number>();
    const parts = open.map((bundle) => {
      const folder = bundle.folder.split('/');
      const name = decodeURIComponent(folder.slice(-length).join('/'));
      counts.set(name, (counts.get(name) ?? 0) + 1);
      return { bundle, name, isWhole: folder.length <= length };
    });
    for (const { bundle, name } of parts) names.set(bundle, name);
    open = parts.filter(({ name, isWhole }) => !isWhole && (counts.get(name) ?? 0) > 1).map(({ bundle }) => bundle);
  }
  return names;
}
