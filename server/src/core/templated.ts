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
