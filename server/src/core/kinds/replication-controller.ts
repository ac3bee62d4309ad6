import { defineKind } from './define';
import { templateMisplaced } from './misplaced';

/** core/v1 ReplicationController: its selector is a plain map and defaults to the template's labels. */
export const replicationController = defineKind({
  group: '',
  kind: 'ReplicationController',
  layer: 'workload',
  nameRule: 'dns1123Subdomain',
  pods: {
    template: 'spec.template',
    replicas: 'spec.replicas',
    defaultReplicas: 1,
    runtimeLabels: [],
    selector: { path: 'spec.selector', form: 'map', required: false },
    serves: true,
  },
  misplaced: templateMisplaced,
});
