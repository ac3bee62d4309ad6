/** Fixes of many findings as one edit. */
import type { Chosen } from '../edits';
import { chooseFixes, safeFix, withLineEnds } from '../edits';
import type { Finding, Fix, TextEdit } from '../finding';
import type { Snapshot } from '../workspace';

/**
 * Safe fixes of these files, in one round: what meets with another fix is left for the next one. `isMeant` chooses among
 * their findings.
 */
export function fixAll(
  snapshot: Snapshot,
  uris: readonly string[],
  isMeant: (finding: Finding) => boolean = () => true,
): Chosen {
  const within = new Set(uris);
  const findings = uris.flatMap((uri) => snapshot.findings(uri).filter(isMeant));
  return finished(
    chooseFixes(findings, safeFix, (uri) => within.has(uri)),
    snapshot,
  );
}

/** The fixes of one rule in these files, of the findings that leave no choice. */
export function fixRule(snapshot: Snapshot, uris: readonly string[], rule: string): Chosen {
  const within = new Set(uris);
  const findings = uris.flatMap((uri) => snapshot.findings(uri).filter((finding) => finding.rule === rule));
  return finished(
    chooseFixes(findings, onlyFix, (uri) => within.has(uri)),
    snapshot,
  );
}

function onlyFix(finding: Finding): Fix | undefined {
  const [only, other] = finding.fixes;
  return safeFix(finding) ?? (other || only?.isPartial ? undefined : only);
}

function finished({ fixed, edits }: Chosen, snapshot: Snapshot): Chosen {
  return {
    fixed,
    edits: new Map([...edits].map(([uri, list]) => [uri, list.map((edit) => asWritten(edit, snapshot))])),
  };
}

/** The edit with the line ends of its file. */
export function asWritten(edit: TextEdit, snapshot: Snapshot): TextEdit {
  return withLineEnds(edit, snapshot.file(edit.at.uri)?.text ?? '');
}
