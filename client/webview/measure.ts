// Text widths, as the browser will draw them.
import type { Font, Measure } from './card';

/** Asks the browser once per text; made anew when the fonts change. */
export function createMeasure(): Measure {
  const context = document.createElement('canvas').getContext('2d');
  const family = getComputedStyle(document.body).fontFamily;
  const fonts: Readonly<Record<Font, string>> = { title: `600 13px ${family}`, text: `11px ${family}` };
  const known = new Map<string, number>();
  return (text, font) => {
    const key = `${font} ${text}`;
    let width = known.get(key);
    if (width === undefined) {
      if (context) context.font = fonts[font];
      width = context?.measureText(text).width ?? text.length * 7;
      known.set(key, width);
    }
    return width;
  };
}
