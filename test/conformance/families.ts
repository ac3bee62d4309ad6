/** All families of conformance cases, in the order in which they run. */
import { cni } from './cni';
import { dns } from './dns';
import { endpoints } from './endpoints';
import type { Family } from './family';
import { gatewayApi } from './gateway-api';
import { ingress } from './ingress';
import { labels } from './labels';
import { linters } from './linters';
import { podPorts } from './pod-ports';
import { policyConnectivity } from './policy-family';
import { policyTruth } from './policy-truth';
import { serviceValidation } from './service-validation';

export const families: readonly Family[] = [
  labels,
  endpoints,
  podPorts,
  dns,
  serviceValidation,
  ingress,
  gatewayApi,
  cni,
  linters,
  policyTruth,
  policyConnectivity,
];
