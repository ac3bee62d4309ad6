/** Builds one bundle: its kustomization, read as resources and judged by itself. What is as before is taken over. */
import { deploysMore, isFragment } from './bundle/completeness';
import { folderOf } from './bundle/directory';
import type { Build } from './bundle/kustomize/build';
import { buildKustomization, nothingBuilt } from './bundle/kustomize/build';
import type { Files, ParsedFiles } from './bundle/kustomize/context';
import type { Supply } from './bundle/kustomize/supply';
import type { BundleRoot } from './bundle/roots';
import type { Linked } from './bundle-linked';
import { takeOver } from './bundle-linked';
import type { RenderedObjects } from './bundle-resources';
import { renderObjects } from './bundle-resources';
import type { Bundle, Host } from './bundle-types';
import type { FoundVariables } from './bundle-variables';
import { environmentOf } from './environment';
import type { Finding } from './finding';
import type { Lookup } from './lookup';
import type { Resource } from './resource';

/** A bundle with all that is known of it. */
export interface BuiltBundle extends Bundle {
  /** What objects of the workspace say of its variables; undefined where its deployment asks for none. */
  readonly found: FoundVariables | undefined;
  /** The files that say what is added to it: that of its deployment, and those of its variables. */
  readonly supplied: ReadonlySet<string>;
  readonly lookup: Lookup;
  readonly rendered: RenderedObjects;
  /** What links decide, of the resources that have been judged by them. */
  readonly linked: Map<Resource, Linked>;
  /** Findings of the build, and of each resource by itself. */
  readonly local: readonly Finding[];
  /** All findings by the file they stand in; undefined until asked for. */
  byFile: ReadonlyMap<string, readonly Finding[]> | undefined;
}

/** A build that throws is logged, and builds nothing. */
export function buildFrom(host: Host, parsed: ParsedFiles, from: string, supply: Supply | undefined): Build {
  try {
    const files: Files = { text: host.textOf, below: host.filesBelow };
    return buildKustomization(folderOf(from), files, { parsed, supply });
  } catch (error) {
    host.judge.failed('kustomize build', from, error);
    return nothingBuilt(from);
  }
}

export function buildBundle(
  host: Host,
  parsed: ParsedFiles,
  root: BundleRoot,
  found: FoundVariables | undefined,
  before: BuiltBundle | undefined,
): BuiltBundle {
  const { id, from, deployment, label } = root;
  const supply = deployment && { ...deployment.supply, ...(found ? { variables: found.variables } : {}) };
  const build = buildFrom(host, parsed, from, supply);
  const settings = host.settings(from);
  const rendered = renderObjects(host.judge, id, from, settings, build.resources, host.textOf, before?.rendered);
  const reads = rendered.objects.flatMap((object) => object.reads);
  const formerly = new Map(
    rendered.objects.flatMap((object) =>
      object.built.formerNames.length > 0
        ? object.reads.map(({ resource }) => [resource, object.built.formerNames] as const)
        : [],
    ),
  );
  const resources = reads.map(({ resource }) => resource);
  const isJudged = !resources.some(isFragment);
  const bundle = {
    id,
    from,
    folder: folderOf(from),
    deployment,
    supply,
    label,
    environment: environmentOf(folderOf(from), label),
    resources,
    formerly,
    reads: build.read,
    found,
    supplied: new Set(deployment ? [deployment.uri, ...(found?.files ?? [])] : []),
    listed: build.listed,
    complete:
      build.problems.length === 0 &&
      build.incomplete.length === 0 &&
      !resources.some((resource) => deploysMore(resource, deployment)),
    rendered,
    local: [
      ...(isJudged ? rendered.objects.flatMap(({ findings }) => findings) : []),
      ...host.judge.rendered({ from, build, reads: isJudged ? reads : [], textOf: host.textOf }, settings),
    ],
    byFile: undefined,
  };
  return { ...bundle, ...takeOver(bundle, before) };
}
