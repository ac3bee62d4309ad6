/** `podpath check --fix`: applies safe fixes until nothing is left to fix. */
import { fileURLToPath } from 'node:url';
import { readFileSync, writeFileSync } from 'node:fs';
import { applyEdits, fixAll } from '../core/index';
import { decodeText } from '../files/decode';
import { reason } from '../files/reason';
import type { Loaded } from './load';
import { chosenFindings } from './worlds';

export interface Fixed {
  /** As it is with all fixes. */
  readonly loaded: Loaded;
  /** How many findings were mended, by file. */
  readonly counts: ReadonlyMap<string, number>;
  /** Texts before and after, of files that have changed. */
  readonly changes: ReadonlyMap<string, { readonly before: string; readonly after: string }>;
}

/** Fixes that come one after the other: each round may make room for those that met with others before. */
const MAX_ROUNDS = 10;

/** Applies the safe fixes of what is reported, in memory. A file that would not be readable afterwards stays as it was. */
export function applyFixes(start: Loaded): Fixed {
  const before = new Map(chosenFindings(start).uris.map((uri) => [uri, start.snapshot.file(uri)?.text ?? '']));
  const counts = new Map<string, number>();
  const spoilt = new Set<string>();
  const seen = new Set<string>();
  let loaded = start;
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const { snapshot } = loaded;
    const { uris, isReported } = chosenFindings(loaded);
    const { fixed, edits } = fixAll(
      snapshot,
      uris.filter((uri) => !spoilt.has(uri)),
      isReported,
    );
    if (fixed.length === 0) break;
    const old = new Map([...edits.keys()].map((uri) => [uri, snapshot.file(uri)]));
    const texts = new Map([...edits].map(([uri, list]) => [uri, applyEdits(old.get(uri)?.text ?? '', list)]));
    // Fixes that undo each other would go on for ever.
    const state = JSON.stringify([...texts]);
    if (seen.has(state)) break;
    seen.add(state);
    loaded = loaded.update(texts);
    const broken = [...texts.keys()].filter(
      (uri) => loaded.snapshot.file(uri)?.unreadable === true && old.get(uri)?.unreadable !== true,
    );
    for (const uri of broken) spoilt.add(uri);
    if (broken.length > 0) loaded = loaded.update(new Map(broken.map((uri) => [uri, old.get(uri)?.text ?? ''])));
    for (const { finding } of fixed)
      if (!spoilt.has(finding.at.uri)) counts.set(finding.at.uri, (counts.get(finding.at.uri) ?? 0) + 1);
  }
  const changes = new Map(
    [...before].flatMap(([uri, text]) => {
      const after = loaded.snapshot.file(uri)?.text ?? '';
      return after === text ? [] : [[uri, { before: text, after }] as const];
    }),
  );
  return { loaded, counts, changes };
}

/** Writes a changed file; why it could not be, or undefined. Bytes that are no plain UTF-8 are not touched. */
export function writeFixed(
  uri: string,
  { before, after }: { readonly before: string; readonly after: string },
): string | undefined {
  const path = fileURLToPath(uri);
  try {
    const bytes = readFileSync(path);
    if (decodeText(bytes) !== before) return 'has changed meanwhile';
    const mark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? '\ufeff' : '';
    const isPlain = Buffer.from(mark + before, 'utf8').equals(bytes);
    if (!isPlain) return 'is not written in UTF-8';
    writeFileSync(path, mark + after);
    return undefined;
  } catch (error) {
    return `cannot be written: ${reason(error)}`;
  }
}
