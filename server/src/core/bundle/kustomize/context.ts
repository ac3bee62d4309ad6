/** What one build reads and finds out. */
import type { DocumentText } from '../../text';
import { splitDocuments } from '../../text';
import type { Reading } from '../../scalars';
import type { Span } from '../../value';
import type { YamlDocument } from '../../yaml';
import { readDocument } from '../../yaml';
import type { Shape } from './merge-keys';
import type { Root } from './kustomization';
import type { Idle, Incomplete, Problem } from './problem';
import { isFailure, isOmission } from './problem';

/** The files of a build. URIs have their segments encoded (uri.ts). */
export interface Files {
  /** The text of a file; undefined when there is none. */
  readonly text: (uri: string) => string | undefined;
  /** The bytes of a file, where the text may not hold them all. Without it a file that is no UTF-8 is `binary`. */
  readonly bytes?: (uri: string) => Uint8Array | undefined;
  /** The URIs of all files below a folder that are known. */
  readonly below?: (folder: string) => readonly string[];
}

/** Documents that were read before, by text. Give the same map to every build and nothing unchanged is parsed again. */
export type ParsedFiles = Map<string, { readonly text: string; readonly documents: readonly YamlDocument[] }>;

/** A patch and one object that it changed or took away. */
export interface Patched {
  /** The entry of `patches`, or what else asks for the patch. */
  readonly by: Span;
  /** The object that is merged, or the list of operations. */
  readonly patch: Span;
  /** It sets a label or an annotation to null: a text or none, by how the patch is given. */
  readonly hasNullText: boolean;
  /** The document of the object, and its name in it. */
  readonly source: Span;
  readonly name: Span;
  /** What it was called then: `Deployment web`. */
  readonly object: string;
}

export interface Context {
  readonly files: Files;
  readonly parsed: ParsedFiles;
  readonly problems: Problem[];
  readonly incomplete: Incomplete[];
  readonly idle: Idle[];
  /** Files may lie outside of the folder that names them. */
  readonly loadsAnywhere: boolean;
  /** A file of resources holds none. */
  isHollow: boolean;
  /** The kustomizations that were gone through, by their URIs. */
  readonly roots: Map<string, Root>;
  /** Folders whose files were listed. */
  readonly listed: Set<string>;
  readonly patched: Patched[];
  /** Every URI that was looked at, whether it exists or not. */
  readonly read: Set<string>;
  /** The types of the first `openapi` field that was met: kustomize sets its schema once. */
  shapes: ReadonlyMap<string, Shape> | undefined;
  /** An `openapi` field was met. */
  isSchemaSet: boolean;
  /** What `buildMetadata` of the root asks for; it holds for all bases. */
  metadata: { readonly origin: boolean; readonly transformers: boolean };
}

export function readText(context: Context, uri: string): string | undefined {
  context.read.add(uri);
  return context.files.text(uri);
}

/** The files below a folder, sorted. */
export function filesBelow(context: Context, folder: string): readonly string[] {
  context.listed.add(folder);
  return [...(context.files.below?.(folder) ?? [])].sort();
}

/** The documents of a text, read as kustomize (objects) or as the Go client (kustomizations, JSON patches) does. */
export function documentsOf(context: Context, uri: string, text: string, reading: Reading): readonly YamlDocument[] {
  const key = `${reading} ${uri}`;
  const known = context.parsed.get(key);
  if (known?.text === text) return known.documents;
  const documents = readDocuments(uri, text, reading);
  context.parsed.set(key, { text, documents });
  return documents;
}

/** The documents of a text, read now. */
export function readDocuments(uri: string, text: string, reading: Reading): readonly YamlDocument[] {
  return splitDocuments(text)
    .filter((at: DocumentText) => !isBlank(text.slice(at.start, at.end)))
    .map((at) => readDocument(uri, text, at, reading));
}

function isBlank(source: string): boolean {
  return /^(?:[ \t\r]*(?:#[^\n]*)?\n?)*$/.test(source);
}

/** Runs a step of the build; when it fails, the reason becomes a problem and `otherwise` the result. */
export function attempt<T>(context: Context, step: () => T, otherwise: T): T {
  try {
    return step();
  } catch (error) {
    if (isOmission(error)) markIncomplete(context, error.omission.reason, error.omission.message, error.omission.span);
    else if (isFailure(error)) context.problems.push(error.failure);
    else throw error;
    return otherwise;
  }
}

/** Says once that something cannot be known here. */
export function markIncomplete(
  context: Context,
  reason: Incomplete['reason'],
  message: string,
  { uri, start, end }: Span,
): void {
  const isKnown = context.incomplete.some(({ span }) => span.uri === uri && span.start === start);
  if (!isKnown) context.incomplete.push({ reason, message, span: { uri, start, end } });
}
