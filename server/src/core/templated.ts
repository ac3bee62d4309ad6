/** Text that some tool will still replace: its real value is not known here. */

const marks: readonly RegExp[] = [
  /\{\{/, // Helm, Jinja, Argo
  /\$[{(A-Za-z_]/, // envsubst ${X} and $X, Kubernetes and make $(X)
  /<[A-Za-z][\w.-]*(?: [\w.-]+)*>/, // <your-domain>, <your domain>
  /\{[A-Z][A-Z0-9_]*\}/, // {NAME}
  /__[A-Za-z0-9](?:\w*[A-Za-z0-9])?__/, // __X__
  /%(?![0-9A-Fa-f]{2}%)[A-Za-z_]\w*%/, // %X%, but not the escapes %C3%A9 of a URL
];

/**
 * True when a name, label value, port or host holds a placeholder, so that no rule may judge it. Kubernetes allows
 * none of these characters there, hence a false alarm can only hide a finding, never make one.
 */
export function isTemplated(text: string): boolean {
  return marks.some((mark) => mark.test(text));
}

const places = /\$\{[^{}]*\}|\{\{[^{}]*\}\}|\$\([^()]*\)|\$\w+|<[^<>]*>|\{[A-Z][A-Z0-9_]*\}|__[A-Za-z0-9]+__|%\w+%/;

/** True when a text with placeholders may become `name`: the words between them stand in it, in their order. */
export function mayBecome(templated: string, name: string): boolean {
  const [first = '', ...others] = templated.split(places);
  const last = others.pop();
  // What is left of a placeholder of another form says nothing.
  if (last === undefined || /[^\w.-]/.test(first + others.join('') + last)) return true;
  let at = first.length;
  if (!name.startsWith(first)) return false;
  for (const part of others) {
    const found = name.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return name.length - last.length >= at && name.endsWith(last);
}

/** Placeholders that no YAML reader takes outside of quotes, or that stand alone in a line. */
const placeholder =
  /\$\{[^{}\n]{0,200}\}|\$\([^()\n]{0,200}\)|%[A-Za-z_]\w{0,99}%|@[A-Za-z_]\w{0,99}@|<%[^%\n]{0,200}%>/g;

/**
 * The text with a word of equal length in the place of each placeholder, and a comment where it is the whole line: what a
 * tool that fills it in may make of it.
 */
export function filledIn(text: string): string {
  return text.replace(placeholder, (found, at: number) => {
    const isLine =
      /(?:^|\n)[ \t]*$/.test(text.slice(Math.max(0, at - 80), at)) &&
      /^[ \t]*(?:\r?\n|$)/.test(text.slice(at + found.length, at + found.length + 80));
    return (isLine ? '#' : 'x').padEnd(found.length, 'x');
  });
}
