import { defineRule } from './define';
import { topologyAnnotations } from './service-checks/annotations';
import { clusterIPs, headlessOfType, ipFamilies, singleStack, singularAndPlural } from './service-checks/cluster-ips';
import type { ServiceCheck } from './service-checks/define';
import { serviceFields } from './service-checks/define';
import { externalIPs, externalName, externalTrafficPolicy, healthCheckNodePort } from './service-checks/external';
import { loadBalancerFields, sourceRanges } from './service-checks/load-balancer';
import { eachPort, nodePortsOfType, portNames, portsRequired, portsTwice } from './service-checks/ports';
import { sessionAffinity } from './service-checks/session-affinity';
import { jsonTypes } from './service-checks/types';
import { wordsOfAFew } from './service-checks/values';

/** In the order of the API server: first what does not decode, then core validation.go's ValidateService. */
const checks: readonly ServiceCheck[] = [
  jsonTypes,
  wordsOfAFew,
  topologyAnnotations,
  portsRequired,
  headlessOfType,
  externalName,
  eachPort,
  portNames,
  portsTwice,
  nodePortsOfType,
  sessionAffinity,
  singularAndPlural,
  clusterIPs,
  ipFamilies,
  singleStack,
  externalIPs,
  sourceRanges,
  loadBalancerFields,
  externalTrafficPolicy,
  healthCheckNodePort,
];

/** What the API server refuses in a Service. Names and labels are judged by invalid-name and invalid-label. */
export const invalidService = defineRule({
  id: 'invalid-service',
  summary: 'The API server refuses a Service',
  levels: ['error'],
  about: ['service'],
  *resource({ resource, tree }, _, textOf) {
    if (!resource.service) return;
    const service = serviceFields(tree, textOf);
    for (const check of checks) yield* check(service);
  },
});
