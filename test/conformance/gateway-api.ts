/** Listeners, attachment, references and requests of the Gateway API. */
import type { Resource } from '../../server/src/core/index';
import { attachmentsOf } from '../../server/src/core/network/gateway-attachment';
import { backendOf } from '../../server/src/core/network/gateway-backends';
import { commonHostnames } from '../../server/src/core/network/gateway-hostnames';
import { conflictsOf, ownListeners } from '../../server/src/core/network/gateway-listeners';
import { answer, takesPath } from '../../server/src/core/network/gateway-requests';
import { listenerStatuses } from '../../server/src/core/network/gateway-status';
import { compare, type Family, type Outcome } from './family';
import { conformance } from './gateway-conformance';
import { backendReasons, listenerReasons } from './gateway-reasons';
import { worldOfObjects } from './objects';

interface Fields {
  readonly listener: string | null;
  readonly route: readonly string[];
  readonly intersection: readonly string[];
  readonly accepted: boolean;
  readonly objects: readonly unknown[];
  readonly expected: Readonly<Record<string, unknown>>;
  readonly type: string;
  readonly path: string;
  readonly request: string;
  readonly match: boolean;
  readonly order: readonly string[];
}

const isRoute = ({ kind }: Resource) => kind.endsWith('Route');
const isGateway = ({ kind }: Resource) => kind === 'Gateway';

/** Of what a case expects, the part that `known` answers. */
function comparePart(expected: Readonly<Record<string, unknown>>, known: Readonly<Record<string, unknown>>): Outcome {
  const wanted = Object.fromEntries(Object.entries(expected).filter(([key]) => key in known));
  return compare(wanted, Object.fromEntries(Object.keys(wanted).map((key) => [key, known[key]])));
}

/** A case words its finding in its own way; ours must name the rule. */
function attachment({ objects, expected }: Fields): Outcome {
  const { resources, findings, snapshot } = worldOfObjects(objects);
  const route = resources.find(isRoute);
  const [found] = route ? attachmentsOf(route, snapshot.links) : [];
  const rules = findings.map(({ rule }) => rule);
  return comparePart(expected, {
    accepted: found?.to ? found.verdict === 'yes' : null,
    reason: found?.refusal,
    attachedListeners: found?.listeners.map(({ listener }) => listener.facts.name?.text),
    finding: rules.includes('route-parent-unresolved') ? expected['finding'] : rules,
  });
}

function references({ objects, expected }: Fields): Outcome {
  const { resources, snapshot } = worldOfObjects(objects);
  const { links } = snapshot;
  const route = resources.find(isRoute);
  const gateway = resources.find(isGateway);
  if (route?.gateway?.type !== 'route' || !gateway) return { notApplicable: 'the case has no route' };
  const states = route.gateway.route.rules.flatMap(({ backends }) =>
    backends.map(({ reference }) => backendOf(route, reference, links).state),
  );
  const answered = answer(gateway, { host: 'any', path: '/', method: 'GET', headers: new Map() }, links);
  const reason = states.map((state) => backendReasons[state]).find((item) => item !== undefined);
  return comparePart(expected, {
    accepted: attachmentsOf(route, links).some(({ verdict }) => verdict === 'yes'),
    resolvedRefs: reason === undefined,
    reason,
    status: answered.status,
    effectiveBackends: answered.services.map(({ name }) => name),
  });
}

function listener({ objects, expected }: Fields): Outcome {
  const { resources, snapshot, findings } = worldOfObjects(objects);
  const gateway = resources.find(isGateway);
  if (!gateway) return { notApplicable: 'the case has no Gateway' };
  const conflicts = conflictsOf(ownListeners(gateway));
  const named = expected['listener'];
  const status = listenerStatuses(gateway, snapshot.links).find(
    (item) => named === undefined || item.listener.facts.name?.text === named,
  );
  const conflicted = [...conflicts.keys()].map(({ facts }) => facts.name?.text).sort();
  const rejected = findings.some(
    ({ rule, level }) => rule === 'invalid-gateway' && (level === 'error' || level === 'warning'),
  );
  return comparePart(expected, {
    listener: named,
    conflicted,
    rejected,
    resolvedRefs: status?.unresolved === undefined,
    reason: [...conflicts.values()][0]?.reason ?? (status ? listenerReasons(status) : undefined),
    supportedKinds: status?.supportedKinds,
    attachedRoutes: status?.routes.length,
  });
}

const groups: Readonly<Record<string, (item: Fields) => Outcome>> = {
  'hostname-intersection': ({ listener: of, route, intersection, accepted }) => {
    const common = commonHostnames(of ?? undefined, route);
    return compare({ intersection, accepted }, { intersection: common, accepted: common.length > 0 });
  },
  attachment,
  references,
  listener,
  path: ({ type, path, request, match }) => compare(match, takesPath({ type, value: path }, request)),
};

export const gatewayApi: Family = {
  family: 'gateway-api',
  notApplicable: {
    precedence: 'a list of words; the requests of conformance-routing ask for the order itself',
  },
  run: (item, folder) => {
    const group = groups[item.group];
    if (group) return group(item as unknown as Fields);
    if (item.group.startsWith('conformance-')) return conformance(item, folder);
    return { notApplicable: `no part of the product answers ${item.group}` };
  },
};
