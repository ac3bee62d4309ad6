/**
 * How plain YAML scalars become values. Two readers take them differently from each other and from every mode of a
 * YAML library: kubectl (sigs.k8s.io/yaml, also behind Helm) and Kustomize (kyaml). Both were asked for each line of
 * test/core/scalars.test.ts.
 */

/** `kubectl`: plain files and Helm output. `kustomize`: files that a kustomization owns. */
export type Reading = 'kubectl' | 'kustomize';

/**
 * A number is what a float64 or a safe integer can hold; a bigint is an integer of 64 bits beyond that, kept exact.
 * Infinity and NaN stand for `.inf` and `.nan`, which no JSON can hold: both tools refuse the file.
 */
export type Resolved = string | number | bigint | boolean | null;

/** The value of a scalar written without quotes or tag. */
export function resolvePlain(text: string, reading: Reading): Resolved {
  const word = words.get(text);
  if (word !== undefined) return word;
  if (reading === 'kubectl') return oldBooleans.get(text) ?? resolveNumber(text) ?? text;
  return resolveNumber(text) ?? resolveTime(text) ?? text;
}

/**
 * The value of a scalar with an explicit tag, quoted or not. `tag` is in the long form `tag:yaml.org,2002:int` or the
 * short form `!!int`. Where the tag does not fit the text the tools refuse the file; the text is then the value. The
 * content of `!!binary` stays base64.
 */
export function resolveTagged(tag: string, text: string, reading: Reading): Resolved {
  const plain = resolvePlain(text, reading);
  switch (tag.replace(/^tag:yaml\.org,2002:/, '!!')) {
    case '!!int':
      return isInteger(text) && typeof plain !== 'string' ? plain : text;
    case '!!float':
      return typeof plain === 'number' || typeof plain === 'bigint' ? Number(plain) : text;
    case '!!bool':
      return typeof plain === 'boolean' ? plain : text;
    case '!!null':
      return plain === null ? null : text;
    case '!!timestamp':
      return typeof plain === 'string' ? plain : text;
    case '!':
      return reading === 'kustomize' ? plain : text;
    default:
      return text;
  }
}

const words: ReadonlyMap<string, Resolved> = new Map<string, Resolved>([
  ...['', '~', 'null', 'Null', 'NULL'].map((word) => [word, null] as const),
  ...['true', 'True', 'TRUE'].map((word) => [word, true] as const),
  ...['false', 'False', 'FALSE'].map((word) => [word, false] as const),
  ...['.inf', '.Inf', '.INF', '+.inf', '+.Inf', '+.INF'].map((word) => [word, Infinity] as const),
  ...['-.inf', '-.Inf', '-.INF'].map((word) => [word, -Infinity] as const),
  ...['.nan', '.NaN', '.NAN'].map((word) => [word, NaN] as const),
]);

/** The booleans of YAML 1.1, which kyaml takes as text. */
const oldBooleans: ReadonlyMap<string, boolean> = new Map([
  ...['y', 'Y', 'yes', 'Yes', 'YES', 'on', 'On', 'ON'].map((word) => [word, true] as const),
  ...['n', 'N', 'no', 'No', 'NO', 'off', 'Off', 'OFF'].map((word) => [word, false] as const),
]);

/** Underscores count for nothing inside a number; 0777 and 0o777 are octal; base 60 does not exist. */
const integerPattern = /^[-+]?(?:0[xX][0-9a-fA-F]+|0[bB][01]+|0[oO]?[0-7]+|0|[1-9][0-9]*)$/;
const floatPattern = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;

const withoutGaps = (text: string): string => (/^[-+.0-9]/.test(text) ? text.replaceAll('_', '') : text);

const isInteger = (text: string): boolean => integerPattern.test(withoutGaps(text));

function resolveNumber(text: string): number | bigint | undefined {
  const digits = withoutGaps(text);
  const integer = integerPattern.test(digits) ? readInteger(digits) : undefined;
  if (integer !== undefined) return integer;
  // An integer beyond 64 bits is a float when its digits could be one; a float beyond its range is text.
  if (!floatPattern.test(digits)) return undefined;
  const float = Number(digits);
  return Number.isFinite(float) ? float + 0 : undefined;
}

/** An integer of 64 bits, with sign from -2^63 to 2^63-1, without to 2^64-1; undefined beyond. */
function readInteger(digits: string): number | bigint | undefined {
  const negative = digits.startsWith('-');
  const signed = negative || digits.startsWith('+');
  const magnitude = BigInt(digits.replace(/^[-+]/, '').replace(/^0(?=[0-7])/, '0o'));
  const value = negative ? -magnitude : magnitude;
  const fits = signed ? BigInt.asIntN(64, value) === value : BigInt.asUintN(64, value) === value;
  if (!fits) return undefined;
  return BigInt(Number(value)) === value && Number.isSafeInteger(Number(value)) ? Number(value) : value;
}

const timePattern =
  /^(\d{4})-(\d\d?)-(\d\d?)(?:(?:[Tt](\d\d?):(\d\d?):(\d\d?)([.,]\d+)?(Z|[-+]\d\d:\d\d))|(?: (\d\d?):(\d\d?):(\d\d?)([.,]\d+)?))?$/;

/** A date becomes a full RFC 3339 time: Kustomize turns the plain label value 2021-01-01 into 2021-01-01T00:00:00Z. */
function resolveTime(text: string): string | undefined {
  const match = timePattern.exec(text);
  if (match === null) return undefined;
  const [year = 0, month = 0, day = 0] = match.slice(1, 4).map(Number);
  const [hour = 0, minute = 0, second = 0] = (match[4] === undefined ? match.slice(9, 12) : match.slice(4, 7)).map(
    (part) => Number(part || 0),
  );
  const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const days = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ?? 0;
  if (day < 1 || day > days || hour > 23 || minute > 59 || second > 59) return undefined;
  const [zoneHour = 0, zoneMinute = 0] = (match[8] ?? '').slice(1).split(':').map(Number);
  if (zoneHour > 23 || zoneMinute > 59) return undefined;
  const fraction = (match[7] ?? match[12] ?? '').slice(1, 10).replace(/0+$/, '');
  const zone = match[8] === undefined || (zoneHour === 0 && zoneMinute === 0) ? 'Z' : match[8];
  const two = (part: number): string => String(part).padStart(2, '0');
  const date = `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}`;
  return `${date}T${two(hour)}:${two(minute)}:${two(second)}${fraction && `.${fraction}`}${zone}`;
}
