/** Bytes of a file as text, or undefined for a binary file. Byte order marks decide; all else is UTF-8, read loosely. */
export function decodeText(bytes: Uint8Array): string | undefined {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  if (bytes.subarray(0, 8192).includes(0)) return undefined;
  return new TextDecoder('utf-8').decode(bytes);
}

/** Bytes of a file that is named, whatever it is: a generator takes pictures too. What is no UTF-8 becomes U+FFFD. */
export function decodeLoosely(bytes: Uint8Array): string {
  return decodeText(bytes) ?? new TextDecoder('utf-8').decode(bytes);
}
