/** Variants of one application that share its traffic on purpose: stable and canary, blue and green, v1 and v2. */
import type { Resource } from '../../resource';

/** Labels that tell variants of one application apart. */
const variantKeys = new Set([
  'app.kubernetes.io/version',
  'color',
  'colour',
  'env-color',
  'release',
  'revision',
  'slot',
  'stage',
  'track',
  'variant',
  'version',
]);

const variantWord = /^(?:active|baseline|blue|canary|current|green|new|next|old|preview|primary|stable|v?\d+)$/i;

/** The name of an application without the words that tell its variants apart: `web` for web-canary and web-v2. */
export function withoutVariant(name: string): string {
  const words = name.split(/[-_.]/);
  const rest = words.filter((word) => !variantWord.test(word));
  return rest.length > 0 ? rest.join('-') : name;
}

/** True when all workloads are variants of the first: their labels, or else their names, differ in such words only. */
export function areVariants(workloads: readonly Resource[]): boolean {
  const [first, ...others] = workloads;
  return first !== undefined && others.every((other) => isVariant(first, other));
}

function isVariant(a: Resource, b: Resource): boolean {
  if (application(a) !== application(b)) return false;
  return labels(a) !== labels(b) || withoutVariant(a.name ?? '') === withoutVariant(b.name ?? '');
}

/** The pod labels without what tells variants apart. */
function application({ pods }: Resource): string {
  return (pods?.labels ?? [])
    .filter(({ key }) => !variantKeys.has(key.text))
    .map(({ key, value }) => `${key.text}=${withoutVariant(value.text)}`)
    .sort()
    .join();
}

function labels({ pods }: Resource): string {
  return (pods?.labels ?? [])
    .map(({ key, value }) => `${key.text}=${value.text}`)
    .sort()
    .join();
}
