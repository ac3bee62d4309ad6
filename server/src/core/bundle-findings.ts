/** One finding for one line that a person would edit, whatever number of bundles it holds in. */
import { saysSame, sharedMessage } from './bundle-messages';
import type { Bundle } from './bundle-types';
import { isChosen } from './environment';
import type { Finding, Fix, Text } from './finding';
import { levels, list, say } from './finding';

/**
 * Joins what bundles say about a file: the same rule at the same place is one finding, as a chosen bundle says it, else
 * the most severe of them. When it holds in some of the bundles only, its message says in which. `bundlesOf` tells which bundles a file is part of, for
 * the files that fixes change.
 */
export function joinFindings(
  found: ReadonlyMap<Bundle, readonly Finding[]>,
  bundlesOf: (uri: string) => readonly Bundle[],
  chosen: string | undefined,
): Finding[] {
  const places = new Map<string, Said[]>();
  for (const [bundle, findings] of found) {
    const counts = new Map<string, number>();
    for (const finding of findings) {
      const place = `${finding.rule} ${finding.at.start} ${finding.at.end}`;
      const count = counts.get(place) ?? 0;
      counts.set(place, count + 1);
      const key = `${place} ${count}`;
      places.set(key, [...(places.get(key) ?? []), { bundle, finding }]);
    }
  }
  if (places.size === 0) return [];
  const names = namesOf([...found.keys()]);
  return [...places.values()].flatMap((said) => {
    const shown = said.find(({ bundle }) => isChosen(bundle, chosen)) ?? worst(said);
    if (!shown) return [];
    const { finding } = shown;
    const bundles = said.map(({ bundle }) => bundle);
    const shared = finding.fixes.filter((fix) =>
      said.every((other) => other.finding.fixes.some((its) => isSame(fix, its))),
    );
    return {
      ...finding,
      knownAs: worst(said)?.finding.resource,
      fixes: shared.flatMap((fix) => {
        const touching = fix.edits.filter(({ at }) => !bundlesOf(at.uri).every((bundle) => bundles.includes(bundle)));
        if (touching.length === 0) return [fix];
        // What is written serves the others as it is: an overlay changes it for itself, and nobody takes it from them.
        return touching.some(({ at }) => at.start < at.end) ? [] : [{ ...fix, safe: false, isPartial: true }];
      }),
      bundles: bundles.map(({ environment }) => environment),
      message: messageOf(shown, said, bundles.length < found.size, isChosen(shown.bundle, chosen), names),
    };
  });
}

/** What one bundle says. */
interface Said {
  readonly bundle: Bundle;
  readonly finding: Finding;
}

/** A chosen bundle speaks for itself; else what is said is true of all that say it, or tells of which it is. */
function messageOf(
  shown: Said,
  said: readonly Said[],
  isPart: boolean,
  isChosen: boolean,
  names: ReadonlyMap<Bundle, string>,
): Text {
  const { message } = shown.finding;
  const some = (of: readonly Said[]) =>
    someOf(
      of.map(({ bundle }) => bundle),
      names,
    );
  const alike = said.filter((one) => !saysSame(message, one.finding.message));
  if (isChosen || alike.length === 0) return isPart ? say`${message} (in ${some(said)})` : message;
  const shared = sharedMessage([shown, ...alike].map(({ finding }) => finding));
  if (shared) return isPart ? say`${shared} (in ${some(said)})` : shared;
  return say`${message} (in ${some(said.filter((one) => !alike.includes(one)))}; likewise in ${some(alike)})`;
}

function worst(said: readonly Said[]): Said | undefined {
  const rank = ({ finding }: Said) => levels.indexOf(finding.level);
  return [...said].sort((a, b) => rank(a) - rank(b))[0];
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
  const labels = new Map<string, number>();
  for (const { label } of bundles) if (label !== undefined) labels.set(label, (labels.get(label) ?? 0) + 1);
  const names = new Map<Bundle, string>();
  for (const bundle of bundles)
    if (bundle.label !== undefined && labels.get(bundle.label) === 1) names.set(bundle, bundle.label);
  let open = bundles.filter((bundle) => !names.has(bundle));
  for (let length = 1; open.length > 0; length++) {
    const counts = new Map<string, number>();
    const parts = open.map((bundle) => {
      const folder = bundle.folder.split('/');
      const end = decodeURIComponent(folder.slice(-length).join('/'));
      const name = bundle.label === undefined ? end : `${end} (${bundle.label})`;
      counts.set(name, (counts.get(name) ?? 0) + 1);
      return { bundle, name, isWhole: folder.length <= length };
    });
    for (const { bundle, name } of parts) names.set(bundle, name);
    open = parts.filter(({ name, isWhole }) => !isWhole && (counts.get(name) ?? 0) > 1).map(({ bundle }) => bundle);
  }
  return names;
}
