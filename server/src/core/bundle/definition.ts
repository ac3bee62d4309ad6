/**
 * CustomResourceDefinitions are huge, and all that their spec says about traffic is which Service converts objects:
 * what stands before the spec is read, and of the spec the conversion.
 */

/**
 * The text to read of a definition, with every offset where it was: up to its spec, and the conversion when that calls
 * a Service. Undefined for other documents, and for definitions that are not written in block style.
 */
export function definitionText(source: string): string | undefined {
  if (!/^kind:[ \t]*["']?CustomResourceDefinition/m.test(source)) return undefined;
  const spec = source.search(/^spec:/m);
  if (spec <= 0) return undefined;
  const conversion = conversionOf(source, spec);
  if (!conversion) return source.slice(0, spec);
  const gap = conversion.start - spec - 'spec:'.length;
  return `${source.slice(0, spec)}spec:${' '.repeat(gap - 1)}\n${source.slice(conversion.start, conversion.end)}`;
}

/** The lines of `spec.conversion`. A property of the schema may have that name too, but stands deeper. */
function conversionOf(source: string, spec: number): { start: number; end: number } | undefined {
  const first = source.indexOf('\n', spec) + 1;
  const indent = /^ +(?=[\w"'])/.exec(source.slice(first, first + 80))?.[0];
  if (first === 0 || indent === undefined) return undefined;
  const start = source.startsWith(`${indent}conversion:`, first)
    ? first
    : source.indexOf(`\n${indent}conversion:`, first) + 1;
  if (start === 0) return undefined;
  let end = source.indexOf('\n', start) + 1;
  while (end > 0 && end < source.length && isDeeper(source, end, indent)) end = source.indexOf('\n', end) + 1;
  const stop = end > 0 ? end : source.length;
  return source.slice(start, stop).includes('service:') ? { start, end: stop } : undefined;
}

/** A line that is blank, or indented more. */
function isDeeper(source: string, line: number, indent: string): boolean {
  const next = source[line + indent.length];
  return source.startsWith(indent, line)
    ? next === ' ' || next === '\n' || next === '\r'
    : /[\r\n]/.test(source[line] ?? '');
}
