/** What references and selectors lead to, as the file that holds them sees its world. */
import { alternatives } from './bundle/alternatives';
import { chosenKey, labelKey, nameKey, openLabelKey, openNameKey } from './keys';
import type { Files, Resolution } from './links';
import { namespacesAgree } from './links';
import type { Ask, Lookup, Ring } from './lookup';
import { chosenBy, podsMatch } from './pods-match';
import type { Reference, Resource, SelectorUse } from './resource';
import { merge } from './rings';
import { isTemplated, mayBecome } from './templated';

export interface Resolver {
  resolve(from: Resource, reference: Reference): Resolution;
  select(from: Resource, use: SelectorUse): Resolution;
  isAlternative(resource: Resource, from: string): boolean;
  rings(key: string, from: Resource): Iterable<Ring>;
}

/** The last of the rings that are sure to be applied together: file, folder, subfolders. */
const NEAR = 2;

/** More objects elsewhere than this are no help in a message. */
const MAX_ELSEWHERE = 8;

const unknown: Resolution = { to: [], maybe: [], elsewhere: [], unknown: true };

export function createResolver(lookup: Lookup, files: Files, ask: Ask): Resolver {
  const isAlternative = alternatives(lookup, files, ask);
  const rings = (key: string, from: Resource) => lookup.rings(key, from.uri, files.rootOf(from.uri), ask);

  const resolve = remembered((from: Resource, reference: Reference): Resolution => {
    const namespace = reference.namespace?.text ?? from.namespace;
    if (
      isTemplated(reference.name.text) ||
      isTemplated(namespace ?? '') ||
      isTemplated(from.names.namespace?.text ?? '')
    )
      return unknown;
    const found = sort(
      from,
      [namespace],
      rings(nameKey(reference.target, reference.name.text), from),
      (ring) => ring.resources.length > 0,
    );
    if (found.to.length + found.maybe.length > 0) return found;
    return { ...found, maybe: unfilled(from, reference, namespace) };
  });

  /** Objects nearby whose name, once some tool has filled it in, may be the one that is written. */
  function unfilled(from: Resource, { target, name }: Reference, namespace: string | undefined): Resource[] {
    const near: Resource[] = [];
    for (const { ring, resources } of rings(openNameKey(target), from)) {
      if (ring > NEAR) break;
      near.push(...resources);
    }
    return near.filter(
      (resource) =>
        mayBecome(resource.names.name?.text ?? '', name.text) &&
        (resource.clusterScoped || namespacesAgree(namespace, resource.namespace) !== 'no'),
    );
  }

  const select = remembered((from: Resource, use: SelectorUse): Resolution => {
    if (use.unknown || isTemplated(from.names.namespace?.text ?? '')) return unknown;
    if (use.selector === 'nothing') return { to: [], maybe: [], elsewhere: [], unknown: false };
    const matching = function* (): Iterable<Ring> {
      for (const ring of candidates(from, use)) {
        yield {
          ring: ring.ring,
          resources: ring.resources.filter((item) => matches(use, item)),
        };
      }
    };
    const wanted = use.namespaces?.map(({ text }) => text) ?? [from.namespace];
    const found = sort(from, wanted, matching(), (ring) => ring.ring >= 1, use.anyNamespace);
    if (found.to.length < 2) return found;
    const real = found.to.filter((workload) => !isAlternative(workload, from.uri));
    return real.length > 0 ? { ...found, to: real } : found;
  });

  /** Resources that can match, nearest ring first: those with the rarest pair, or all of the namespace. */
  function candidates(from: Resource, use: SelectorUse): Iterable<Ring> {
    const keys = use.pairs.map(({ key, value }) => [
      labelKey(key.text, value.text, use.selects),
      ...(use.selects === 'pods' ? [openLabelKey(key.text)] : []),
    ]);
    const size = (pair: readonly string[]) => pair.reduce((sum, key) => sum + lookup.count(key), 0);
    const rarest = keys.reduce<readonly string[] | undefined>(
      (best, pair) => (best && size(best) <= size(pair) ? best : pair),
      undefined,
    );
    const namespaces = [...(use.namespaces?.map(({ text }) => text) ?? [from.namespace]), undefined];
    return merge(
      (rarest ?? [...new Set(namespaces.map((namespace) => chosenKey(namespace, use.selects)))]).map((key) =>
        rings(key, from),
      ),
    );
  }

  return { resolve, select, isAlternative, rings };
}

/** Several rules ask the same question; the links answer for one state of the workspace, so one answer will do. */
function remembered<T extends object>(
  answer: (from: Resource, question: T) => Resolution,
): (from: Resource, question: T) => Resolution {
  const known = new Map<T, { readonly from: Resource; readonly resolution: Resolution }>();
  return (from, question) => {
    const found = known.get(question);
    if (found?.from === from) return found.resolution;
    const resolution = answer(from, question);
    known.set(question, { from, resolution });
    return resolution;
  };
}

/**
 * Goes through rings, nearest first, until one that is `enough` has an object that is meant for certain, or
 * all that follow are farther than the first ring with one.
 */
function sort(
  from: Resource,
  namespaces: readonly (string | undefined)[],
  rings: Iterable<Ring>,
  enough: (ring: Ring) => boolean,
  anyNamespace = false,
): Resolution {
  const to: Resource[] = [];
  const maybe: Resource[] = [];
  const elsewhere: Resource[] = [];
  for (const ring of rings) {
    if (to.length > 0 && ring.ring > 1) break;
    for (const resource of ring.resources) {
      const agree = anyNamespace || resource.clusterScoped ? 'yes' : agreeWithOne(namespaces, resource.namespace);
      if (agree === 'no') {
        if (elsewhere.length < MAX_ELSEWHERE) elsewhere.push(resource);
      } else if (agree === 'yes' && (!resource.owned || from.owned)) to.push(resource);
      else maybe.push(resource);
    }
    if (to.length > 0 && enough(ring)) break;
  }
  return { to, maybe, elsewhere, unknown: false };
}

function agreeWithOne(namespaces: readonly (string | undefined)[], namespace: string | undefined) {
  const answers = namespaces.map((item) => namespacesAgree(item, namespace));
  return answers.find((answer) => answer === 'yes') ?? answers.find((answer) => answer === 'maybe') ?? 'no';
}

/** Whether a selector chooses a resource, by the labels of its pods or its own. */
export function matches(use: SelectorUse, resource: Resource): boolean {
  const chosen = chosenBy(use.selects, resource);
  return chosen !== undefined && podsMatch(use, chosen);
}
