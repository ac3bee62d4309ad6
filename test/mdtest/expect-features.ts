import type { Snapshot, Span } from '../../server/src/core/index';
import {
  completions,
  definition as definitionAt,
  documentLinks,
  hover as hoverAt,
  lenses,
  lineOf,
  plainText,
  positionAt,
  references as referencesAt,
  render,
  rendered as renderedOf,
  renderedHover,
  symbols as symbolsOf,
  topologyOf,
  worldOf,
} from '../../server/src/core/index';
import type { Symbol } from '../../server/src/core/index';
import type { Expectation } from './expectations';

/** What may be written at the cursor, and the text that it takes the place of. */
export const completion: Expectation = ({ snapshot, cursor }) => {
  const found = cursor ? completions(snapshot, cursor.uri, cursor.offset) : [];
  const replaced = ({ at }: (typeof found)[number]) => snapshot.file(at.uri)?.text.slice(at.start, at.end) ?? '';
  return found.length === 0
    ? 'nothing'
    : found
        .map((item) => `${item.type} ${JSON.stringify(item.newText)} for ${JSON.stringify(replaced(item))}`)
        .join('\n');
};

/** `path:line: text -> path` for every link. */
export const links: Expectation = ({ snapshot, uris, path }) =>
  uris
    .flatMap((uri) =>
      documentLinks(snapshot, uri).map(
        ({ at, target }) =>
          `${path(uri)}:${lineOf(snapshot, at)}: ${snapshot.file(uri)?.text.slice(at.start, at.end) ?? ''} -> ${path(target)}`,
      ),
    )
    .join('\n');

/** The lines of what is built for the file under the cursor: `*` changed, `+` added, and where each comes from. */
export const rendered: Expectation = ({ snapshot, cursor, path }) => {
  const found = cursor && renderedOf(snapshot, cursor.uri, path);
  if (!found) return 'no kustomization builds it';
  return found.text
    .trimEnd()
    .split('\n')
    .map((line, index) => {
      const text = renderedHover(found, index);
      const change = found.lines[index]?.change;
      const mark = change === 'changed' ? '*' : change === 'added' ? '+' : ' ';
      return text ? `${mark} ${line.padEnd(36)} # ${plainText(text, snapshot, path)}` : `${mark} ${line}`.trimEnd();
    })
    .join('\n');
};

/** `hover`: the Markdown of the hover at the cursor, objects and places as links. `hover KIND NAME`: over the name of an object. */
export const hover: Expectation = ({ snapshot, uris, cursor, path }, argument) => {
  const [kind, name] = argument.split(' ');
  const over = uris
    .flatMap((uri) => snapshot.file(uri)?.resources ?? [])
    .find((resource) => resource.kind === kind && resource.name === name);
  const at = over ? { uri: over.uri, offset: over.nameAt.start } : argument === '' ? cursor : undefined;
  const found = at && hoverAt(snapshot, at.uri, at.offset);
  if (!found) return 'no hover';
  const place = (span: Span) => `${path(span.uri)}:${lineOf(snapshot, span)}`;
  return found.lines
    .map((line) =>
      render(
        line,
        (of) => `[${of.kind} ${of.name ?? ''}](${place(of.at)})`,
        (span, label) => `[${label ?? place(span)}](${place(span)})`,
      ),
    )
    .join('\n');
};

/** The line of a span with carets under it. */
function excerpt(snapshot: Snapshot, span: Span, path: (uri: string) => string): string {
  const starts = snapshot.lines(span.uri);
  const { line, character } = positionAt(starts, span.start);
  const text = (snapshot.file(span.uri)?.text.slice(starts[line], starts[line + 1]) ?? '').replace(/\r?\n$/, '');
  const head = `${path(span.uri)}:${line + 1}: `;
  const length = Math.max(1, Math.min(span.end - span.start, text.length - character));
  return `${head}${text}\n${' '.repeat(head.length + character)}${'^'.repeat(length)}`;
}

export const definition: Expectation = ({ snapshot, cursor, path }) => {
  const found = cursor && definitionAt(snapshot, cursor.uri, cursor.offset);
  return found ? found.to.map(({ name }) => excerpt(snapshot, name, path)).join('\n') : 'no definition';
};

export const references: Expectation = ({ snapshot, cursor, path }, argument) => {
  const found = cursor ? referencesAt(snapshot, cursor.uri, cursor.offset, argument === 'with declaration') : [];
  return found.length > 0 ? found.map((span) => excerpt(snapshot, span, path)).join('\n') : 'no references';
};

export const symbols: Expectation = ({ snapshot, uris }) => {
  const line = (symbol: Symbol, depth: number): string[] => [
    `${'  '.repeat(depth)}${symbol.type} ${symbol.name} ${symbol.detail}`.trimEnd(),
    ...symbol.children.flatMap((child) => line(child, depth + 1)),
  ];
  return uris.flatMap((uri) => symbolsOf(snapshot, uri).flatMap((symbol) => line(symbol, 0))).join('\n');
};

export const lens: Expectation = ({ snapshot, uris, path }) =>
  uris
    .flatMap((uri) =>
      lenses(snapshot, uri).map(({ span, title, places }) =>
        `${path(uri)}:${lineOf(snapshot, span)}: ${title} -> ${places.map((place) => `${path(place.uri)}:${lineOf(snapshot, place)}`).join(' ')}`.trimEnd(),
      ),
    )
    .join('\n');

/** Edges as `from -- type label --> to`, and nodes without edges. */
export const topology: Expectation = ({ snapshot, cursor, root }, argument) => {
  const { nodes, edges } = topologyOf(snapshot, {
    resources: worldOf(snapshot, cursor?.uri ?? `${root}/`, root).resources,
    namespace: argument || undefined,
  });
  const short = (id: string) => {
    const node = nodes.find((item) => item.id === id);
    return `${node?.kind ?? '?'}/${node?.name ?? '?'}${node?.resource ? '' : ' (missing)'}`;
  };
  const joined = new Set(edges.flatMap(({ from, to }) => [from, to]));
  return [
    ...edges.map(
      (edge) =>
        `${short(edge.from)} -- ${edge.type}${edge.label ? ` ${edge.label}` : ''} --> ${short(edge.to)}${edge.state === 'ok' ? '' : ` (${edge.state})`}`,
    ),
    ...nodes.filter(({ id }) => !joined.has(id)).map(({ id }) => short(id)),
  ].join('\n');
};
