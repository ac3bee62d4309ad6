import { defineKind } from './define';

/** core/v1 Service. An absent or empty selector selects nothing: its endpoints are made by someone else (types.go). */
export const service = defineKind({
  group: '',
  kind: 'Service',
  layer: 'service',
  nameRule: 'dns1035Label',
  exposesPorts: true,
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
    {
      under: 'spec.selector',
      field: 'matchLabels',
      hint: 'the selector of a Service is a plain map: put the labels directly under spec.selector',
    },
    {
      under: 'spec.selector',
      field: 'matchExpressions',
      hint: 'the selector of a Service is a plain map and knows no matchExpressions',
    },
    { under: '', field: 'selector', hint: 'the selector of a Service is spec.selector' },
    { under: '', field: 'ports', hint: 'the ports of a Service are spec.ports' },
    { under: 'metadata', field: 'selector', hint: 'the selector of a Service is spec.selector' },
  ],
});
