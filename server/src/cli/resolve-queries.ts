/** The queries of `podpath resolve`. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { RecordType } from '../core/index';
import { recordTypes } from '../core/index';
import { UsageError } from './usage-error';

export interface Query {
  readonly name: string;
  readonly type: RecordType;
}

/** A record type as people write it. `from` says where it stands. Throws UsageError. */
export function recordType(written: string, from: string): RecordType {
  const known = recordTypes.find((type) => type === written.toUpperCase());
  if (!known) throw new UsageError(`${from} ${written}: it is one of ${recordTypes.join(', ')}`);
  return known;
}

/** A JSON list of `{ name, type }`; `type` is that of queries without one. Throws UsageError. */
export function readQueries(file: string, cwd: string, type: RecordType): Query[] {
  const read = parse(file, resolve(cwd, file));
  if (!Array.isArray(read)) throw new UsageError(`${file} is not a JSON list of { "name", "type" }`);
  return read.map((item: unknown, index) => {
    const fields: { readonly name?: unknown; readonly type?: unknown } =
      typeof item === 'object' && item !== null ? item : {};
    if (typeof fields.name !== 'string' || fields.name === '')
      throw new UsageError(`${file}: query ${index + 1} has no name`);
    if (fields.type !== undefined && typeof fields.type !== 'string')
      throw new UsageError(`${file}: the type of query ${index + 1} is no text`);
    return {
      name: fields.name,
      type: fields.type === undefined ? type : recordType(fields.type, `${file}: type`),
    };
  });
}

function parse(file: string, path: string): unknown {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    throw new UsageError(isMissing ? `${file} does not exist` : `${file} cannot be read: ${String(error)}`);
  }
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw new UsageError(`${file} is not valid JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
}
