import type { Draft } from '../../finding';
import { say } from '../../finding';
import { isNear } from '../../near';
import type { Field } from '../../path';
import { each, field, scalarAt, textAt } from '../../path';
import { gatewayGroup } from '../../kinds/gateway-references';
import { routeKindsOf } from '../../network/gateway-listeners';
import { isTemplated } from '../../templated';
import { badHostname, badPortNumber, notOneOf } from './gateway-checks';
import { badName, refused } from './refused';
import { isUnknown } from './unknown-value';
import { certain, replace } from './words';

const protocols = ['HTTP', 'HTTPS', 'TLS', 'TCP', 'UDP'];

/** What the CRD refuses in one listener (Listener, ListenerTLSConfig, and the rules of GatewaySpec.Listeners). */
export function* badListener(at: Field, hasOwnCertificate: boolean, isSet: boolean): Iterable<Draft> {
  if (isUnknown(at)) return;
  const name = field(at, 'name');
  if (!textAt(name)) yield refused(name, say`a listener needs a name`);
  yield* badName(name, 'dns1123Subdomain', 'the name of a listener');
  // A ListenerSet of the experimental channel may leave its port to the controller.
  yield* badPortNumber(field(at, 'port'), 'a listener', !isSet);
  yield* badHostname(field(at, 'hostname'), 'the hostname');
  yield* badProtocol(at, hasOwnCertificate);
  const namespaces = field(at, 'allowedRoutes', 'namespaces');
  yield* notOneOf(field(namespaces, 'from'), ['All', 'Selector', 'Same', 'None']);
  if (textAt(field(namespaces, 'from')) === 'Selector' && field(namespaces, 'selector').key === undefined)
    yield refused(
      field(namespaces, 'from'),
      say`from: Selector needs a selector beside it; without one no namespace is chosen`,
    );
  for (const kind of each(field(at, 'allowedRoutes', 'kinds')))
    yield* badRouteKind(kind, textAt(field(at, 'protocol')) ?? '');
}

function* badProtocol(at: Field, hasOwnCertificate: boolean): Iterable<Draft> {
  const written = field(at, 'protocol');
  const text = textAt(written);
  if (!text) {
    yield refused(written, say`a listener needs a protocol: HTTP, HTTPS, TLS, TCP or UDP`);
    return;
  }
  const scalar = scalarAt(written);
  if (isTemplated(text) || !scalar) return;
  // Implementations add protocols of their own, such as HBONE or example.com/bolt.
  const meant = protocols.includes(text)
    ? []
    : protocols.filter((known) => known === text.toUpperCase() || isNear(text, known));
  if (meant.length > 0)
    yield {
      ...refused(
        written,
        say`protocol ${text} is known to no controller; listeners speak HTTP, HTTPS, TLS, TCP or UDP`,
        certain(meant.flatMap((known) => replace(`Change to ${known}`, scalar, known))),
      ),
      level: 'warning',
    };
  yield* badTls(at, text.toUpperCase(), hasOwnCertificate);
  const hostname = field(at, 'hostname');
  if (/^(?:tcp|udp)$/i.test(text) && textAt(hostname))
    yield refused(hostname, say`a listener for ${text} has no hostname: ${text} knows none`);
}

function* badTls(at: Field, protocol: string, hasOwnCertificate: boolean): Iterable<Draft> {
  const tls = field(at, 'tls');
  if (isUnknown(tls)) return;
  const mode = field(tls, 'mode');
  if (['HTTP', 'TCP', 'UDP'].includes(protocol)) {
    if (tls.value !== undefined)
      yield refused(
        tls,
        say`a listener for ${protocol} has no tls; its protocol would be ${protocol === 'HTTP' ? 'HTTPS' : 'TLS'}`,
      );
    return;
  }
  yield* notOneOf(mode, ['Terminate', 'Passthrough']);
  const written = textAt(mode);
  if (protocol === 'HTTPS' && written === 'Passthrough')
    yield refused(mode, say`a listener for HTTPS terminates TLS; mode Passthrough is for protocol TLS`);
  const terminates = written === undefined || written === 'Terminate';
  if (!terminates || (protocol !== 'HTTPS' && protocol !== 'TLS') || hasOwnCertificate) return;
  if (tls.value === undefined) {
    yield {
      ...refused(
        field(at, 'protocol'),
        say`a listener for ${protocol} needs tls with certificateRefs; without a certificate nothing answers`,
      ),
      level: 'warning',
      path: `${at.path}.tls`,
    };
  } else if (each(field(tls, 'certificateRefs')).length === 0 && field(tls, 'options').value === undefined) {
    yield refused(
      field(tls, 'certificateRefs'),
      say`tls needs certificateRefs (or options) when its mode is Terminate`,
    );
  }
}

/** A kind of the Gateway API that does not suit the protocol is reported by every controller (InvalidRouteKinds). */
function* badRouteKind(item: Field, protocol: string): Iterable<Draft> {
  const kind = field(item, 'kind');
  const text = textAt(kind);
  if (!text) {
    yield refused(kind, say`an item of kinds needs a kind, such as HTTPRoute`);
    return;
  }
  const suited = routeKindsOf(protocol);
  const group = textAt(field(item, 'group')) ?? gatewayGroup;
  if (isTemplated(text) || !suited || group !== gatewayGroup || suited.includes(text)) return;
  const written = scalarAt(kind);
  const meant = written ? suited.filter((known) => isNear(text, known)) : [];
  yield {
    ...refused(
      kind,
      say`a listener for ${protocol} takes no ${text}; it takes ${suited.join(' and ')}`,
      meant.flatMap((known) => (written ? replace(`Change to ${known}`, written, known) : [])),
    ),
    level: 'warning',
  };
}
