import type { TypeTable } from '../shared/json-types';
import { wrongTypes } from '../shared/json-types';
import type { ServiceCheck } from './define';

/** Paths below spec with their types (core/v1 types.go). Names, labels and selector values have rules of their own. */
const table: TypeTable = [
  ['ports', 'list'],
  ['ports.*', 'map'],
  ['ports.*.port', 'integer'],
  ['ports.*.targetPort', 'port'],
  ['ports.*.nodePort', 'integer'],
  ['ports.*.protocol', 'string'],
  ['ports.*.appProtocol', 'string'],
  ['selector', 'map'],
  ['type', 'string'],
  ['clusterIP', 'string'],
  ['clusterIPs', 'list'],
  ['clusterIPs.*', 'string'],
  ['externalIPs', 'list'],
  ['externalIPs.*', 'string'],
  ['externalName', 'string'],
  ['externalTrafficPolicy', 'string'],
  ['internalTrafficPolicy', 'string'],
  ['trafficDistribution', 'string'],
  ['healthCheckNodePort', 'integer'],
  ['loadBalancerIP', 'string'],
  ['loadBalancerClass', 'string'],
  ['loadBalancerSourceRanges', 'list'],
  ['loadBalancerSourceRanges.*', 'string'],
  ['allocateLoadBalancerNodePorts', 'boolean'],
  ['publishNotReadyAddresses', 'boolean'],
  ['sessionAffinity', 'string'],
  ['sessionAffinityConfig', 'map'],
  ['sessionAffinityConfig.clientIP', 'map'],
  ['sessionAffinityConfig.clientIP.timeoutSeconds', 'integer'],
  ['ipFamilies', 'list'],
  ['ipFamilies.*', 'string'],
  ['ipFamilyPolicy', 'string'],
];

export const jsonTypes: ServiceCheck = ({ spec }) => wrongTypes(spec, table);
