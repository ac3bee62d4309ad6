/** `podpath render`: the manifests of a kustomization as they would be applied. */
import { existsSync, readdirSync, statSync } from 'node:fs';
import { relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Build, Bundle, Span, Supply, Value } from '../core/index';
import {
  buildKustomization,
  environmentName,
  isBelow,
  isKustomization,
  kustomizationNames,
  lineStarts,
  mayDeploy,
  positionAt,
  yamlLines,
} from '../core/index';
import { buildFiles } from '../files/build-files';
import { diskFiles } from '../files/disk';
import { fileUri } from '../files/paths';
import type { Call, Command } from './command';
import { commonOptions } from './command';
import { load } from './load';
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
  options: {
    alone: { help: 'as kubectl kustomize builds it, without what Flux or Argo CD adds' },
    ...commonOptions,
    bundle: { value: 'NAME', help: 'where several deployments apply DIR: which of them, by the name that is printed' },
  },
  async run(call) {
    const { io, format, options } = call;
    const tell = (message: string) => options.has('quiet') || io.message(message);
    const folder = folderOf(call);
    const place = placeIn(io.cwd);
    if (options.has('alone') && options.text('bundle') !== undefined)
      throw new UsageError('--alone leaves out what deployments add, so there is none for --bundle to choose');
    const supply = options.has('alone') ? undefined : await supplyOf(call, folder, tell);
    if (!supply && !hasKustomization(folder)) throw new UsageError(nothingToBuild(call.paths[0] ?? '', folder));
    const build = buildKustomization(folder, buildFiles, { supply });
    for (const { message, span } of build.problems) io.message(`${shown(place(span))}: ${message}`);
    if (build.problems.length > 0) return 1;
    for (const { message, span } of build.incomplete)
      tell(`${shown(place(span))}: ${message}; what it adds or changes is missing`);
    io.out(formats[format]?.(build, place) ?? '');
    return 0;
  },
};

/**
 * What the one deployment adds that applies a folder, or the one that `--bundle` names. They are looked for in the current
 * folder where that holds the folder, else in the folder itself. Throws UsageError for a name that none has.
 */
async function supplyOf(call: Call, folder: string, tell: (message: string) => void): Promise<Supply | undefined> {
  const { cwd } = call.io;
  const around = isBelow(folder, fileUri(cwd)) ? cwd : fileURLToPath(folder);
  const wanted = call.options.text('bundle');
  // Without a deployment there is nothing to build the rest of the folder for.
  if (wanted === undefined && !(await hasDeployments(fileUri(around)))) return undefined;
  const { snapshot, show } = await load({ ...call, paths: [around] }, {}, []);
  const deployed = snapshot.bundles().filter((bundle) => bundle.folder === folder && bundle.deployment);
  const name = ({ environment }: Bundle) => environmentName(environment, show);
  const names = deployed.map(name).join(', ');
  const [bundle, other] = wanted === undefined ? deployed : deployed.filter((item) => name(item) === wanted);
  if (wanted !== undefined && !bundle)
    throw new UsageError(
      `--bundle ${wanted}: ${names === '' ? `nothing here deploys ${show(folder)}` : `there is ${names}`}`,
    );
  if (other) {
    tell(`several deployments apply ${show(folder)}, so it is built without what they add; --bundle chooses ${names}`);
    return undefined;
  }
  const { deployment, supply } = bundle ?? {};
  if (!deployment || !supply) return undefined;
  tell(`with what ${deployment.title} adds (${show(deployment.uri)}); --alone leaves that out`);
  if (supply.variables?.isOpen === true)
    tell(
      `not all objects with its variables are here (${deployment.variablesFrom.map(({ kind, name: of }) => `${kind} ${of.text}`).join(', ')}), so \${...} may stay`,
    );
  return supply;
}

async function hasDeployments(folder: string): Promise<boolean> {
  const files = diskFiles(() => undefined);
  for await (const { text } of files.list([{ uri: folder, exclude: [] }], [folder])) if (mayDeploy(text)) return true;
  return false;
}

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
  if (!statSync(absolute).isDirectory()) throw new UsageError(`${path} is no folder and no kustomization`);
  return uri;
}

function hasKustomization(folder: string): boolean {
  return kustomizationNames.some((name) => existsSync(fileURLToPath(`${folder}/${name}`)));
}

/** Why a folder is not rendered, and which of its subfolders might have been meant. */
function nothingToBuild(path: string, folder: string): string {
  if (existsSync(fileURLToPath(`${folder}/Chart.yaml`))) return `${path} is a Helm chart: render builds kustomizations`;
  const below = readdirSync(fileURLToPath(folder), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && hasKustomization(`${folder}/${encodeURIComponent(entry.name)}`))
    .map(({ name }) => `${path.replace(/\/+$/, '')}/${name}`)
    .sort();
  const hint = below.length === 0 ? '' : `; there is ${below.slice(0, 3).join(', ')}${below.length > 3 ? ', ...' : ''}`;
  return `${path} holds no kustomization (${kustomizationNames.join(', ')})${hint}`;
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
