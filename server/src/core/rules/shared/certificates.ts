/** What makes the Secrets of certificates, so that no manifest has them. */
import { nameKey } from '../../keys';
import type { Links } from '../../links';
import type { GroupKind, Reference, Resource } from '../../resource';
import { sameKind } from '../../resource';
import { onceAFile } from './once-a-file';

/** Annotations by which an Ingress or Gateway asks for a certificate. */
const issuerAnnotations =
  /^(?:cert-manager\.io\/|certmanager\.k8s\.io\/|kubernetes\.io\/tls-acme$|networking\.gke\.io\/managed-certificates$)|certresolver/;

/** Kinds that make the Secret of their own name. */
const makers: readonly GroupKind[] = [
  { group: 'cert-manager.io', kind: 'Certificate' },
  { group: 'external-secrets.io', kind: 'ExternalSecret' },
  { group: 'bitnami.com', kind: 'SealedSecret' },
];

const hasMaker = onceAFile((file) => file.some((other) => makers.some((maker) => sameKind(maker, other))));

/** An annotation, or an object that makes the Secret of its own name, explains why no manifest has the certificate. */
export function isMadeByOthers(from: Resource, { name }: Reference, links: Links): boolean {
  return (
    from.annotations.some(({ key }) => issuerAnnotations.test(key.text)) ||
    hasMaker(links.siblings(from)) ||
    makers.some((maker) =>
      [...links.rings(nameKey(maker, name.text), from)].some(({ resources }) => resources.length > 0),
    )
  );
}
