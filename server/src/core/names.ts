/**
 * The syntax of names, label keys and values, as apimachinery checks them (pkg/util/validation). Each check takes the
 * text and returns undefined when it is valid, otherwise what is wrong with it as the end of a sentence:
 * "must be at most 63 characters long (it has 70)".
 */

type Check = (text: string) => string | undefined;

const subdomainPattern = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;

function check(text: string, maximum: number, pattern: RegExp, rule: string): string | undefined {
  if (text === '') return 'must not be empty';
  if (!pattern.test(text)) return rule;
  return text.length > maximum ? `must be at most ${maximum} characters long (it has ${text.length})` : undefined;
}

/** The name of a namespace, a container, a Service's port (RFC 1123 label). */
export const dns1123Label: Check = (text) =>
  check(
    text,
    63,
    /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/,
    "must be lower-case letters, digits and '-', and start and end with a letter or digit",
  );

/** The name of most objects, and a host name (RFC 1123 subdomain). */
export const dns1123Subdomain: Check = (text) =>
  check(
    text,
    253,
    subdomainPattern,
    "must be lower-case letters, digits, '-' and '.', and each part between dots must start and end with a letter or digit",
  );

/** A label that also must not start with a digit (RFC 1035), as the name of a Service. */
export const dns1035Label: Check = (text) =>
  check(
    text,
    63,
    /^[a-z]([-a-z0-9]*[a-z0-9])?$/,
    "must be lower-case letters, digits and '-', start with a letter and end with a letter or digit",
  );

/** A host that stands for every host one label longer: `*.` and a subdomain. */
export const wildcardDns1123Subdomain: Check = (text) =>
  check(
    text,
    253,
    /^\*\.[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/,
    "must be '*.' followed by lower-case letters, digits, '-' and '.', as in *.example.com",
  );

/** A label key, an annotation key, a finalizer: a name, with or without a DNS prefix and `/` before it. */
export const qualifiedName: Check = (text) => {
  const parts = text.split('/');
  const [prefix, name = text] = parts.length === 1 ? [undefined, text] : parts;
  if (parts.length > 2) return "must have at most one '/', between a DNS prefix and the name";
  const before = prefix === undefined ? undefined : dns1123Subdomain(prefix);
  if (before !== undefined) return `has a prefix that ${before}`;
  const problem = check(
    name,
    63,
    /^([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$/,
    "must be letters, digits, '-', '_' and '.', and start and end with a letter or digit",
  );
  return problem !== undefined && prefix !== undefined ? `has a name after the '/' that ${problem}` : problem;
};

/** The value of a label; it may be empty. */
export const labelValue: Check = (text) =>
  text === ''
    ? undefined
    : check(
        text,
        63,
        /^([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$/,
        "must be letters, digits, '-', '_' and '.', and start and end with a letter or digit",
      );

/** The name of a container port, and every port named in an IntOrString field (IANA service name, RFC 6335). */
export const portName: Check = (text) => {
  const problem = check(text, 15, /^[-a-z0-9]+$/, "must be lower-case letters, digits and '-'");
  if (problem !== undefined) return problem;
  if (!/[a-z]/.test(text)) return 'must contain at least one letter';
  if (text.includes('--')) return "must not contain '--'";
  return text.startsWith('-') || text.endsWith('-') ? "must start and end with a letter or digit, not '-'" : undefined;
};

/** An identifier of the C language, as fieldPath and some environment variables need. */
export const cIdentifier: Check = (text) =>
  check(text, Infinity, /^[A-Za-z_][A-Za-z0-9_]*$/, "must be letters, digits and '_', and start with a letter or '_'");

/** A key of a ConfigMap or Secret: it becomes a file name. */
export const configMapKey: Check = (text) => {
  const problem = check(text, 253, /^[-._a-zA-Z0-9]+$/, "must be letters, digits, '-', '_' and '.'");
  return problem ?? (text === '.' || text.startsWith('..') ? "must not be '.' or start with '..'" : undefined);
};

/** A DNS name of at least two labels; one dot may end it. */
export const fullyQualifiedName: Check = (text) => {
  const name = text.endsWith('.') ? text.slice(0, -1) : text;
  const problem = dns1123Subdomain(name);
  if (problem !== undefined) return problem;
  const parts = name.split('.');
  if (parts.length < 2) return 'must be at least two names joined by a dot';
  return parts.some((part) => part.length > 63) ? 'must have at most 63 characters between two dots' : undefined;
};

/** A path behind a DNS name, as in a Gateway API controllerName: `example.com/controller`. */
export const domainPrefixedPath: Check = (text) => {
  const slash = text.indexOf('/');
  if (slash <= 0 || slash === text.length - 1) return "must be a DNS name, '/' and a path, as in example.com/name";
  const problem = dns1123Subdomain(text.slice(0, slash));
  if (problem !== undefined) return `has a part before the first '/' that ${problem}`;
  return /^[A-Za-z0-9/\-._~%!$&'()*+,;=:]+$/.test(text.slice(slash + 1))
    ? undefined
    : 'has characters in its path that no URL path has';
};

/** Every check by its name. */
export const nameRules = {
  dns1123Label,
  dns1123Subdomain,
  dns1035Label,
  wildcardDns1123Subdomain,
  qualifiedName,
  labelValue,
  portName,
  cIdentifier,
  configMapKey,
  fullyQualifiedName,
  domainPrefixedPath,
} as const satisfies Record<string, Check>;

export type NameRule = keyof typeof nameRules;
