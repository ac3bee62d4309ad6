import { say } from '../finding';
import type { Field } from '../path';
import { field, textAt } from '../path';
import type { ServiceFacts } from '../resource';
import { defineRule } from './define';

interface Combination {
  readonly field: string;
  readonly applies: (at: Field, service: ServiceFacts) => boolean;
  readonly why: string;
}

const headless = 'clients of a headless Service choose among the pod addresses themselves';
const alias = 'a Service of type ExternalName is a DNS name only';

/** Options that the API server accepts and nothing reads (core/v1 ServiceSpec comments). */
const combinations: readonly Combination[] = [
  { field: 'sessionAffinity', applies: (at, service) => service.headless && textAt(at) === 'ClientIP', why: headless },
  {
    field: 'sessionAffinity',
    applies: (at, service) => service.type === 'ExternalName' && textAt(at) === 'ClientIP',
    why: alias,
  },
  {
    field: 'internalTrafficPolicy',
    applies: (at, service) => service.headless && textAt(at) === 'Local',
    why: headless,
  },
  {
    field: 'publishNotReadyAddresses',
    applies: (at, service) => service.type === 'ExternalName' && textAt(at) === 'true',
    why: alias,
  },
];

export const sessionAffinityHeadless = defineRule({
  id: 'session-affinity-headless',
  summary: 'An option of a Service has no effect in this combination',
  levels: ['hint'],
  about: ['service'],
  *resource({ resource, tree }) {
    const { service } = resource;
    if (!service) return;
    for (const { field: key, applies, why } of combinations) {
      const at = field(tree, 'spec', key);
      if (at.value && applies(at, service))
        yield { level: 'hint', at: at.at, path: at.path, message: say`${key}: ${textAt(at)} has no effect: ${why}` };
    }
  },
});
