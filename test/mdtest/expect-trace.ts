import { lineOf, readSource, readTarget, sceneOf, trace as follow, worldOf } from '../../server/src/core/index';
import type { Expectation } from './expectations';

const marks = { ok: '✓', denied: '✗', unresolved: '?' } as const;

/** `trace FROM TO [STEP]`: the verdict, that of each of several backends, then a line for each hop; details only of hops that are not fine, and of one STEP. */
export const trace: Expectation = ({ snapshot, root, path }, argument) => {
  const [from = '', to = '', step] = argument.split(' ');
  const { resources } = worldOf(snapshot, `${root}/`, root);
  const scene = sceneOf({ resources, links: snapshot.links, namespace: 'default', domain: 'cluster.local' });
  const source = readSource(scene, from);
  const target = readTarget(scene, to);
  if (typeof source === 'string') return source;
  if (typeof target === 'string') return target;
  const { verdict, hops, backends } = follow(scene, source, target);
  return [
    verdict,
    ...(backends.length > 1 ? backends.map((backend) => `${backend.name}: ${backend.verdict}`) : []),
    ...hops.flatMap(({ step: name, title, verdict: of, at, detail }) => [
      `${marks[of]} ${name}: ${title}${at ? ` (${path(at.uri)}:${lineOf(snapshot, at)})` : ''}`,
      ...(detail === undefined || (of === 'ok' && step !== name)
        ? []
        : detail.split('\n').map((line) => `    ${line}`)),
    ]),
  ].join('\n');
};
