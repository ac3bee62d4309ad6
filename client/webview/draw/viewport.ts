// Pan and zoom of the drawing, by mouse, touch, buttons and keys.
import { select } from 'd3-selection';
import { zoom, zoomIdentity, type D3ZoomEvent } from 'd3-zoom';
import type { View } from '../anchor';
import type { Point, Rect } from '../layout/geometry';

export interface Viewport {
  readonly view: () => View;
  readonly set: (view: View, smooth?: boolean) => void;
  /** Shows the whole rectangle, with room around it; if that were smaller than `least`, its upper left part. */
  readonly fit: (rect: Rect, options?: { readonly smooth?: boolean; readonly least?: number }) => void;
  /** Puts a rectangle into the middle of the window, as far as `within`, all that is drawn, goes. Counts as a fit. */
  readonly center: (
    rect: Rect,
    options: { readonly smooth: boolean; readonly zoom: number; readonly within: Rect },
  ) => void;
  /** Nothing but a fit has moved the drawing. */
  readonly isFitted: () => boolean;
  /** Width by height of what can be seen, without extremes. */
  readonly aspect: () => number;
  readonly zoomBy: (factor: number) => void;
  readonly panBy: (dx: number, dy: number) => void;
  /** Moves only as far as needed to have the rectangle in sight. */
  readonly reveal: (rect: Rect) => void;
  /** The middle of what is in sight, as a place of the drawing. */
  readonly middle: () => Point;
}

const closest = 2.5;
const margin = 24;
/** The legend lies over the lower border. */
const legend = 44;
/** Fitting few cards must not make them huge. */
const largestFit = 1.1;

/** `covered`: how many pixels on the right or at the bottom are hidden behind the details. `onChange` is called for every step. */
export function createViewport(
  root: SVGSVGElement,
  covered: () => { readonly right: number; readonly bottom: number },
  onChange: (view: View) => void,
): Viewport {
  const behavior = zoom<SVGSVGElement, unknown>()
    .scaleExtent([0.03, closest])
    .on('zoom', ({ transform, sourceEvent }: D3ZoomEvent<SVGSVGElement, unknown>) => {
      if (sourceEvent) fitted = false;
      current = { x: transform.x, y: transform.y, k: transform.k };
      onChange(current);
    });
  let current: View = { x: 0, y: 0, k: 1 };
  let running = 0;
  let fitted = false;
  const selection = select(root).call(behavior).on('dblclick.zoom', null);

  const jump = ({ x, y, k }: View): void => {
    selection.call((target) => behavior.transform(target, zoomIdentity.translate(x, y).scale(k)));
  };
  const set = (to: View, smooth = false): void => {
    cancelAnimationFrame(running);
    fitted = false;
    if (!smooth || matchMedia('(prefers-reduced-motion: reduce)').matches) {
      jump(to);
      return;
    }
    const from = current;
    const begin = performance.now();
    const step = (now: number): void => {
      const part = Math.min(1, (now - begin) / 220);
      const eased = 1 - (1 - part) ** 3;
      const mix = (a: number, b: number): number => a + (b - a) * eased;
      jump({ x: mix(from.x, to.x), y: mix(from.y, to.y), k: mix(from.k, to.k) });
      if (part < 1) running = requestAnimationFrame(step);
    };
    running = requestAnimationFrame(step);
  };
  const size = (): { width: number; height: number } => {
    const { width, height } = root.getBoundingClientRect();
    const { right, bottom } = covered();
    return { width: Math.max(120, width - right), height: Math.max(120, height - Math.max(legend, bottom)) };
  };
  const zoomBy = (factor: number): void => {
    const { width, height } = size();
    const k = Math.min(closest, current.k * factor);
    const keep = k / current.k;
    set({ k, x: width / 2 - (width / 2 - current.x) * keep, y: height / 2 - (height / 2 - current.y) * keep }, true);
  };
  // Whoever takes hold of the drawing stops a movement that is under way.
  root.addEventListener('pointerdown', () => cancelAnimationFrame(running), { capture: true });
  root.addEventListener('wheel', () => cancelAnimationFrame(running), { capture: true, passive: true });

  return {
    view: () => current,
    set,
    zoomBy,
    panBy: (dx, dy) => set({ ...current, x: current.x + dx, y: current.y + dy }),
    fit: (rect, { smooth = false, least = 0 } = {}) => {
      const { width, height } = size();
      const room = { width: width - 2 * margin, height: height - 2 * margin };
      const whole = Math.min(largestFit, room.width / Math.max(1, rect.width), room.height / Math.max(1, rect.height));
      const k = Math.max(whole, least);
      const begin = (free: number): number => Math.max(free / 2, whole < k ? margin : 0);
      const [left, top] = [begin(width - rect.width * k), begin(height - rect.height * k)];
      set({ k, x: left - rect.x * k, y: top - rect.y * k }, smooth);
      fitted = true;
    },
    center: (rect, { smooth, zoom: k, within }) => {
      const { width, height } = size();
      // What is drawn fills the window where it can: nothing is shown beyond its borders but a margin.
      const place = (middle: number, start: number, length: number, room: number): number =>
        length * k + 2 * margin <= room
          ? (room - length * k) / 2 - start * k
          : Math.max(room - margin - (start + length) * k, Math.min(margin - start * k, room / 2 - middle * k));
      const x = place(rect.x + rect.width / 2, within.x, within.width, width);
      const y = place(rect.y + rect.height / 2, within.y, within.height, height);
      set({ k, x, y }, smooth);
      fitted = true;
    },
    isFitted: () => fitted,
    aspect: () => {
      const { width, height } = size();
      return Math.min(2.2, Math.max(0.7, width / height));
    },
    reveal: (rect) => {
      const { width, height } = size();
      const shift = (start: number, length: number, room: number): number => {
        if (start < margin) return margin - start;
        return start + length > room - margin ? Math.max(margin - start, room - margin - start - length) : 0;
      };
      const dx = shift(rect.x * current.k + current.x, rect.width * current.k, width);
      const dy = shift(rect.y * current.k + current.y, rect.height * current.k, height);
      if (dx !== 0 || dy !== 0) set({ ...current, x: current.x + dx, y: current.y + dy }, true);
    },
    middle: () => {
      const { width, height } = size();
      return { x: (width / 2 - current.x) / current.k, y: (height / 2 - current.y) / current.k };
    },
  };
}
