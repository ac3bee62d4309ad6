/** The topology as a Mermaid flowchart. */
import type { ReportedNode, TopologyReport } from './topology-report';
import { byNamespace } from './topology-report';

export function mermaid({ nodes, edges }: TopologyReport): string {
  const ids = new Map(nodes.map((node, index) => [node.id, `n${index}`]));
  const line = (node: ReportedNode) =>
    `${ids.get(node.id) ?? ''}["${escape(node.kind)}<br/>${escape(node.name)}"]${className(node)}`;
  const groups = byNamespace(nodes).flatMap(([namespace, members], index) =>
    namespace === undefined
      ? members.map((node) => `  ${line(node)}`)
      : [`  subgraph ns${index}["${escape(namespace)}"]`, ...members.map((node) => `    ${line(node)}`), '  end'],
  );
  const arrows = edges.map(({ from, to, label, state }) => {
    const arrow = state === 'broken' ? '-.->' : state === 'blocked' ? '--x' : '-->';
    return `  ${ids.get(from) ?? ''} ${arrow}${label === '' ? '' : `|"${escape(label)}"|`} ${ids.get(to) ?? ''}`;
  });
  const broken = edges.flatMap(({ state }, index) => (state === 'ok' ? [] : [index]));
  return [
    'flowchart LR',
    ...groups,
    ...arrows,
    '  classDef problem stroke:#d1242f,stroke-width:2px',
    '  classDef missing stroke:#d1242f,stroke-dasharray:4',
    ...(broken.length > 0 ? [`  linkStyle ${broken.join(',')} stroke:#d1242f`] : []),
    '',
  ].join('\n');
}

function className({ missing, problems }: ReportedNode): string {
  return missing ? ':::missing' : problems.length > 0 ? ':::problem' : '';
}

/** Everything but plain letters as Mermaid's entity codes, so that no text can end its string or be markup. */
export function escape(text: string): string {
  return text.replace(/[^\p{L}\p{N} ./:,*@()=-]/gu, (character) => `#${character.codePointAt(0) ?? 0};`);
}
