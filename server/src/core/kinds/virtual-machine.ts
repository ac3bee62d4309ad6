import { defineKind } from './define';
import { virtualMachineLabels } from './virtual-machine-instance';

/** kubevirt.io VirtualMachine: its instance runs in a pod that carries the template's labels. */
export const virtualMachine = defineKind({
  group: 'kubevirt.io',
  kind: 'VirtualMachine',
  layer: 'workload',
  nameRule: 'dns1123Subdomain',
  pods: {
    template: 'spec.template',
    defaultReplicas: 1,
    ...virtualMachineLabels,
    serves: true,
  },
});
