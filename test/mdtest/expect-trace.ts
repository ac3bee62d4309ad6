import { lineOf, readSource, readTarget, sceneOf, trace as follow, worldOf } from '../../server/src/core/index';
import type { Expectation } from './expectations';

const marks = { ok: '✓', denied: '✗', unresolved: '?' } as const;

/** `trace FROM TO`: the verdict, then a line for each hop; details only of hops that are not fine. */
export const trace: Expectation = ({ snapshot, root, path }, argument) => {
  const [from = '', to = ''] = argument.split(' ');
  const { resources } = worldOf(snapshot, `${root}/`, root);
  const scene = sceneOf({ resources, links: snapshot.links, namespace: 'default', domain: 'cluster.local' });
  const source = readSource(scene, from);
  const target = readTarget(scene, to);
  if (typeof source === 'string') return source;
  if (typeof target === 'string') return target;
  const { verdict, hops } = follow(scene, source, target);
  return [
    verdict,
    ...hops.flatMap(({ step, title, verdict: of, at, detail }) => [
      `${marks[of]} ${step}: ${title}${at ? ` (${path(at.uri)}:${lineOf(snapshot, at)})` : ''}`,
      ...(detail === undefined || of === 'ok' ? [] : detail.split('\n').map((line) => `    ${line}`)),
    ]),
  ].join('\n');
};
