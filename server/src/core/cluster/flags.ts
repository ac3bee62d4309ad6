/** Flags of command lines and of extraArgs: `--cluster-cidr=10.0.0.0/8`, `--cluster-cidr` `10.0.0.0/8`, `{ name, value }`. */
import { partsOf } from '../address/part';
import type { Field } from '../path';
import { each, eachEntry, field, scalarAt, textAt } from '../path';
import type { Scalar } from '../value';

/** A flag with its value. */
export interface Flag {
  /** Without dashes. */
  readonly name: string;
  readonly value: Scalar;
  readonly path: string;
}

/** The flags among the words of a command line, in order; words joined by a shell are passed over. */
export function flagsOf(words: readonly Field[]): Flag[] {
  return words.flatMap((at, index) => {
    const word = scalarAt(at);
    const match = word && /^--?([a-z][\w.-]*)(=)?/.exec(word.text);
    if (!word || !match?.[1]) return [];
    const name = match[1];
    if (match[2] !== undefined)
      return [{ name, value: partsOf(word)(match[0].length, word.text.length), path: at.path }];
    const next = words[index + 1];
    const value = next && scalarAt(next);
    return value && !value.text.startsWith('-') ? [{ name, value, path: next.path }] : [];
  });
}

/** kubeadm's extraArgs: a list of names and values (v1beta4), or a map. */
export function extraArgs(at: Field): Flag[] {
  const pairs =
    at.value?.type === 'list'
      ? each(at).map((item) => ({ name: textAt(field(item, 'name')), value: field(item, 'value') }))
      : eachEntry(at).map((value) => ({ name: value.key?.text, value }));
  return pairs.flatMap(({ name, value }) => {
    const text = scalarAt(value);
    return name !== undefined && text ? [{ name, value: text, path: value.path }] : [];
  });
}

/** The last of equal flags counts. */
export function flag(flags: readonly Flag[], ...names: readonly string[]): Flag | undefined {
  return flags.findLast(({ name }) => names.includes(name));
}

/** The whole number that a flag holds. */
export function numberOf(found: Flag | undefined): number | undefined {
  return found && /^\d+$/.test(found.value.text) ? Number(found.value.text) : undefined;
}
