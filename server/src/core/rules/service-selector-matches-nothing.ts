import { defineRule } from './define';
import { selectsNothing } from './shared/selects-nothing';
import { podSelector } from '../resource';

/** A Service whose selector no pod carries has no endpoints: connections are refused or time out. */
export const serviceSelectorMatchesNothing = defineRule({
  id: 'service-selector-matches-nothing',
  summary: 'The selector of a Service matches no pod',
  levels: ['warning', 'information'],
  about: ['service'],
  *linked(resource, links) {
    if (!resource.service || resource.service.type === 'ExternalName') return;
    const use = podSelector(resource);
    const draft = use && selectsNothing(resource, use, links);
    if (draft) yield draft;
  },
});
