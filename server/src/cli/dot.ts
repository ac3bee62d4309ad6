/** The topology in the DOT language of Graphviz. */
import { printable } from './printable';
import type { ReportedNode, TopologyReport } from './topology-report';
import { byNamespace } from './topology-report';

const red = 'color="#d1242f"';

const edgeStyle: Readonly<Record<string, string>> = {
  broken: `, style=dashed, ${red}`,
  blocked: `, style=dotted, arrowhead=tee, ${red}`,
};

export function dot({ nodes, edges }: TopologyReport): string {
  const line = (node: ReportedNode) =>
    `${quote(node.id)} [label=${quote(`${node.kind}\n${node.name}`)}${node.missing ? `, style=dashed, ${red}` : node.problems.length > 0 ? `, ${red}` : ''}];`;
  const groups = byNamespace(nodes).flatMap(([namespace, members], index) =>
    namespace === undefined
      ? members.map((node) => `  ${line(node)}`)
      : [
          `  subgraph cluster_${index} {`,
          `    label=${quote(namespace)};`,
          ...members.map((node) => `    ${line(node)}`),
          '  }',
        ],
  );
  const arrows = edges.map(
    ({ from, to, label, state }) =>
      `  ${quote(from)} -> ${quote(to)} [label=${quote(label)}${edgeStyle[state] ?? ''}];`,
  );
  return ['digraph podpath {', '  rankdir=LR;', '  node [shape=box];', ...groups, ...arrows, '}', ''].join('\n');
}

/** A quoted string: only quotes and backslashes need an escape, line ends become \n, other control characters a dot. */
export function quote(text: string): string {
  const lines = text.split(/\r?\n/).map((line) => printable(line).replace(/\\/g, '\\\\').replace(/"/g, '\\"'));
  return `"${lines.join('\\n')}"`;
}
