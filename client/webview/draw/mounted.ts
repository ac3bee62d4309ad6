// Which elements are in the page: those in sight, and for few elements all of them.

export interface Drawable {
  /** Equal content looks equal: the element made for it can stay. */
  readonly content: string;
  readonly make: () => SVGGElement;
  readonly visible: boolean;
}

/** Keeps the children of a layer: by key, made when first seen, taken out when out of sight. */
export interface Mounted {
  readonly elements: ReadonlyMap<string, SVGGElement>;
  /** Gives back the keys whose elements are new. */
  readonly show: (keys: Iterable<string>, drawable: (key: string) => Drawable | undefined) => readonly string[];
}

export function createMounted(layer: SVGGElement): Mounted {
  let elements = new Map<string, SVGGElement>();
  let contents = new Map<string, string>();
  return {
    get elements() {
      return elements;
    },
    show: (keys, drawable) => {
      const shown = new Map<string, SVGGElement>();
      const shownContents = new Map<string, string>();
      const fresh: string[] = [];
      for (const key of keys) {
        const wanted = drawable(key);
        if (!wanted?.visible) continue;
        let element = contents.get(key) === wanted.content ? elements.get(key) : undefined;
        if (!element) {
          element = wanted.make();
          fresh.push(key);
        }
        shown.set(key, element);
        shownContents.set(key, wanted.content);
      }
      // What has the focus must not leave the page in between.
      for (const [key, element] of elements) if (shown.get(key) !== element) element.remove();
      for (const element of shown.values()) if (element.parentNode !== layer) layer.append(element);
      elements = shown;
      contents = shownContents;
      return fresh;
    },
  };
}
