/** What references and selectors lead to, as the file that holds them sees its world. */
import { alternatives } from './bundle/alternatives';
import { chosenKey, inNamespaceKey, labelKey, nameKey, openLabelKey, openNameKey } from './keys';
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

/** What lies under a key is gone through whatever its namespaces, but not more than this. */
const MANY = 24;

/** More objects elsewhere than this are no help in a message. */
const MAX_ELSEWHERE = 8;

const unknown: Resolution = { to: [], maybe: [], elsewhere: [], unknown: true };

export function createResolver(lookup: Lookup, files: Files, ask: Ask): Resolver {
  const isAlternative = alternatives(lookup, files, ask);
  const rings = (key: string, from: Resource) => lookup.rings(key, from.uri, files.rootOf(from.uri), ask);

  /** What selectors choose that are written alike, where they choose from much. */
  const alike = new Map<string, Resolution>();

  const resolve = remembered((from: Resource, reference: Reference): Resolution => {
    const namespace = reference.namespace?.text ?? from.namespace;
    if (
      isTemplated(reference.name.text) ||
      isTemplated(namespace ?? '') ||
      isTemplated(from.names.namespace?.text ?? '')
    )
      return unknown;
    const key = nameKey(reference.target, reference.name.text);
    const isFound = (ring: Ring) => ring.resources.length > 0;
    const search = (keys: readonly string[]) => sort(from, [namespace], together(keys, from), isFound);
    const close = narrowed([key], namespace);
    const found = close && search(close);
    if (found && isMeant(found)) return found;
    const any = search([key]);
    return isMeant(any) ? any : { ...any, maybe: unfilled(from, reference, namespace) };
  });

  function together(keys: readonly string[], from: Resource): Iterable<Ring> {
    const [only, ...more] = keys;
    return only !== undefined && more.length === 0 ? rings(only, from) : merge(keys.map((key) => rings(key, from)));
  }

  /** Keys for what is in a namespace, or may be; undefined where those for all namespaces lead to little. */
  function narrowed(keys: readonly string[], namespace: string | undefined): readonly string[] | undefined {
    if (namespace === undefined || size(keys) <= MANY) return undefined;
    return keys.flatMap((key) => [inNamespaceKey(key, namespace), inNamespaceKey(key, '')]);
  }

  function size(keys: readonly string[]): number {
    return keys.reduce((sum, key) => sum + lookup.count(key), 0);
  }

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
    const wanted = use.namespaces?.map(({ text }) => text) ?? [from.namespace];
    const keys = rarestPair(use);
    const all = keys ?? homes(use, wanted);
    if (size(all) <= MANY) return choose(from, use, wanted, keys, all);
    // Hundreds of policies of a file may let in the same hundreds of pods.
    const question = JSON.stringify([from.uri, from.owned, wanted, use.anyNamespace, use.selects, use.selector]);
    const found = alike.get(question) ?? choose(from, use, wanted, keys, all);
    alike.set(question, found);
    return found;
  });

  /** `keys`: those of the selector's rarest pair, where it has one; `all`: those of all that it can choose. */
  function choose(
    from: Resource,
    use: SelectorUse,
    wanted: readonly (string | undefined)[],
    keys: readonly string[] | undefined,
    all: readonly string[],
  ): Resolution {
    const matching = function* (keys: readonly string[]): Iterable<Ring> {
      for (const { ring, resources } of together(keys, from))
        yield { ring, resources: resources.filter((item) => matches(use, item)) };
    };
    const search = (keys: readonly string[]) =>
      sort(from, wanted, matching(keys), (ring) => ring.ring >= 1, use.anyNamespace);
    const [namespace, ...others] = wanted;
    const close = keys && !use.anyNamespace && others.length === 0 ? narrowed(keys, namespace) : undefined;
    const narrow = close && search(close);
    const found = narrow && isMeant(narrow) ? narrow : search(all);
    if (found.to.length < 2) return found;
    const real = found.to.filter((workload) => !isAlternative(workload, from.uri));
    return real.length > 0 ? { ...found, to: real } : found;
  }

  /** Keys of all that can have the pair of a selector that fewest have; undefined when it asks for none. */
  function rarestPair({ pairs, selects }: SelectorUse): readonly string[] | undefined {
    return pairs
      .map(({ key, value }) => [
        labelKey(key.text, value.text, selects),
        ...(selects === 'pods' ? [openLabelKey(key.text)] : []),
      ])
      .reduce<readonly string[] | undefined>(
        (best, pair) => (best && size(best) <= size(pair) ? best : pair),
        undefined,
      );
  }

  return { resolve, select, isAlternative, rings };
}

/** Keys of all that selectors choose in these namespaces, or where none is written. */
function homes({ selects }: SelectorUse, namespaces: readonly (string | undefined)[]): readonly string[] {
  return [...new Set([...namespaces, undefined].map((namespace) => chosenKey(namespace, selects)))];
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
  const isFound = to.length + maybe.length > 0;
  return { to, maybe, elsewhere: isFound ? [] : elsewhere, unknown: false };
}

function isMeant({ to, maybe }: Resolution): boolean {
  return to.length + maybe.length > 0;
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
