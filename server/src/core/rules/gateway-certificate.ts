import type { Draft } from '../finding';
import { list, say } from '../finding';
import { secret as secretKind } from '../kinds/secret';
import type { Links } from '../links';
import { certificateOf } from '../network/gateway-certificates';
import type { Reference, Resource } from '../resource';
import { sameKind } from '../resource';
import { defineRule } from './define';
import { isMadeByOthers } from './shared/certificates';
import { namesNothing } from './shared/names-nothing';
import { mention, named } from './shared/words';

/** A listener without its certificate is not programmed (ListenerConditionReason InvalidCertificateRef). */
export const gatewayCertificate = defineRule({
  id: 'gateway-certificate',
  summary: 'The certificate Secret of a listener is not here, or has no certificate and key',
  levels: ['information', 'warning'],
  about: ['gateway'],
  *linked(resource, links) {
    if (resource.gateway?.type !== 'gateway') return;
    for (const reference of resource.references)
      if (reference.role === 'attaches' && sameKind(reference.target, secretKind))
        yield* judge(resource, reference, links);
  },
});

function* judge(from: Resource, reference: Reference, links: Links): Iterable<Draft> {
  const { state, secret, missingKeys } = certificateOf(from, reference, links);
  if (secret && state === 'incomplete') {
    yield {
      level: 'warning',
      at: reference.name.origin,
      path: reference.path,
      message: say`${named(secret)} has no ${list(missingKeys.map((key) => [key]))}: it is no certificate for TLS`,
      related: [mention(secret)],
    };
    return;
  }
  const { type } = secret?.data ?? {};
  if (secret && type && type.text !== 'kubernetes.io/tls' && type.text !== 'Opaque') {
    yield {
      level: 'information',
      at: reference.name.origin,
      path: reference.path,
      message: say`${named(secret)} has the type ${type.text}; a certificate is a Secret of type kubernetes.io/tls`,
      related: [{ at: type.origin, message: say`type ${type.text}` }],
    };
    return;
  }
  if (isMadeByOthers(from, reference, links)) return;
  const draft = namesNothing(from, reference, links, {
    boundary: reference.namespace ? undefined : ', which the reference must name',
    alone: ': until it is there, the listener is not served',
    shared: true,
  });
  if (draft) yield draft;
}
