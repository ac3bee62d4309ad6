// The keyboard: everything the mouse can do.
import type { Direction } from './navigate';

export interface KeyActions {
  readonly escape: () => void;
  readonly step: (by: 1 | -1) => void;
  readonly open: () => void;
  readonly move: (direction: Direction) => void;
  /** False where there is no next card: then Tab leaves the drawing. */
  readonly tab: (by: 1 | -1) => boolean;
  readonly zoom: (factor: number) => void;
  readonly fit: () => void;
  readonly pan: (dx: number, dy: number) => void;
}

const arrows: Readonly<Record<string, Direction>> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
};
const panStep = 80;

export function listenToKeys(canvas: SVGSVGElement, search: HTMLInputElement, actions: KeyActions): void {
  addEventListener('keydown', (event) => {
    const typing = event.target instanceof HTMLInputElement || event.target instanceof HTMLSelectElement;
    const find = (event.key === 'f' || event.key === 'F') && (event.ctrlKey || event.metaKey);
    if (find || (event.key === '/' && !typing)) {
      event.preventDefault();
      search.focus();
      search.select();
    } else if (event.key === 'Escape') actions.escape();
  });
  search.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter') return;
    event.preventDefault();
    actions.step(event.shiftKey ? -1 : 1);
  });
  canvas.addEventListener('keydown', (event) => {
    if (onCanvas(event, actions)) event.preventDefault();
  });
}

/** True if the key meant something here. */
function onCanvas(event: KeyboardEvent, actions: KeyActions): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey) return false;
  const arrow = arrows[event.key];
  if (arrow !== undefined && event.shiftKey) {
    actions.pan(
      arrow === 'left' ? panStep : arrow === 'right' ? -panStep : 0,
      arrow === 'up' ? panStep : arrow === 'down' ? -panStep : 0,
    );
  } else if (arrow !== undefined) actions.move(arrow);
  else if (event.key === 'Tab') return actions.tab(event.shiftKey ? -1 : 1);
  else if (event.key === 'Enter' || event.key === ' ') actions.open();
  else if (event.key === '+' || event.key === '=') actions.zoom(1.3);
  else if (event.key === '-') actions.zoom(1 / 1.3);
  else if (event.key === '0') actions.fit();
  else return false;
  return true;
}
