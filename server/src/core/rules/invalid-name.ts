import type { Draft } from '../finding';
import { say } from '../finding';
import type { KindTable } from '../kinds/define';
import type { ReadResource } from '../kinds/read';
import { tableOf } from '../kinds/table';
import type { NameRule } from '../names';
import { nameRules } from '../names';
import { nearestValid } from '../nearest-name';
import type { Field } from '../path';
import { each, field, scalarAt, textAt } from '../path';
import type { TextOf } from '../text';
import type { Scalar } from '../value';
import { defineRule } from './define';
import type { BadAffix } from './shared/affixes';
import { affixField, badAffix } from './shared/affixes';
import { containerFields, podTemplate } from './shared/pod-spec';
import { isUnknown } from './shared/unknown-value';
import { articled, mention, quote, replace } from './shared/words';

/** A place that holds a name, what it names, and the syntax the API server wants there. */
interface Named {
  readonly at: Field;
  readonly what: string;
  readonly rule: NameRule;
}

/** Names that the API server refuses, of objects whose kind is known: custom resources have rules of their own. */
export const invalidName = defineRule({
  id: 'invalid-name',
  summary: 'The API server refuses a name',
  levels: ['error'],
  *resource(read, _settings, textOf) {
    const table = tableOf(read.resource);
    if (!table) return;
    if (!affixOf(read, textOf)) yield* ownName(read, table);
    for (const named of [...portNames(read), ...podNames(read)]) yield* judge(named);
  },
  *bundle({ build, reads, textOf }): Iterable<Draft> {
    const told = new Map<string, BadAffix & { readonly names: ReadResource[] }>();
    for (const read of reads) {
      const affix = affixOf(read, textOf);
      if (!affix) continue;
      const key = `${affix.at.uri} ${affix.at.start}`;
      const known = told.get(key);
      if (known) known.names.push(read);
      else told.set(key, { ...affix, names: [read] });
    }
    for (const { names, ...affix } of told.values()) {
      const written = build.roots.map(({ tree }) => affixField(tree, affix.at)).find((entry) => entry !== undefined);
      yield* affixDraft(affix, written, names);
    }
  },
});

/** What a kustomization puts before or after a name, where that alone is refused. */
function affixOf({ resource, tree }: ReadResource, textOf: TextOf): BadAffix | undefined {
  const table = tableOf(resource);
  const name = scalarAt(field(tree, 'metadata', 'name'));
  return table && name && isApiObject(table) ? badAffix(name, table.nameRule, textOf) : undefined;
}

function* affixDraft(
  { at, text, problem, meant }: BadAffix,
  written: { readonly key: Scalar; readonly value: Scalar } | undefined,
  names: readonly ReadResource[],
): Iterable<Draft> {
  const [first] = names;
  if (!first) return;
  const { resource } = first;
  const subject = written ? `${written.key.text} ${text}` : text;
  const example =
    names.length === 1
      ? say`a name that the API server refuses: ${resource.name}`
      : say`${names.length} names that the API server refuses: ${resource.name}, for one,`;
  yield {
    level: 'error',
    at,
    message: say`${subject} makes ${example} cannot be the name of ${articled(resource)}: it ${problem}`,
    related: [mention(resource)],
    fixes: written && meant !== undefined ? replace(`Change to ${meant}`, written.value, meant) : [],
  };
}

function* ownName({ resource, tree }: ReadResource, table: KindTable): Iterable<Draft> {
  const metadata = field(tree, 'metadata');
  if (isUnknown(metadata) || !isApiObject(table)) return;
  const name = field(metadata, 'name');
  const generated = field(metadata, 'generateName');
  if (!isUnknown(name) && !isUnknown(generated) && (textAt(name) ?? '') === '' && (textAt(generated) ?? '') === '') {
    yield {
      level: 'error',
      at: name.value ? name.at : resource.names.kind.origin,
      path: name.path,
      message: say`this ${resource.kind} has no name: give it metadata.name`,
    };
  }
  yield* judge({ at: name, what: `the name of ${articled(resource)}`, rule: table.nameRule });
  yield* judge({ at: field(metadata, 'namespace'), what: 'the name of a namespace', rule: 'dns1123Label' });
  yield* judge({ at: generated, what: `the generateName of ${articled(resource)}`, rule: table.nameRule });
}

const apiGroups = new Set(['', 'admissionregistration.k8s.io', 'apiextensions.k8s.io', 'networking.k8s.io']);

/** Configuration files of tools look like objects, but are never sent to the API server. */
function isApiObject({ layer, group }: KindTable): boolean {
  return layer !== 'config' || apiGroups.has(group);
}

function portNames({ resource, tree }: ReadResource): Named[] {
  const ports = resource.service ? each(field(tree, 'spec', 'ports')) : [];
  return [
    ...ports.map((port): Named => ({
      at: field(port, 'name'),
      what: 'the name of a Service port',
      rule: 'dns1123Label',
    })),
    ...ports.map((port): Named => ({ at: field(port, 'targetPort'), what: 'a named targetPort', rule: 'portName' })),
  ];
}

function podNames(read: ReadResource): Named[] {
  const template = podTemplate(read);
  return (template ? containerFields(template) : []).flatMap(({ at }): Named[] => [
    { at: field(at, 'name'), what: 'the name of a container', rule: 'dns1123Label' },
    ...each(field(at, 'ports')).map((port): Named => ({
      at: field(port, 'name'),
      what: 'the name of a container port',
      rule: 'portName',
    })),
  ]);
}

function* judge({ at, what, rule }: Named): Iterable<Draft> {
  const written = scalarAt(at);
  if (!written || written.text === '' || isUnknown(at)) return;
  // A targetPort may be a number; a number in quotes, or anything else, is what invalid-service speaks of.
  if (at.path.endsWith('.targetPort') && (typeof written.value !== 'string' || /^\d+$/.test(written.text))) return;
  if (typeof written.value !== 'string') {
    yield {
      level: 'error',
      at: at.at,
      path: at.path,
      message: say`${written.text} is read as a ${typeof written.value === 'boolean' ? 'boolean' : 'number'}, but ${what} must be a string; put it in quotes`,
      fixes: quote(written),
    };
    return;
  }
  const problem = nameRules[rule](masked(at, written.text));
  if (problem === undefined) return;
  const meant = at.key?.text === 'generateName' ? undefined : nearestValid(rule, written.text);
  yield {
    level: 'error',
    at: at.at,
    path: at.path,
    message: say`${written.text} cannot be ${what}: it ${problem}`,
    fixes: meant === undefined ? [] : replace(`Change to ${meant}`, written, meant),
  };
}

/** A generateName may end in a dash, since more text follows it (apimachinery maskTrailingDash). */
function masked({ key }: Field, text: string): string {
  return key?.text === 'generateName' && text.length > 1 && text.endsWith('-') ? `${text.slice(0, -2)}a` : text;
}
