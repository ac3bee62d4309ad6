// Holds the import order inside server/src/core: a file imports only from its own layer or from layers before it.
import { dirname, relative, resolve, sep } from 'node:path';

const core = resolve(import.meta.dirname, '../server/src/core');
const order = [
  ['value', 'text', 'near', 'names', 'scalars', 'templated', 'ranges', 'settings', 'uri', 'glob', 'environment'],
  ['yaml', 'yaml-mend'],
  ['path', 'yaml-lines', 'same-value', 'nearest-name', 'labels', 'selector-text', 'ports', 'cidr'],
  ['pod-facts', 'policy-facts', 'address', 'cluster', 'resource', 'gateway-facts', 'controllers'],
  ['kinds'],
  ['pods-match', 'bundle', 'keys', 'lookup', 'rings'],
  ['finding', 'config', 'suppression', 'edits'],
  ['links', 'resolver', 'linking'],
  ['network'],
  ['judge'],
  [
    'askers',
    'bundles',
    'bundle-findings',
    'bundle-links',
    'bundle-linked',
    'bundle-messages',
    'bundle-build',
    'bundle-resources',
    'bundle-types',
    'bundle-variables',
  ],
  ['snapshot'],
  ['file-store', 'file-findings', 'create-snapshot'],
  ['workspace'],
  ['world'],
  ['show'],
  ['rules', 'features', 'topology'],
  ['index'],
];
const only = { yaml: 'yaml', 'ipaddr.js': 'cidr' };

const layerOf = (file) => {
  const name = relative(core, file).split(sep)[0]?.replace(/\.ts$/, '') ?? '';
  return { name, rank: order.findIndex((names) => names.includes(name)) };
};

export const layers = {
  meta: {
    type: 'problem',
    schema: [],
    messages: {
      order: '{{from}} may not import {{to}}: layers are {{order}}',
      only: '{{pkg}} is imported by {{file}}.ts only',
    },
  },
  create(context) {
    const from = layerOf(context.filename);
    return {
      ImportDeclaration(node) {
        const source = String(node.source.value);
        if (source in only && only[source] !== from.name) {
          context.report({ node, messageId: 'only', data: { pkg: source, file: only[source] } });
        }
        if (!source.startsWith('.')) return;
        const to = layerOf(resolve(dirname(context.filename), source));
        if (to.rank === -1 || to.rank > from.rank) {
          context.report({
            node,
            messageId: 'order',
            data: { from: from.name, to: to.name, order: order.map((names) => names.join('|')).join(' <- ') },
          });
        }
      },
    };
  },
};
