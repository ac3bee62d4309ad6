/** `podpath render`: the manifests of a kustomization as they would be applied. */
import { existsSync, statSync } from 'node:fs';
import { relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Build, Span, Value } from '../core/index';
import { buildKustomization, isKustomization, lineStarts, positionAt, yamlLines } from '../core/index';
import { buildFiles } from '../files/build-files';
import { fileUri } from '../files/paths';
import type { Call, Command } from './command';
import { commonOptions } from './command';
import { UsageError } from './usage-error';

const formats: Readonly<Record<string, (build: Build, place: Place) => string>> = {
  yaml: ({ resources }) => resources.map(({ tree }) => manifest(tree)).join('---\n'),
  json: (build, place) => `${JSON.stringify(report(build, place), null, 2)}\n`,
};

export const render: Command = {
  name: 'render',
  summary: 'Prints the manifests of a kustomization as they would be applied',
  arguments: 'DIR',
  formats: Object.keys(formats),
  options: commonOptions,
  run(call) {
    const folder = folderOf(call);
    const build = buildKustomization(folder, buildFiles);
    const place = placeIn(call.io.cwd);
    for (const { message, span } of build.problems) call.io.message(`${shown(place(span))}: ${message}`);
    if (build.problems.length > 0) return 1;
    if (!call.options.has('quiet'))
      for (const { message, span } of build.incomplete)
        call.io.message(`${shown(place(span))}: ${message}; what it adds or changes is missing`);
    call.io.out(formats[call.format]?.(build, place) ?? '');
    return 0;
  },
};

function manifest(tree: Value): string {
  return yamlLines(tree)
    .map(({ text }) => `${text}\n`)
    .join('');
}

/** The folder of the kustomization that DIR names, as a URI. */
function folderOf({ paths, io }: Call): string {
  const [path, other] = paths;
  if (path === undefined || other !== undefined) throw new UsageError('render takes one folder');
  const absolute = resolve(io.cwd, path);
  if (!existsSync(absolute)) throw new UsageError(`${path} does not exist`);
  const uri = fileUri(absolute);
  if (isKustomization(uri)) return uri.slice(0, uri.lastIndexOf('/'));
  const names = ['kustomization.yaml', 'kustomization.yml', 'Kustomization'];
  if (!statSync(absolute).isDirectory() || !names.some((name) => existsSync(resolve(absolute, name))))
    throw new UsageError(`${path} holds no kustomization (${names.join(', ')})`);
  return uri;
}

type Place = (span: Span) => { readonly file: string; readonly line: number };

function placeIn(cwd: string): Place {
  const starts = new Map<string, readonly number[]>();
  return ({ uri, start }) => {
    const known = starts.get(uri) ?? lineStarts(buildFiles.text(uri) ?? '');
    starts.set(uri, known);
    return {
      file: relative(cwd, fileURLToPath(uri)).split(sep).join('/'),
      line: positionAt(known, start).line + 1,
    };
  };
}

function shown({ file, line }: ReturnType<Place>): string {
  return `${file}:${line}`;
}

/** Each object with the file and line of the document, or of the generator's entry, that it comes from. */
function report({ resources, incomplete }: Build, place: Place) {
  return {
    version: 1 as const,
    resources: resources.map(({ tree, source }) => ({ ...place(source), ...object(tree) })),
    incomplete: incomplete.map(({ reason, message, span }) => ({ ...place(span), reason, message })),
  };
}

type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

function json(value: Value): Json {
  if (value.type === 'list') return value.items.map(json);
  if (value.type === 'map') return object(value);
  // A number that JSON holds inexactly only is given as its digits.
  return typeof value.value === 'bigint' ? value.value.toString() : value.value;
}

function object(tree: Value & { type: 'map' }): Readonly<Record<string, Json>> {
  return Object.fromEntries(tree.entries.map(({ key, value }) => [key.text, json(value)]));
}
