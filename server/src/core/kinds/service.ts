import { defineKind } from './define';

/** core/v1 Service. An absent or empty selector selects nothing: its endpoints are made by someone else (types.go). */
export const service = defineKind({
  group: '',
  kind: 'Service',
  layer: 'service',
  nameRule: 'dns1035Label',
  exposesPorts: true,
  chosenAs: 'services',
  selectors: [
    { role: 'selects', selects: 'pods', path: 'spec.selector', form: 'map', empty: 'nothing', absent: 'nothing' },
  ],
  misplaced: [
    {
      under: 'spec',
      field: 'replicas',
      hint: 'a Service has no replicas; they belong to the workload that it selects',
    },
    { under: 'spec', field: 'template', hint: 'a Service has no pod template; it belongs to a workload' },
    { under: 'spec', field: 'containers', hint: 'a Service has no containers; they belong to a workload' },
    { under: 'spec', field: 'matchLabels', hint: 'the selector of a Service is spec.selector, a plain map of labels' },
    ...['port', 'targetPort', 'nodePort', 'protocol'].map((name) => ({
      under: 'spec',
      field: name,
      hint: `each port of a Service is an item of a list: spec.ports[].${name}`,
    })),
    {
      under: 'spec.ports.*',
      field: 'containerPort',
      hint: 'the port of the container that a Service forwards to is its targetPort: spec.ports[].targetPort',
    },
    { under: 'spec.ports.*', field: 'hostPort', hint: 'a hostPort belongs to a container; a Service has a nodePort' },
    { under: 'spec', field: 'labels', hint: 'labels belong to metadata: metadata.labels' },
    { under: 'spec', field: 'hostNetwork', hint: 'hostNetwork belongs to the pod template of a workload' },
    { under: '', field: 'selector', hint: 'the selector of a Service is spec.selector' },
    { under: '', field: 'ports', hint: 'the ports of a Service are spec.ports' },
    { under: 'metadata', field: 'selector', hint: 'the selector of a Service is spec.selector' },
  ],
});
