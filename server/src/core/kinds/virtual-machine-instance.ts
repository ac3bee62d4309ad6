import { defineKind } from './define';

/** Labels that KubeVirt writes on the pod of a virtual machine. */
export const virtualMachineLabels = {
  runtimeLabels: ['kubevirt.io', 'kubevirt.io/created-by', 'kubevirt.io/nodeName'],
  ownNameLabels: ['vm.kubevirt.io/name'],
};

/** kubevirt.io VirtualMachineInstance: it runs in one pod, which carries its labels. */
export const virtualMachineInstance = defineKind({
  group: 'kubevirt.io',
  kind: 'VirtualMachineInstance',
  layer: 'workload',
  nameRule: 'dns1123Subdomain',
  pods: { template: '', defaultReplicas: 1, ...virtualMachineLabels, serves: true },
});
