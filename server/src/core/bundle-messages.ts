/** What several bundles say about one line, in one message that is true of all of them. */
import type { Finding, Text } from './finding';
import type { Resource } from './resource';

type Piece = Text[number];

/**
 * The message of the first finding, with the namespaces and names of the others beside its own: `no pod in namespace dev
 * or prod has app=web`. Undefined where they differ in something else.
 */
export function sharedMessage(findings: readonly Finding[]): Text | undefined {
  const [first, ...others] = findings.map((finding) => ({ finding, pieces: piecesOf(finding.message) }));
  if (!first || others.some(({ pieces }) => pieces.length !== first.pieces.length)) return undefined;
  const shared: Piece[] = [];
  for (const index of first.pieces.keys()) {
    const merged = mergedPiece([first, ...others].map((one) => ({ ...one, piece: one.pieces[index] ?? '' })));
    if (merged === undefined) return undefined;
    shared.push(merged);
  }
  return joined(shared);
}

/** Both say the same, in words and in the objects that they name. */
export function saysSame(a: Text, b: Text): boolean {
  return a === b || (a.length === b.length && a.every((piece, index) => isSamePiece(piece, b[index] ?? '')));
}

interface Said {
  readonly finding: Finding;
  readonly piece: Piece;
}

function mergedPiece(said: readonly Said[]): Piece | undefined {
  const [first] = said;
  if (!first) return undefined;
  if (said.every(({ piece }) => isSamePiece(first.piece, piece))) return first.piece;
  if (said.every(isWord)) {
    const [form, ...forms] = said.map(({ finding, piece }) => withoutOwn(piece, finding.resource));
    return forms.every((other) => other === form) ? either(said.map(({ piece }) => piece)) : undefined;
  }
  const objects = said.flatMap(({ piece }) =>
    typeof piece !== 'string' && 'resource' in piece ? [piece.resource] : [],
  );
  const [object] = objects;
  if (!object || objects.length < said.length || !objects.every((other) => isSameText(object, other))) return undefined;
  return { place: object.at, label: `${object.kind} ${either(objects.map(({ name = '' }) => name))}` };
}

function isWord(said: Said): said is Said & { readonly piece: string } {
  return typeof said.piece === 'string';
}

/** The bundles call one written object differently. */
function isSameText(a: Resource, b: Resource): boolean {
  return a.kind === b.kind && a.at.uri === b.at.uri && a.at.start === b.at.start;
}

function isSamePiece(a: Piece, b: Piece): boolean {
  if (typeof a === 'string' || typeof b === 'string') return a === b;
  if ('resource' in a)
    return 'resource' in b && isSameText(a.resource, b.resource) && a.resource.name === b.resource.name;
  return 'place' in b && a.label === b.label && a.place.uri === b.place.uri && a.place.start === b.place.start;
}

/** A word without what the object of the finding is called in its bundle. */
function withoutOwn(word: string, own: Resource | undefined): string {
  const names = [own?.namespace, own?.name].flatMap((name, index) => (name ? [{ name, mark: String(index) }] : []));
  return names.reduce((rest, { name, mark }) => rest.replaceAll(name, `\0${mark}`), word);
}

/** More alternatives than this are no help in a message. */
const MAX_WORDS = 4;

function either(words: readonly string[]): string {
  const all = [...new Set(words)];
  const shown = all.length > MAX_WORDS ? [...all.slice(0, MAX_WORDS - 1), 'others'] : all;
  return `${shown.slice(0, -1).join(', ')} or ${shown.at(-1) ?? ''}`;
}

/** Cut between words and what separates them, so that names stand alone. */
function piecesOf(message: Text): Text {
  return joined(message).flatMap((piece): Text =>
    typeof piece === 'string' ? piece.split(/(\w(?:[\w./=-]*\w)?)/).filter((part) => part !== '') : [piece],
  );
}

function joined(pieces: Text): Piece[] {
  const result: Piece[] = [];
  for (const piece of pieces) {
    const last = result.at(-1);
    if (typeof piece === 'string' && typeof last === 'string') result[result.length - 1] = last + piece;
    else result.push(piece);
  }
  return result;
}
