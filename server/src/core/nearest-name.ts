/** The valid name that is closest to an invalid one: what a quick fix offers. */
import { nameRules, type NameRule } from './names';

const cut = (text: string, maximum: number): string => text.slice(0, maximum);
const trimmed = (text: string): string => /[A-Za-z0-9](?:.*[A-Za-z0-9])?/s.exec(text)?.[0] ?? '';

const label = (text: string, maximum = 63): string =>
  trimmed(cut(trimmed(text.toLowerCase().replace(/[^a-z0-9]+/g, (gap) => (/^-+$/.test(gap) ? gap : '-'))), maximum));

const subdomain = (text: string): string =>
  trimmed(
    cut(
      text
        .split('.')
        .map((part) => label(part, 253))
        .filter((part) => part !== '')
        .join('.'),
      253,
    ),
  );

const word = (text: string): string => trimmed(cut(trimmed(text.replace(/[^-A-Za-z0-9_.]+/g, '-')), 63));

function qualified(text: string): string {
  const [first = '', second, third] = text.split('/');
  if (third !== undefined) return '';
  return second === undefined ? word(first) : `${subdomain(first)}/${word(second)}`;
}

const mend: Partial<Record<NameRule, (text: string) => string>> = {
  dns1123Label: label,
  dns1123Subdomain: subdomain,
  dns1035Label: (text) => label(text.replace(/^[^A-Za-z]+/, '')),
  wildcardDns1123Subdomain: (text) => `*.${subdomain(text.replace(/^[*.]+/, ''))}`,
  qualifiedName: qualified,
  labelValue: word,
  portName: (text) => trimmed(cut(label(text).replace(/-{2,}/g, '-'), 15)),
  cIdentifier: (text) => text.replace(/[^A-Za-z0-9_]+/g, '_').replace(/^(?=[0-9])/, '_'),
  configMapKey: (text) => cut(text.replace(/[^-._a-zA-Z0-9]+/g, '-').replace(/^\.\.+/, '.'), 253),
};

/**
 * The valid text closest to `text`: lower-cased where the rule wants it, other characters replaced by '-', ends
 * trimmed, cut to length. Undefined when nothing of the text is left, or when no replacement would keep its meaning.
 */
export function nearestValid(rule: NameRule, text: string): string | undefined {
  if (!/[A-Za-z0-9]/.test(text)) return undefined;
  const candidate = mend[rule]?.(text);
  return candidate !== undefined && candidate !== '' && nameRules[rule](candidate) === undefined
    ? candidate
    : undefined;
}
