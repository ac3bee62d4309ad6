/** Slips that people make in a word or number. */

/** Long enough that one slip does not make another word of it, and no template. */
export function isPlain(text: string): boolean {
  return /^\d+$/.test(text) || /^[\w./-]{3,}$/.test(text);
}

/** The text with one slip: another number, or a letter left out, doubled, changed, or swapped with its neighbour. */
export function slip(text: string, random: () => number): string {
  if (/^\d+$/.test(text)) return String((Number(text) % 65_000) + 1);
  const letters = [...text.matchAll(/[a-z]/gi)].map(({ index }) => index);
  const inner = letters.filter((index) => index > 0 && index < text.length - 1);
  const at = (inner.length > 0 ? inner : letters)[Math.floor(random() * Math.max(inner.length, 1))] ?? 0;
  const letter = text[at] ?? '';
  const next = text[at + 1] ?? '';
  const changed = letter === 'x' ? 'y' : 'x';
  switch (Math.floor(random() * 4)) {
    case 0:
      return text.length > 3
        ? text.slice(0, at) + text.slice(at + 1)
        : text.slice(0, at) + changed + text.slice(at + 1);
    case 1:
      return text.slice(0, at) + letter + text.slice(at);
    case 2:
      return letter !== next && /[a-z]/i.test(next)
        ? text.slice(0, at) + next + letter + text.slice(at + 2)
        : text.slice(0, at) + changed + text.slice(at + 1);
    default:
      return text.slice(0, at) + changed + text.slice(at + 1);
  }
}
