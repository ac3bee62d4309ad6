// A namespace as a box with its name, which stays readable from far away.
import type { Box } from '../layout/place';
import { boxTitle } from '../layout/geometry';
import { isMap } from './distance';
import { svg } from './elements';

export interface DrawnBox {
  readonly frame: SVGRectElement;
  /** Stands above the cards, so that it can grow over them. */
  readonly title: SVGGElement;
  readonly resize: (zoom: number) => void;
}

const titleSize = 13;
/** Width of a letter by its height. */
const letter = 0.62;
/** On the screen; a name that would be smaller is cut at its start instead. */
const legible = 6.5;
/** The number of objects, behind the name. */
const moreRoom = 70;
/** Letters that are left of a name at least. */
const fewest = 14;

export function drawBox(box: Box): DrawnBox {
  const frame = svg('rect', { class: 'box', x: box.x, y: box.y, width: box.width, height: box.height, rx: 14 });
  // Of several bundles with one namespace each is told apart from far away too.
  const name = [box.namespace, box.bundle].filter((part) => part !== undefined).join(' · ') || 'no namespace';
  const shown = svg('tspan', { class: 'name' }, name);
  const text = svg('text', { class: 'box-title' }, shown);
  const count = box.count === 1 ? '1 object' : `${box.count} objects`;
  const more = svg('tspan', { class: 'more', dx: 8 }, count);
  text.append(more);
  const title = svg('g', {}, text);
  const resize = (zoom: number): void => {
    const room = (box.width - 40) / letter;
    const highest = isMap(zoom) ? box.height / 3 : boxTitle - 10;
    const sizeFor = (letters: number, wanted: number): number =>
      Math.max(titleSize, Math.min(wanted / zoom, room / letters, highest));
    const whole = sizeFor(name.length, titleSize);
    // A little more than the room is a matter of rounding.
    const isWhole = name.length * whole <= room * 1.01 && whole * zoom >= legible;
    const size = isWhole ? whole : sizeFor(Math.min(name.length, fewest), legible);
    const letters = isWhole ? name.length : Math.max(fewest, Math.floor(room / size));
    shown.textContent = name.length <= letters ? name : `…${name.slice(name.length - letters + 1)}`;
    text.setAttribute('font-size', String(size));
    text.setAttribute('x', String(box.x + 18));
    text.setAttribute('y', String(box.y + (isMap(zoom) ? 14 : 9) + size * 0.95));
    text.setAttribute('stroke-width', String(size / 2.5));
    const isFull = Math.min(name.length, letters) * size * letter + moreRoom > box.width - 24;
    more.setAttribute('visibility', isFull || size > titleSize * 1.4 ? 'hidden' : 'inherit');
  };
  return { frame, title, resize };
}
