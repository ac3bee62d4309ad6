// One link as a line with an arrow head and a label.
import { shortenStart, type Measure } from '../card';
import { columnGap } from '../layout/geometry';
import type { Link } from '../layout/links';
import type { Route } from '../layout/routes';
import { svg } from './elements';

export function drawLink(link: Link, route: Route, title: string, measure: Measure): SVGGElement {
  const classes = ['link', `link-${link.type}`, link.state, link.quiet ? 'quiet' : ''];
  const group = svg('g', { class: classes.join(' ').trim() }, svg('title', {}, title));
  group.append(
    svg('path', { class: 'reach', d: route.line }),
    svg('path', { class: 'line', d: route.line }),
    svg('path', { class: 'head', d: route.head }),
  );
  group.append(...labelLines(link, route, measure));
  if (link.state !== 'ok') {
    const { x, y } = route.middle;
    const cross = link.state === 'broken' ? 'M-3 -3L3 3M3 -3L-3 3' : 'M-3.5 0H3.5';
    group.append(
      svg(
        'g',
        { class: 'stop', transform: `translate(${x} ${y})` },
        svg('circle', { r: 7 }),
        svg('path', { d: cross }),
      ),
    );
  }
  return group;
}

const room = columnGap - 10;

/** On the line; a route that is too long for that has its host and path above the line, its port below. */
function labelLines(link: Link, { label: at }: Route, measure: Measure): readonly SVGTextElement[] {
  const [first = '', ...more] = link.labels;
  const text = more.length === 0 ? first : `${first} +${more.length}`;
  if (text === '') return [];
  const draw = (part: string, y: number, className: string): SVGTextElement =>
    svg(
      'text',
      { class: className, x: at.x, y },
      shortenStart(part, room, (some) => measure(some, 'text')),
    );
  const arrow = text.lastIndexOf(' → ');
  if (measure(text, 'text') > room && arrow > 0) {
    return [draw(text.slice(0, arrow), at.y - 5, 'label'), draw(text.slice(arrow + 1), at.y + 13, 'label')];
  }
  // Short ones stay when the view is far away and text grows.
  const short = measure(text, 'text') * 1.35 < room;
  return [draw(text, at.y + (link.state === 'ok' ? 4 : -9), short ? 'label short' : 'label')];
}
