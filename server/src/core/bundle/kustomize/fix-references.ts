/** After objects were renamed: the fields that name them (api/filters/nameref). */
import type { Entry, MapValue, Scalar, Value } from '../../value';
import { entry, get, scalar } from '../../value';
import type { Configuration, NameReference } from './configuration';
import type { Context } from './context';
import { attempt } from './context';
import type { FieldSpec } from './field-spec';
import { setSelected } from './field-spec';
import type { Gvk, Id } from './identity';
import { effectiveNamespace, idOf, isSelected, showId } from './identity';
import type { Item } from './item';
import { originalId, previousIds } from './item';
import { changedText, spansOf, text } from './made';
import { fail, isFailure } from './problem';
import { isClusterScoped } from './scopes';
import { withEntry, withItems } from './tree';

/** Writes today's names into every field of the table that holds a former name. A field that cannot hold one fails, renamed or not. */
export function fixReferences(context: Context, items: readonly Item[], configuration: Configuration): void {
  const byName = new Map<string, Item[]>();
  for (const item of items)
    for (const name of new Set(item.previous.map((id) => id.name))) {
      const others = byName.get(name);
      if (others) others.push(item);
      else byName.set(name, [item]);
    }
  const candidates = new Map<Item, Candidate>();
  const formerly: Formerly = (name) =>
    (byName.get(name) ?? []).map((item) => {
      const known = candidates.get(item) ?? candidate(item);
      candidates.set(item, known);
      return known;
    });
  for (const item of items) {
    const naming = namingFields(originalId(item), configuration.nameReference);
    if (!mentions(item.tree, naming).some((name) => name === undefined || byName.has(name))) continue;
    for (const { spec, reference } of naming)
      attempt(context, () => fixField(item, spec, reference, formerly), undefined);
  }
}

/** The objects that once had a name. */
type Formerly = (name: string) => readonly Candidate[];

/** A field of one kind that names others. */
interface NamingField {
  readonly spec: FieldSpec;
  readonly reference: NameReference;
}

const fieldsByKind = new WeakMap<readonly NameReference[], Map<string, readonly NamingField[]>>();

function namingFields(of: Gvk, references: readonly NameReference[]): readonly NamingField[] {
  const kind = `${of.group}/${of.version}/${of.kind}`;
  let byKind = fieldsByKind.get(references);
  if (!byKind) fieldsByKind.set(references, (byKind = new Map<string, readonly NamingField[]>()));
  const known = byKind.get(kind);
  if (known) return known;
  const found = references.flatMap((reference) =>
    reference.fieldSpecs.filter((spec) => isSelected(of, spec)).map((spec) => ({ spec, reference })),
  );
  byKind.set(kind, found);
  return found;
}

const mentioned = new WeakMap<Value, { readonly naming: readonly NamingField[]; readonly names: Mentions }>();

/** Names; undefined for a map without one, which is a mistake. */
type Mentions = readonly (string | undefined)[];

/** What the object names in these fields. Most objects name nothing that is renamed, and are passed over. */
function mentions(tree: MapValue, naming: readonly NamingField[]): Mentions {
  const known = mentioned.get(tree);
  if (known?.naming === naming) return known.names;
  const names = new Set<string | undefined>();
  const read = (value: Value | undefined): void => {
    if (value?.type === 'list') value.items.forEach(read);
    else if (value?.type === 'map') names.add(scalar(value, 'name')?.text);
    else if (value && value.value !== null) names.add(value.text);
  };
  for (const { spec } of naming) {
    try {
      setSelected(tree, { path: spec.path }, { kind: 'none', at: tree.origin }, (value) => (read(value), value));
    } catch (error) {
      if (!isFailure(error)) throw error;
      names.add(undefined);
    }
  }
  const found = { naming, names: [...names] };
  mentioned.set(tree, found);
  return found.names;
}

interface Candidate {
  readonly item: Item;
  readonly now: Id;
  readonly previous: readonly Id[];
  readonly original: Id;
}

function candidate(item: Item): Candidate {
  return { item, now: idOf(item.tree), previous: previousIds(item), original: originalId(item) };
}

