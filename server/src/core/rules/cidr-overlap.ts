import type { DeclaredRange } from '../network/cluster';
import { overlaps } from '../network/overlaps';
import type { Level } from '../finding';
import { say } from '../finding';
import { defineRule } from './define';
import { declared, pointAt, purpose, rangeText } from './shared/ranges';

/** Two uses of one address: which of both a packet reaches is chance. */
export const cidrOverlap = defineRule({
  id: 'cidr-overlap',
  summary: 'Ranges of addresses with different uses overlap',
  levels: ['error', 'warning', 'information'],
  about: ['cluster'],
  *linked(resource, links) {
    if (!resource.cluster) return;
    for (const { range, other, more } of overlaps(links, resource)) {
      if (range.from !== resource || range.range.implied) continue;
      const others = more === 0 ? '' : ` and ${more} more`;
      const same = range.range.use === other.range.use;
      yield {
        level: levelOf(range, other),
        at: range.range.text.origin,
        path: range.range.path,
        message: say`${rangeText(range.range)}, for ${purpose(range.range)}, overlaps ${declared(other.range, other.from)}${others}${same ? '' : `, for ${purpose(other.range)}`}: one address would mean two things; choose a range that is free`,
        related: [pointAt(other.range, other.from)],
      };
    }
  },
});

/** Files of one folder are probably of one cluster; Compose files and far ones may well be of another. */
function levelOf(range: DeclaredRange, other: DeclaredRange): Level {
  if (other.distance === 'file') return 'error';
  if (other.distance === 'far') return 'information';
  if (range.range.use === 'bridge' || other.range.use === 'bridge') return 'warning';
  return range.range.use === other.range.use ? 'information' : 'error';
}
