/** Streams of rings: what a look-up finds, nearest first. */
import type { Ring } from './lookup';
import type { Resource } from './resource';

/** All resources of a stream, nearest first. */
export function flatten(rings: Iterable<Ring>): Resource[] {
  return [...rings].flatMap((ring) => ring.resources);
}

/** Joins streams of rings into one, nearest first; a resource that is in several comes once. */
export function* merge(streams: readonly Iterable<Ring>[]): Iterable<Ring> {
  const heads = streams.map((stream) => {
    const iterator = stream[Symbol.iterator]();
    return { iterator, next: iterator.next() };
  });
  const seen = new Set<Resource>();
  for (;;) {
    const waiting = heads.flatMap((head) => (head.next.done ? [] : [head.next.value.ring]));
    if (waiting.length === 0) return;
    const ring = Math.min(...waiting);
    const resources: Resource[] = [];
    for (const head of heads) {
      while (!head.next.done && head.next.value.ring === ring) {
        for (const resource of head.next.value.resources) if (!seen.has(resource)) resources.push(resource);
        for (const resource of head.next.value.resources) seen.add(resource);
        head.next = head.iterator.next();
      }
    }
    yield { ring, resources };
  }
}
