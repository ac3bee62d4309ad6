import { defineRule } from './define';
import { closedPorts } from './shared/closed-routes';

/** A Service that the outside world is led to, while policies let it in nowhere: the controller answers 502 or 504 after a timeout. */
export const policyBlocksRoute = defineRule({
  id: 'policy-blocks-route',
  summary: 'Policies close a Service to the Ingress, route or node port that leads to it',
  levels: ['warning', 'information'],
  about: ['service'],
  *linked(resource, links) {
    if (!links.hasUnreadable(resource)) yield* closedPorts(resource, links);
  },
});
