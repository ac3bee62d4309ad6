/** Bytes to text, strictly. */

/** The text; undefined when the bytes are no UTF-8. */
export function decodeUtf8(bytes: Uint8Array): string | undefined {
  const parts: string[] = [];
  let codes: number[] = [];
  for (let at = 0; at < bytes.length;) {
    const lead = bytes[at] ?? 0;
    const more =
      lead < 0x80
        ? 0
        : lead >= 0xc2 && lead < 0xe0
          ? 1
          : lead >= 0xe0 && lead < 0xf0
            ? 2
            : lead >= 0xf0 && lead < 0xf5
              ? 3
              : -1;
    if (more < 0 || at + more >= bytes.length) return undefined;
    let code = more === 0 ? lead : lead & (0x3f >> more);
    for (let next = 1; next <= more; next++) {
      const byte = bytes[at + next] ?? 0;
      if ((byte & 0xc0) !== 0x80) return undefined;
      code = (code << 6) | (byte & 0x3f);
    }
    if (code < (minima[more] ?? 0) || code > 0x10ffff || (code >= 0xd800 && code < 0xe000)) return undefined;
    codes.push(code);
    if (codes.length === 4096) {
      parts.push(String.fromCodePoint(...codes));
      codes = [];
    }
    at += more + 1;
  }
  return parts.join('') + String.fromCodePoint(...codes);
}

const minima = [0, 0x80, 0x800, 0x10000];
