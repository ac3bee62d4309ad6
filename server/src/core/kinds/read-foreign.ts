/** Files that are no Kubernetes objects, read as if they were: with a kind of their own. */
import type { Foreign } from '../cluster/foreign';
import { foreignGroup, foreignKinds } from '../cluster/foreign';
import type { Entry, MapValue, Scalar, Value } from '../value';

/** The map of such a file with a version and a kind before its own keys; undefined when it is no map. */
export function asResource(value: Value, foreign: Foreign): MapValue | undefined {
  const [first] = value.type === 'map' ? value.entries : [];
  if (value.type !== 'map' || !first) return undefined;
  const origin = { ...first.key.origin, verbatim: false };
  const scalar = (text: string): Scalar => ({ type: 'scalar', value: text, text, style: 'plain', origin });
  const own = ([key, text]: readonly [string, string]): Entry => ({ key: scalar(key), value: scalar(text) });
  const head = [['apiVersion', `${foreignGroup}/v1`] as const, ['kind', foreignKinds[foreign]] as const].map(own);
  return { ...value, entries: [...head, ...value.entries] };
}
