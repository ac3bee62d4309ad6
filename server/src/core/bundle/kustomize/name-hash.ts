/** The hash at the end of the names of generated objects (api/hasher). */
import type { MapValue, Scalar } from '../../value';
import { get, scalar } from '../../value';
import { canonicalJson, goString } from './canonical-json';
import type { Item } from './item';
import { rememberId } from './item';
import { changedText } from './made';
import { sha256, utf8 } from './sha256';
import { setIn } from './tree';

/** Ten digits of the SHA-256 of the content, with 0, 1, 3, a and e replaced so that no word comes out. */
function nameHash(tree: MapValue): string {
  const substitutes: Readonly<Record<string, string>> = { '0': 'g', '1': 'h', '3': 'k', a: 'm', e: 't' };
  return sha256(utf8(content(tree)))
    .slice(0, 10)
    .replace(/[013ae]/g, (digit) => substitutes[digit] ?? digit);
}

function content(tree: MapValue): string {
  const kind = scalar(tree, 'kind')?.text ?? '';
  const name = goString('');
  const field = (key: string) => {
    const found = get(tree, key);
    return found === undefined ? '""' : canonicalJson(found);
  };
  const optional = (key: string) => (get(tree, key)?.type === 'map' ? `"${key}":${field(key)},` : '');
  if (kind === 'ConfigMap')
    return `{${optional('binaryData')}"data":${field('data')},"kind":"ConfigMap","name":${name}}`;
  if (kind === 'Secret') {
    const texts = optional('stringData').slice(0, -1);
    return `{"data":${field('data')},"kind":"Secret","name":${name},${texts === '' ? '' : `${texts},`}"type":${field('type')}}`;
  }
  return canonicalJson(tree);
}

/** Puts the hash behind the names of the objects that want one. The name keeps its place; the generator is on the way. */
export function hashNames(items: readonly Item[]): void {
  for (const item of items) {
    if (!item.hash) continue;
    const name: Scalar | undefined = scalar(item.tree, 'metadata', 'name');
    if (!name) continue;
    rememberId(item);
    const hashed = changedText(name, `${name.text}-${nameHash(item.tree)}`, item.hash);
    item.tree = setIn(item.tree, ['metadata', 'name'], hashed, name.origin);
  }
}
