import { defineKind } from './define';

/** apps.openshift.io DeploymentConfig (once core/v1 on OpenShift): a map selector, and a label the control plane writes. */
export const deploymentConfig = defineKind({
  group: 'apps.openshift.io',
  kind: 'DeploymentConfig',
  olderGroups: [''],
  layer: 'workload',
  nameRule: 'dns1123Subdomain',
  pods: {
    template: 'spec.template',
    replicas: 'spec.replicas',
    defaultReplicas: 1,
    runtimeLabels: [],
    ownNameLabels: ['deploymentconfig', 'openshift.io/deployment-config.name'],
    numberedNameLabels: ['deployment'],
    selector: { path: 'spec.selector', form: 'map', required: false },
    serves: true,
  },
});
