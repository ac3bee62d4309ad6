// Makes elements of the page. Text is always set as text; there is no way from a manifest into markup.

type Attributes = Readonly<Record<string, string | number | undefined>>;
type Child = Node | string;

/** An HTML element; attributes that are undefined are left out. */
export function html<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  setAttributes(element, attributes);
  element.append(...children);
  return element;
}

/** An SVG element; attributes that are undefined are left out. */
export function svg<K extends keyof SVGElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: readonly Child[]
): SVGElementTagNameMap[K] {
  const element = document.createElementNS('http://www.w3.org/2000/svg', tag);
  setAttributes(element, attributes);
  element.append(...children);
  return element;
}

function setAttributes(element: Element, attributes: Attributes): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined) element.setAttribute(name, String(value));
  }
}

/** A button that shows a sign only, with its meaning as tooltip and for screen readers. */
export function iconButton(path: string, label: string, onClick: () => void): HTMLButtonElement {
  const button = html(
    'button',
    { type: 'button', class: 'icon-button', title: label, 'aria-label': label },
    icon(path),
  );
  button.addEventListener('click', onClick);
  return button;
}

/** A sign of 16 by 16 drawn with lines, as tall as the text around it. */
export function icon(path: string, className = 'icon'): SVGSVGElement {
  return svg('svg', { class: className, viewBox: '0 0 16 16', 'aria-hidden': 'true' }, svg('path', { d: path }));
}
