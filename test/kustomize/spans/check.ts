/** For each transformer: a value of the result points to where a person would edit it, and to what changed it on the way. */
import { deepEqual } from 'node:assert/strict';
import { test } from 'node:test';
import type { Span, Value } from '../../../server/src/core/index';
import { buildKustomization } from '../../../server/src/core/index';

const base = 'file:///spans';

export const web = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  selector:
    matchLabels:
      app: web
  template:
    metadata:
      labels:
        app: web
    spec:
      containers:
        - name: main
          image: nginx:1.0
          envFrom:
            - configMapRef:
                name: conf
`;

interface Place {
  /** `file:line text at the span`. */
  readonly at: string;
  readonly verbatim: boolean;
  readonly via?: readonly string[];
}

/** The places of fields, by `Kind path/to/field`; a trailing `#` asks for the key. */
export function places(
  kustomization: string,
  files: Readonly<Record<string, string>>,
  fields: readonly string[],
): Place[] {
  const all = new Map(Object.entries({ 'kustomization.yaml': kustomization, ...files }));
  const build = buildKustomization(base, { text: (uri) => all.get(uri.slice(base.length + 1)) });
  deepEqual(build.problems, []);
  const show = ({ uri, start, end }: Span) => {
    const path = uri.slice(base.length + 1);
    const text = all.get(path) ?? '';
    return `${path}:${text.slice(0, start).split('\n').length} ${text.slice(start, end).trimEnd()}`;
  };
  return fields.map((field) => {
    const [kind, path = ''] = field.split(' ');
    const found = build.resources.find(({ tree }) =>
      tree.entries.some(
        (entry) => entry.key.text === 'kind' && entry.value.type === 'scalar' && entry.value.text === kind,
      ),
    );
    const { origin } = at(found?.tree, path);
    return {
      at: show(origin),
      verbatim: origin.verbatim,
      ...(origin.via ? { via: origin.via.map(show) } : {}),
    };
  });
}

function at(value: Value | undefined, path: string): Value {
  const keys = path.replace(/#$/, '').split('/');
  const last = keys.length - 1;
  let now: Value | undefined = value;
  keys.forEach((key, index) => {
    const entry =
      now?.type === 'map' ? now.entries.find((one) => one.key.text === key.replaceAll('~', '/')) : undefined;
    if (now?.type === 'list') now = now.items[Number(key)];
    else now = index === last && path.endsWith('#') ? entry?.key : entry?.value;
  });
  if (now === undefined) throw new Error(`there is no ${path}`);
  return now;
}

export function check(
  title: string,
  kustomization: string,
  files: Readonly<Record<string, string>>,
  expected: Readonly<Record<string, Place>>,
): void {
  test(title, () => {
    const fields = Object.keys(expected);
    const found = places(kustomization, { 'web.yaml': web, ...files }, fields);
    deepEqual(Object.fromEntries(fields.map((field, index) => [field, found[index]])), expected);
  });
}
