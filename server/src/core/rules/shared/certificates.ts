/** What makes the Secrets of certificates, so that no manifest has them. */
import type { GroupKind } from '../../resource';

/** Annotations by which an Ingress or Gateway asks for a certificate. */
export const issuerAnnotations =
  /^(?:cert-manager\.io\/|certmanager\.k8s\.io\/|kubernetes\.io\/tls-acme$|networking\.gke\.io\/managed-certificates$)|certresolver/;

/** Kinds that make the Secret of their own name. */
export const certificateMakers: readonly GroupKind[] = [
  { group: 'cert-manager.io', kind: 'Certificate' },
  { group: 'external-secrets.io', kind: 'ExternalSecret' },
  { group: 'bitnami.com', kind: 'SealedSecret' },
];
