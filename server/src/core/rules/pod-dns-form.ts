import { commentsOf } from '../address/comments';
import { partsOf } from '../address/part';
import type { Draft, Fix } from '../finding';
import type { ReadResource } from '../kinds/read';
import { isNear } from '../near';
import type { PodHost } from '../network/dns-names';
import { addressLabel, classifyName } from '../network/dns-names';
import type { Field } from '../path';
import { each, eachEntry, field, scalarAt } from '../path';
import { defaultSettings } from '../settings';
import type { Scalar } from '../value';
import { defineRule } from './define';
import { containerFields, podTemplate } from './shared/pod-spec';

/** Names below `pod` have one form only: the address with dashes, the namespace, `pod`, the domain (DNS docs, CoreDNS findPods). */
export const podDnsForm = defineRule({
  id: 'pod-dns-form',
  summary: 'A DNS name of a pod that cannot resolve by its form',
  levels: ['warning'],
  *resource(read, { clusterDomain }) {
    for (const at of textsOf(read)) {
      const text = scalarAt(at);
      if (!text?.text.includes('.pod')) continue;
      for (const name of podNames(text)) {
        const host = classifyName(name.text, clusterDomain);
        if (host.form !== 'pod') continue;
        const reason = reasonOf(host, clusterDomain, text.text.trimEnd().includes('\n'));
        if (reason !== undefined) yield draft(name, host, reason, at.path, read, clusterDomain);
      }
    }
  },
});

function draft(
  name: Scalar,
  host: PodHost,
  reason: string,
  path: string,
  { resource }: ReadResource,
  clusterDomain: string,
): Draft {
  const namespace = host.namespace ?? resource.namespace;
  const right =
    host.ip === undefined || namespace === undefined
      ? undefined
      : `${addressLabel(host.ip)}.${namespace}.pod${host.domain === undefined ? '' : `.${clusterDomain}`}`;
  // Without a namespace only the own one is a guess.
  const isCertain = host.namespace !== undefined && host.problem === 'dots';
  // A word of a longer text: it takes no quotes, and a host name needs none.
  const fixes: Fix[] =
    right === undefined || !name.origin.verbatim
      ? []
      : [{ title: `Change to ${right}`, safe: isCertain, edits: [{ at: name.origin, newText: right }] }];
  const example = right ?? `10-0-0-1.${namespace ?? 'NAMESPACE'}.pod.${clusterDomain}`;
  return {
    level: 'warning',
    at: name.origin,
    path,
    message: [`${name.text} does not resolve: ${reason}, as in ${example}`],
    related: [],
    fixes,
  };
}

/** What is wrong, as the middle of a sentence. In files of several lines a name of a pod may be an example for people. */
function reasonOf({ problem, domain = '' }: PodHost, clusterDomain: string, isFile: boolean): string | undefined {
  switch (problem) {
    case 'dots':
      return 'in the name of a pod its address has dashes';
    case 'no-namespace':
      return 'in the name of a pod its namespace stands before .pod';
    case 'no-address':
      return isFile ? undefined : 'names below .pod are made of addresses, not of names of pods';
    case 'domain':
      // Without a word on the domain of this cluster another one may be right.
      return clusterDomain !== defaultSettings.clusterDomain || isNear(domain, clusterDomain)
        ? `the domain of the cluster is ${clusterDomain}`
        : undefined;
    case undefined:
      return undefined;
  }
}

/** Values of variables, commands and arguments of containers, and the data of ConfigMaps. */
function* textsOf(read: ReadResource): Iterable<Field> {
  const { resource, tree } = read;
  if (resource.group === '' && resource.kind === 'ConfigMap') yield* eachEntry(field(tree, 'data'));
  const template = podTemplate(read);
  if (!template) return;
  for (const { at } of containerFields(template)) {
    for (const item of each(field(at, 'env'))) yield field(item, 'value');
    yield* each(field(at, 'command'));
    yield* each(field(at, 'args'));
  }
}

/** No name is longer. */
const MAX_NAME = 253;

/** The words of a text that hold `.pod`, between what can stand around a host; words that touch a template are none. */
function* podNames(text: Scalar): Iterable<Scalar> {
  const all = text.text;
  const parts = partsOf(text);
  const inComment = commentsOf(all);
  for (let at = all.indexOf('.pod'); at >= 0; at = all.indexOf('.pod', at + 4)) {
    let start = at;
    while (start > 0 && at - start <= MAX_NAME && isHostCharacter(all.charAt(start - 1))) start--;
    let end = at + 4;
    while (end < all.length && end - at <= MAX_NAME && isHostCharacter(all.charAt(end))) end++;
    const [before, after] = [all.charAt(start - 1), all.charAt(end)];
    if (all.charAt(end - 1) === '.') end--;
    const isWord =
      (before <= ' ' || '"\'`=,@/([|;>'.includes(before)) && (after <= ' ' || '"\'`/:?#,;)]|<'.includes(after));
    if (isWord && start < at && !inComment(start)) yield parts(start, end);
    at = Math.max(at, end - 4);
  }
}

function isHostCharacter(character: string): boolean {
  return /[A-Za-z0-9.-]/.test(character);
}
