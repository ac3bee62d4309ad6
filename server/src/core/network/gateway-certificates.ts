/** The certificates that listeners present (ListenerTLSConfig.certificateRefs, ListenerConditionReason). */
import type { Links } from '../links';
import type { Reference, Resource } from '../resource';
import { sameKind } from '../resource';
import { isTemplated } from '../templated';
import { isGranted } from './gateway-backends';

/** `unknown`: a template, a namespace or a kind that only the implementation knows decides. */
export type CertificateState = 'ready' | 'unknown' | 'not-granted' | 'missing' | 'incomplete';

export interface Certificate {
  readonly state: CertificateState;
  readonly secret: Resource | undefined;
  /** Of a Secret that is here, the keys it lacks. */
  readonly missingKeys: readonly string[];
}

/** The keys of a Secret of type kubernetes.io/tls. */
const neededKeys = ['tls.crt', 'tls.key'];

export function certificateOf(from: Resource, reference: Reference, links: Links): Certificate {
  if (!sameKind(reference.target, { group: '', kind: 'Secret' }))
    return { state: 'unknown', secret: undefined, missingKeys: [] };
  const { to, maybe, unknown } = links.resolve(from, reference);
  const [secret] = to;
  const granted = isGranted(from, reference, links);
  if (granted === 'no') return { state: 'not-granted', secret, missingKeys: [] };
  if (unknown || granted === 'maybe' || (!secret && maybe.length > 0))
    return { state: 'unknown', secret, missingKeys: [] };
  if (!secret) return { state: 'missing', secret, missingKeys: [] };
  const lacking = to.map(missingKeys);
  const [missing = []] = lacking;
  return { state: lacking.every((keys) => keys.length > 0) ? 'incomplete' : 'ready', secret, missingKeys: missing };
}

/** A Secret that a controller fills (cert-manager, a replicator) may still be empty. */
function missingKeys({ data, annotations }: Resource): readonly string[] {
  if (!data || annotations.some(({ key }) => /cert-manager|certmanager|reflector|replicator|vault/.test(key.text)))
    return [];
  return neededKeys.filter((key) => data.keys.every(({ text }) => text !== key && !isTemplated(text)));
}