function fixField(item: Item, spec: FieldSpec, target: NameReference, formerly: Formerly): void {
  const fix = (value: Value | undefined): Value | undefined => {
    if (value === undefined || (value.type === 'scalar' && value.value === null)) return value;
    if (value.type === 'scalar') return fixName(value);
    if (value.type === 'map') return fixMap(value);
    return withItems(
      value,
      value.items.map((one) => (one.type === 'list' ? one : (fix(one) ?? one))),
    );
  };
  const fixName = (name: Scalar): Scalar => {
    const referral = choose(name, formerly(name.text), (a, b) => a.now.name === b.now.name);
    return referral && referral.now.name !== name.text ? renamedText(name, referral) : name;
  };
  const fixMap = (value: MapValue): MapValue => {
    const name: Entry | undefined = entry(value, 'name');
    if (name?.value.type !== 'scalar')
      return fail(
        'invalid-configuration',
        `${spec.path} of ${showId(idOf(item.tree))} has no name that could be followed`,
        value.origin,
      );
    const namespace = scalar(value, 'namespace');
    const all = formerly(name.value.text);
    const inOld = all.filter(({ original }) => effectiveNamespace(original) === namespace?.text);
    const near =
      namespace === undefined
        ? all
        : inOld.length > 0
          ? inOld
          : all.filter(({ now }) => effectiveNamespace(now) === namespace.text);
    const referral = choose(
      name.value,
      near,
      (a, b) => a.now.name === b.now.name && a.now.namespace === b.now.namespace,
    );
    if (!referral) return value;
    const { now } = referral;
    const named = now.name === name.value.text ? value : withEntry(value, name.key, renamedText(name.value, referral));
    const written = scalar(referral.item.tree, 'metadata', 'namespace');
    if (now.namespace === '' || now.namespace === namespace?.text || !written) return named;
    return withEntry(
      named,
      text('namespace', { ...value.origin, verbatim: false }),
      namespace ? changedText(namespace, now.namespace, ...spansOf(written.origin)) : written,
    );
  };
  const choose = (
    name: Scalar,
    candidates: readonly Candidate[],
    isSame: (a: Candidate, b: Candidate) => boolean,
  ): Candidate | undefined => {
    const now = idOf(item.tree);
    const role = spec.path.endsWith('roleRef/name') ? roleOf(item.tree) : undefined;
    const reachable = candidates.filter(
      (one) =>
        one.previous.some((id) => id.name === name.text) &&
        one.previous.some((id) => isSelected(id, target)) &&
        (!role || one.previous.some((id) => isSelected(id, role))) &&
        canRefer(item, now, one),
    );
    if (reachable.length <= 1) return reachable[0];
    const near = reachable.filter((one) => sharesAffixes(one.item, item, true));
    const [first, ...others] = near.length > 1 ? near.filter((one) => sharesAffixes(one.item, item, false)) : near;
    if (!first || others.every((one) => isSame(first, one))) return first;
    return fail(
      'ambiguous-reference',
      `${name.text} may mean ${[first, ...others].map((one) => showId(one.now)).join(' or ')}`,
      name.origin,
    );
  };
  item.tree = setSelected(item.tree, { path: spec.path }, { kind: 'none', at: item.source }, fix);
}

/** A name written elsewhere: the field keeps its place, what renamed the object is on the way. */
function renamedText(old: Scalar, { item, now }: Candidate): Scalar {
  const name = scalar(item.tree, 'metadata', 'name');
  return changedText(old, now.name, ...(name?.origin.via ?? (name ? spansOf(name.origin) : [])));
}

function roleOf(tree: MapValue): Partial<Gvk> | undefined {
  const group = scalar(tree, 'roleRef', 'apiGroup');
  const kind = scalar(tree, 'roleRef', 'kind');
  return group && kind ? { group: group.text, kind: kind.text } : undefined;
}

/** Objects refer to others of their namespace, to those without one, and role bindings to service accounts anywhere. */
function canRefer({ tree }: Item, from: Id, { now }: Candidate): boolean {
  if (isClusterScoped(from) || isClusterScoped(now)) return true;
  if (effectiveNamespace(from) === effectiveNamespace(now)) return true;
  if (from.kind !== 'RoleBinding' || now.kind !== 'ServiceAccount') return false;
  const subjects = get(tree, 'subjects');
  return (
    subjects?.type === 'list' &&
    subjects.items.some(
      (subject) =>
        scalar(subject, 'kind')?.text === 'ServiceAccount' && scalar(subject, 'namespace')?.text === now.namespace,
    )
  );
}

/** True when the shorter list of affixes is the end of the longer one; one of none counts as such only where that is said. */
function sharesAffixes(a: Item, b: Item, mayBeEmpty: boolean): boolean {
  return endsAlike(a.prefixes, b.prefixes, mayBeEmpty) && endsAlike(a.suffixes, b.suffixes, mayBeEmpty);
}

function endsAlike(a: readonly string[], b: readonly string[], mayBeEmpty: boolean): boolean {
  const length = Math.min(a.length, b.length);
  if (length === 0) return mayBeEmpty || a.length === b.length;
  return Array.from({ length }, (_, index) => a.at(-1 - index) === b.at(-1 - index)).every(Boolean);
}
