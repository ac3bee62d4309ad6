import { field, textAt } from '../path';
import { defineKind } from './define';
import { groupOf } from './groups';

/** keda.sh ScaledObject: scales a Deployment, unless it names another kind (ScaleTarget). */
export const scaledObject = defineKind({
  group: 'keda.sh',
  kind: 'ScaledObject',
  layer: 'policy',
  nameRule: 'dns1123Subdomain',
  references: [
    {
      role: 'targets',
      path: 'spec.scaleTargetRef',
      name: 'name',
      target: (at) => ({
        group: groupOf(textAt(field(at, 'apiVersion')) ?? 'apps/v1'),
        kind: textAt(field(at, 'kind')) ?? 'Deployment',
      }),
    },
  ],
});
