/** `openapi`: a schema of one's own, which says by which keys the lists of custom kinds merge. */
import type { Value } from '../../value';
import { entries, get, items, scalar } from '../../value';
import type { Context } from './context';
import { attempt } from './context';
import type { Root } from './kustomization';
import type { Shape } from './merge-keys';
import { readTable } from './local-file';
import { fail } from './problem';

/** The one schema that kustomize 5.6 has built in. */
const builtinVersion = 'v1.21.2';

/** Takes the schema of the kustomization, when it has one and none was taken before. It stands for the built-in one. */
export function setSchema(context: Context, root: Root): void {
  const path = scalar(root.tree, 'openapi', 'path');
  attempt(context, () => checkVersion(root), undefined);
  if (context.isSchemaSet) return;
  context.isSchemaSet = path !== undefined || scalar(root.tree, 'openapi', 'version') !== undefined;
  if (!path) return;
  // A schema that is no YAML is passed over.
  const schema = attempt(context, () => readTable(context, root, path)?.value, undefined);
  if (schema) context.shapes = shapesOf(get(schema, 'definitions'));
}

function checkVersion({ tree }: Root): void {
  const version = scalar(tree, 'openapi', 'version');
  if (!version) return;
  if (version.text !== builtinVersion)
    fail('invalid-configuration', `the built-in schema is that of ${builtinVersion}`, version.origin);
  if (scalar(tree, 'openapi', 'path'))
    fail('invalid-configuration', 'openapi has a version or a path, not both', version.origin);
}

/** The shapes by `apiVersion/kind`, made when they are asked for. */
function shapesOf(definitions: Value | undefined): ReadonlyMap<string, Shape> {
  const shapes = new Map<string, Shape>();
  for (const { value } of entries(definitions))
    for (const gvk of items(get(value, 'x-kubernetes-group-version-kind'))) {
      const [group, version, kind] = ['group', 'version', 'kind'].map((key) => scalar(gvk, key)?.text ?? '');
      shapes.set(`${group === '' ? '' : `${group}/`}${version}/${kind}`, shapeOf(value, definitions, 0));
    }
  return shapes;
}

/** Types that hold themselves are followed so deep. */
const MAX_DEPTH = 12;

function shapeOf(schema: Value, definitions: Value | undefined, depth: number): Shape {
  if (depth > MAX_DEPTH) return {};
  const reference = scalar(schema, '$ref')?.text.replace(/^#\/definitions\//, '');
  const target = reference === undefined ? undefined : get(definitions, reference);
  if (target) return { ...shapeOf(target, definitions, depth + 1), ...mergeOf(schema) };
  const properties = entries(get(schema, 'properties'));
  const item = get(schema, 'items');
  return {
    ...mergeOf(schema),
    ...(properties.length > 0
      ? {
          fields: Object.fromEntries(
            properties.map(({ key, value }) => [key.text, shapeOf(value, definitions, depth + 1)]),
          ),
        }
      : {}),
    ...(item ? { items: shapeOf(item, definitions, depth + 1) } : {}),
  };
}

function mergeOf(schema: Value): Pick<Shape, 'merge'> {
  const strategy = scalar(schema, 'x-kubernetes-patch-strategy')?.text ?? '';
  if (!strategy.split(',').includes('merge')) return {};
  const keys = items(get(schema, 'x-kubernetes-list-map-keys')).flatMap((key) =>
    key.type === 'scalar' ? [key.text] : [],
  );
  const key = scalar(schema, 'x-kubernetes-patch-merge-key')?.text;
  return { merge: keys.length > 0 ? keys : key === undefined ? [] : [key] };
}
