/** The fix of removed-api against a conversion: the same object in the old and the new API version. */
import { parseAllDocuments } from 'yaml';
import type { Case, Outcome } from './family';
import { compare } from './family';
import { worldOf } from './objects';
import { apply } from '../mdtest/expect-fix';

interface Versioned {
  readonly apiVersion: string;
  readonly kind: string;
}

/** The objects that a case holds, whatever its fields are called. */
function objectsOf(value: unknown): Versioned[] {
  if (typeof value !== 'object' || value === null) return [];
  if ('apiVersion' in value && 'kind' in value) return [value as Versioned];
  return Object.values(value).flatMap(objectsOf);
}

export function convert(item: Case): Outcome {
  const objects = objectsOf(item);
  const old = objects.find(({ apiVersion }) => apiVersion.includes('beta'));
  const wanted = objects.find(({ apiVersion }) => !apiVersion.includes('beta'));
  if (!old || !wanted) return { notApplicable: 'the case does not hold both versions of the object' };
  const text = JSON.stringify(old, null, 2);
  const { findings } = worldOf({ 'old.yaml': text });
  const fix = findings.find(({ rule }) => rule === 'removed-api')?.fixes[0];
  const [document] = parseAllDocuments(fix ? apply(text, fix.edits) : text);
  return compare(wanted, document?.toJS());
}
