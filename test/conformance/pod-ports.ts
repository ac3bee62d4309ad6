/** Ports of pods, and NetworkPolicies, against the API server's validation. */
import type { Family } from './family';
import { validation } from './objects';
import type { FieldError } from './objects';

export const podPorts: Family = {
  family: 'service-validation',
  groups: ['pod-ports', 'networkpolicy'],
  run: (item) => validation(item['object'], item['errors'] as readonly FieldError[]),
};
