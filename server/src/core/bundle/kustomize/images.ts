/** `images`: other names, tags and digests for container images (ImageTagTransformer). */
import { resolvePlain } from '../../scalars';
import type { MapValue, Scalar, Value } from '../../value';
import { entry, scalar } from '../../value';
import type { Context } from './context';
import type { FieldSpec } from './field-spec';
import { setSelected, specsFor } from './field-spec';
import { gvkOf } from './identity';
import { noteIdle } from './idle';
import type { Item } from './item';
import type { Root } from './kustomization';
import { derived, spansOf, untyped } from './made';
import type { Pattern } from './pattern';
import { compilePattern } from './pattern';
import { createMemory } from './remembered';
import { mapValues, withEntry } from './tree';

interface Image {
  readonly name: string;
  readonly newName: Scalar | undefined;
  readonly newTag: Scalar | undefined;
  readonly tagSuffix: Scalar | undefined;
  readonly digest: Scalar | undefined;
}

/** An object with its images changed, and those that were looked at. */
interface Changed {
  readonly tree: MapValue;
  readonly met: readonly string[];
}

const remembered = createMemory<Changed>();

/** Changes the images of all objects that an entry of `images` is about. */
export function setImage(
  context: Context,
  root: Root,
  items: readonly Item[],
  written: Value,
  specs: readonly FieldSpec[],
): void {
  const part = (key: string) => {
    const found = scalar(written, key);
    return found && found.text !== '' ? found : undefined;
  };
  const image: Image = {
    name: part('name')?.text ?? '',
    newName: part('newName'),
    newTag: part('newTag'),
    tagSuffix: part('tagSuffix'),
    digest: part('digest'),
  };
  const met: string[] = [];
  for (const item of items) {
    if (gvkOf(item.tree).kind === 'CustomResourceDefinition') continue;
    const { tree, met: ofItem } = remembered(written, specs, item.tree, () => withImages(item.tree, image, specs));
    item.tree = tree;
    met.push(...ofItem);
  }
  if (met.some((text) => isNamed(text, image.name))) return;
  noteIdle(context, root, {
    field: 'images',
    message: `no container here has the image ${image.name}`,
    span: (part('name') ?? written).origin,
    wanted: image.name,
    candidates: met.map((text) => split(text).name),
  });
}

function withImages(old: MapValue, image: Image, specs: readonly FieldSpec[]): Changed {
  const met: string[] = [];
  const change = (written: Scalar) => {
    met.push(written.text);
    return isNamed(written.text, image.name) ? changed(written, image) : written;
  };
  const tree = specsFor(specs, old).reduce(
    (to, spec) =>
      setSelected(to, spec, { kind: 'none', at: old.origin }, (value) =>
        value?.type === 'scalar' ? change(value) : value,
      ),
    old,
  );
  const everywhere = inContainers(tree, change);
  return { tree: everywhere.type === 'map' ? everywhere : tree, met };
}

type Change = (written: Scalar) => Scalar;

/** Every `containers` and `initContainers`, however deep: kinds that are in no table have images too. */
function inContainers(value: Value, change: Change): Value {
  if (value.type !== 'map') return mapValues(value, (child) => inContainers(child, change));
  return ['containers', 'initContainers'].reduce<Value>(
    (to, key) => {
      const found = entry(to, key);
      if (to.type !== 'map' || found?.value.type !== 'list') return to;
      return withEntry(
        to,
        found.key,
        mapValues(found.value, (container) => withImage(container, change)),
      );
    },
    mapValues(value, (child) => inContainers(child, change)),
  );
}

function withImage(container: Value, change: Change): Value {
  const found = entry(container, 'image');
  return container.type === 'map' && found?.value.type === 'scalar' && found.value.value !== null
    ? withEntry(container, found.key, change(found.value))
    : container;
}

function changed(old: Scalar, image: Image): Scalar {
  const parts = split(old.text);
  const name = image.newName?.text ?? parts.name;
  let { tag, digest } = parts;
  const by: Scalar[] = [];
  if (image.newTag || image.digest) {
    tag = image.newTag?.text ?? '';
    digest = image.digest?.text ?? '';
    by.push(...[image.newTag, image.digest].filter((part) => part !== undefined));
  } else if (image.tagSuffix) {
    tag += image.tagSuffix.text;
    digest = '';
    by.push(image.tagSuffix);
  }
  if (image.newName) by.push(image.newName);
  const value = `${name}${tag === '' ? '' : `:${tag}`}${digest === '' ? '' : `@${digest}`}`;
  const [last, ...others] = by;
  if (value === old.text || !last) return old;
  const origin = derived(last.origin, ...others.map((part) => part.origin), ...spansOf(old.origin));
  return untyped(resolvePlain(value, 'kustomize'), value, origin);
}

const patterns = new Map<string, Pattern | undefined>();
/** Names of images in one workspace are far fewer. */
const MAX_PATTERNS = 1000;

/** The name of an entry is a regular expression: a dot stands for any letter. */
function isNamed(image: string, name: string): boolean {
  const rest = image.startsWith(name) ? image.slice(name.length) : undefined;
  if (rest !== undefined && /^(?::[a-zA-Z0-9_.{}-]*)?(?:@sha256:[a-zA-Z0-9_.{}-]*)?$/.test(rest))
    return /^[\w./:-]*$/.test(name) || isMatched(image, name);
  return !/^[\w/:-]*$/.test(name) && isMatched(image, name);
}

function isMatched(image: string, name: string): boolean {
  if (patterns.size > MAX_PATTERNS) patterns.clear();
  if (!patterns.has(name))
    patterns.set(name, compilePattern(`^${name}(:[a-zA-Z0-9_.{}-]*)?(@sha256:[a-zA-Z0-9_.{}-]*)?$`));
  return patterns.get(name)?.some(image) === true;
}

/** An image reference is a name, a tag after the last colon, and a digest after the at sign; a registry may have a port. */
function split(image: string): { readonly name: string; readonly tag: string; readonly digest: string } {
  const at = image.indexOf('@');
  const digest = at < 0 ? '' : image.slice(at + 1);
  const rest = at < 0 ? image : image.slice(0, at);
  const colon = rest.indexOf(':', rest.indexOf('/') + 1);
  return colon < 0
    ? { name: rest, tag: '', digest }
    : { name: rest.slice(0, colon), tag: rest.slice(colon + 1), digest };
}
