import { isTemplated } from '../templated';
import { defineRule } from './define';
import { judgeGoverning } from './shared/governing-service';

/** `subdomain` names the headless Service below which the pod's hostname gets a record (core/v1 PodSpec, DNS docs). */
export const podSubdomain = defineRule({
  id: 'pod-subdomain',
  summary: 'The subdomain of pods is no headless Service that selects them',
  levels: ['warning', 'information'],
  about: ['pods'],
  *linked(resource, links) {
    const { pods } = resource;
    const reference = resource.references.find(({ name }) => name === pods?.subdomain);
    if (!pods || !reference) return;
    const { hostname, subdomain } = pods;
    const written = pods.numbered && resource.name !== undefined ? `${resource.name}-0` : hostname?.text;
    const name = written !== undefined && isTemplated(written) ? undefined : written;
    const below = `${name ?? ''}.${subdomain?.text ?? ''}`;
    const consequence =
      name === undefined
        ? {
            certain: ', so no name below it resolves',
            unsure: ', so nothing promises that names below it resolve',
          }
        : { certain: `, so ${below} does not resolve`, unsure: `, so nothing promises that ${below} resolves` };
    const draft = judgeGoverning(resource, reference, links, consequence);
    if (draft) yield draft;
  },
});
