import { say } from '../finding';
import type { Container, ContainerPort } from '../pod-facts';
import { defineRule } from './define';

/** Containers of a pod share one network namespace, so a second one that listens on a port fails with "address in use". */
export const podPortCollision = defineRule({
  id: 'pod-port-collision',
  summary: 'Two containers of a pod listen on one port',
  levels: ['warning'],
  about: ['pods'],
  *resource({ resource }) {
    // Ordinary init containers have ended before the others start.
    const running = resource.pods?.containers.filter(({ role }) => role !== 'init') ?? [];
    const seen = new Map<string, { readonly container: Container; readonly port: ContainerPort }>();
    for (const container of running) {
      for (const port of container.ports) {
        if (typeof port.number?.value !== 'number') continue;
        const key = `${port.number.value}/${port.protocol}`;
        const first = seen.get(key);
        if (!first) seen.set(key, { container, port });
        else if (first.container !== container)
          yield {
            level: 'warning',
            at: port.number.origin,
            path: `${port.path}.containerPort`,
            message: say`container ${nameOf(container)} and container ${nameOf(first.container)} (${first.port.at}) both listen on ${key}; the containers of a pod share one network, so only one of them can`,
            related: [{ at: first.port.at, message: say`container ${nameOf(first.container)} listens on ${key}` }],
          };
      }
    }
  },
});

function nameOf({ name }: Container): string {
  return name?.text ?? '';
}
