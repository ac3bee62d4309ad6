import type { Fix } from '../../finding';
import type { Field } from '../../path';
import { addBeside } from './add-beside';

/** A fix that adds `port: 80` to a reference. */
export function addPort(text: string, reference: Field, port: number): Fix[] {
  const { value } = reference;
  if (value?.type !== 'map' || !value.origin.verbatim) return [];
  return [{ title: `Add port: ${port}`, edits: [addBeside(text, value.origin, 'port', port)] }];
}
