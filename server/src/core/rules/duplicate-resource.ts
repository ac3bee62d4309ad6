import { say } from '../finding';
import type { Resource } from '../resource';
import { groupKindKey } from '../resource';
import { defineRule } from './define';
import { inNamespace, kindAndName } from './shared/words';

/** Two objects of one identity in a file: `kubectl apply` sends both, and the last one overwrites the first. */
export const duplicateResource = defineRule({
  id: 'duplicate-resource',
  summary: 'One object stands twice in a file, and the last one wins',
  levels: ['warning'],
  *together(reads) {
    const seen = new Map<string, Resource>();
    for (const { resource } of reads) {
      if (resource.name === undefined) continue;
      const key = `${groupKindKey(resource)} ${resource.names.namespace?.text ?? ''} ${resource.name}`;
      const first = seen.get(key);
      seen.set(key, resource);
      if (!first) continue;
      yield {
        level: 'warning',
        at: resource.nameAt,
        resource,
        path: 'metadata.name',
        message: say`${kindAndName(resource)} stands twice ${inNamespace(resource)}: this one overwrites ${first}; give one of them another name, or remove it`,
        related: [{ at: first.nameAt, message: say`overwritten when both are applied` }],
      };
    }
  },
});
