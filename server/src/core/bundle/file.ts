/** One file read: its documents, their trees, and the resources in them. */
import type { Foreign } from '../cluster/foreign';
import { foreignKind } from '../cluster/foreign';
import type { ReadResource } from '../kinds/read';
import { readResources } from '../kinds/read';
import { asResource } from '../kinds/read-foreign';
import { filledIn } from '../templated';
import type { DocumentText } from '../text';
import { splitDocuments } from '../text';
import type { Span } from '../value';
import type { YamlDocument } from '../yaml';
import { readDocument } from '../yaml';
import { definitionText } from './definition';
import type { Role } from './role';
import { isChart, isKustomization } from './role';

export interface ManifestDocument extends YamlDocument {
  readonly at: Span;
  /** It says apiVersion and kind, so a person means it as a Kubernetes object. */
  readonly kubernetes: boolean;
  /** It holds Go template actions or placeholders outside of strings, so it is no YAML before a tool has rendered it. */
  readonly template: boolean;
  readonly reads: readonly ReadResource[];
}

export interface ManifestFile {
  readonly uri: string;
  readonly text: string;
  readonly role: Role;
  /** Documents that may be Kubernetes objects; others are passed over without being parsed. */
  readonly documents: readonly ManifestDocument[];
}

/** Larger files are not read: 50 MB of YAML would take a minute and gigabytes. Real manifests stay below 2 MB. */
export const MAX_FILE_LENGTH = 10_000_000;

/**
 * Reads the manifests of a file. Charts are left alone; files of a kustomization are read as kustomize reads them.
 * `namespace` is that of resources that name none; undefined leaves it unknown.
 */
export function readFile(uri: string, text: string, role: Role, namespace?: string): ManifestFile {
  const documents: ManifestDocument[] = [];
  if ((role !== 'plain' && role !== 'owned') || text.length > MAX_FILE_LENGTH) return { uri, text, role, documents };
  if (!mayBeKubernetes(text)) {
    const foreign = foreignKind(uri, text);
    return { uri, text, role, documents: foreign ? [readForeign(uri, text, foreign)] : documents };
  }
  let first = 0;
  for (const at of splitDocuments(text)) {
    const source = text.slice(at.start, at.end);
    if (!mayBeKubernetes(source)) continue;
    const document = readManifest(uri, text, at, source, role, first, namespace);
    first += document.reads.length;
    documents.push(document);
  }
  return { uri, text, role, documents };
}

/** False for files that nothing is found in, whatever else there is: they need not be kept. */
export function mayHoldManifests(uri: string, text: string): boolean {
  return isChart(uri) || isKustomization(uri) || mayBeKubernetes(text) || foreignKind(uri, text) !== undefined;
}

function mayBeKubernetes(text: string): boolean {
  return text.includes('apiVersion') && text.includes('kind');
}

/** A file that is no Kubernetes object, as one resource. Only what it says about addresses is judged. */
function readForeign(uri: string, text: string, foreign: Foreign): ManifestDocument {
  const whole = { start: 0, end: text.length };
  const { value, problems } = readDocument(uri, text, whole, 'kubectl');
  const object = problems.length === 0 ? value && asResource(value, foreign) : undefined;
  return {
    value,
    problems: [],
    duplicates: [],
    at: { uri, ...whole },
    kubernetes: false,
    template: false,
    reads: object ? readResources(object, false, 0, undefined) : [],
  };
}

function readManifest(
  uri: string,
  text: string,
  at: DocumentText,
  source: string,
  role: Role,
  first: number,
  namespace: string | undefined,
): ManifestDocument {
  const reading = role === 'owned' ? 'kustomize' : 'kubectl';
  const yaml = readDocument(uri, text, at, reading, definitionText(source) ?? source);
  const template = yaml.problems.length > 0 && (/\{\{[-\s]*[\w.$"(/]/.test(source) || isReadableFilledIn(source));
  const kubernetes = isKubernetes(source);
  // What a broken document says is not certain, so nothing is built on it.
  const reads = yaml.problems.length > 0 ? [] : readResources(yaml.value, role === 'owned', first, namespace);
  const { value, problems, duplicates } = yaml;
  return { value, problems, duplicates, at: { uri, start: at.start, end: at.end }, kubernetes, template, reads };
}

function isKubernetes(source: string): boolean {
  return (
    /^[ \t\uFEFF]*["']?apiVersion["']?\s*:|[{,]\s*["']?apiVersion["']?\s*:/m.test(source) &&
    /^[ \t\uFEFF]*["']?kind["']?\s*:|[{,]\s*["']?kind["']?\s*:/m.test(source)
  );
}

/** True where the document around an offset of a kustomization's file is broken YAML, and is judged for that by itself. */
export function isBrokenManifest(uri: string, text: string, offset: number): boolean {
  if (isKustomization(uri) || text.length > MAX_FILE_LENGTH) return false;
  const at = splitDocuments(text).find(({ start, end }) => start <= offset && offset <= end);
  if (!at || !isKubernetes(text.slice(at.start, at.end))) return false;
  const { problems, duplicates } = readDocument(uri, text, at, 'kustomize');
  return problems.length > 0 || duplicates.length > 0;
}

/** What cannot be read only because of placeholders (`port: %PORT%`, `{ port: ${PORT} }`) is a template. */
function isReadableFilledIn(source: string): boolean {
  const filled = filledIn(source);
  return (
    filled !== source && readDocument('', filled, { start: 0, end: filled.length }, 'kubectl').problems.length === 0
  );
}
