/** The project's own conformance tests: what the manifests of a test must come to. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Resource } from '../../server/src/core/index';
import { attachmentsOf } from '../../server/src/core/network/gateway-attachment';
import { backendOf } from '../../server/src/core/network/gateway-backends';
import { certificateOf } from '../../server/src/core/network/gateway-certificates';
import { answer } from '../../server/src/core/network/gateway-requests';
import type { ListenerStatus } from '../../server/src/core/network/gateway-status';
import { listenerStatuses } from '../../server/src/core/network/gateway-status';
import type { Case, Outcome } from './family';
import type {
  Condition,
  Expected,
  ListenerExpectation,
  Name,
  RequestExpectation,
  RouteExpectation,
} from './gateway-expected';
import { backendReasons } from './gateway-reasons';
import type { World } from './objects';
import { worldOf } from './objects';

/** Secrets and ConfigMaps that the suite makes while it runs, so that no manifest has them. */
const madeBySuite = /^(?:certificate|tls-[a-z-]+)$/;

/** Every expectation that does not hold; a test may delete its ReferenceGrants on the way, so one state of two is enough. */
export function conformance(item: Case, folder: string): Outcome {
  const { base, manifests, expected } = item as unknown as {
    readonly base?: string;
    readonly manifests: readonly string[];
    readonly expected: Expected;
  };
  const files = Object.fromEntries(
    [...(base === undefined ? [] : [base]), ...manifests].map((path) => [
      path.replaceAll('/', '-'),
      readFileSync(join(folder, path), 'utf8'),
    ]),
  );
  const full = worldOf(files);
  const without = worldOf(
    Object.fromEntries(
      Object.entries(files).map(([name, text]) => [
        name,
        text
          .split(/^---$/m)
          .filter((document) => !/^kind: ReferenceGrant$/m.test(document))
          .join('---'),
      ]),
    ),
  );
  const tested = new Set(manifests.map((path) => `file:///case/${path.replaceAll('/', '-')}`));
  const failures = expectationsOf(expected).filter(
    (expectation) =>
      isHere(full, expectation.about) && !expectation.holds(full, tested) && !expectation.holds(without, tested),
  );
  return {
    agree: failures.length === 0,
    want: failures.slice(0, 5).map(({ want }) => want),
    got: failures.slice(0, 5).map(({ got }) => got(full)),
  };
}

/** False for what is expected of a route that no manifest has: the test makes it itself while it runs. */
function isHere(world: World, about: Expectation['about']): boolean {
  return about === undefined || find(world, [about.kind], about.route) !== undefined;
}

interface Expectation {
  readonly want: unknown;
  readonly about?: { readonly kind: string; readonly route: Name };
  readonly holds: (world: World, tested: ReadonlySet<string>) => boolean;
  readonly got: (world: World) => unknown;
}

function expectationsOf(expected: Expected): Expectation[] {
  return [
    ...(expected.accepted ?? []).map((want) => route(want, { type: 'Accepted', status: 'True', reason: null })),
    ...(expected.resolvedRefs ?? []).map((want) => route(want, { type: 'ResolvedRefs', status: 'True', reason: null })),
    ...(expected.routeConditions ?? []).map((want) => route(want, want.condition)),
    ...(expected.noAcceptedParents ?? []).map((want) => ({
      want,
      holds: (world: World) => acceptedParents(world, want.kind, want.route) === 0,
      got: (world: World) => acceptedParents(world, want.kind, want.route),
    })),
    ...(expected.zeroRoutes ?? []).map((name) => ({
      want: { zeroRoutes: name },
      holds: (world: World) => statuses(world, name).every(({ routes }) => routes.length === 0),
      got: (world: World) => statuses(world, name).map(({ routes }) => routes.length),
    })),
    ...(expected.gatewayConditions ?? []).map(({ gateway, condition }) => ({
      want: { gateway, condition },
      holds: (world: World) => holds(condition, gatewayCondition(world, gateway, condition.type)),
      got: (world: World) => gatewayCondition(world, gateway, condition.type),
    })),
    ...(expected.listeners ?? []).flatMap(({ gateway, listeners }) => listeners.map((want) => listener(gateway, want))),
    ...(expected.requests ?? []).map(request),
  ];
}

function find(world: World, kinds: readonly string[], { namespace, name }: Name): Resource | undefined {
  return world.resources.find(
    (resource) => kinds.includes(resource.kind) && resource.namespace === namespace && resource.name === name,
  );
}

/** A condition that was found, with every reason that fits. */
type Found = { readonly status: string; readonly reasons: readonly string[] } | undefined;

function holds(want: Condition | undefined, found: Found): boolean {
  if (!want || !found) return false;
  return want.status === found.status && (!want.reason || found.reasons.includes(want.reason));
}

function route(want: RouteExpectation, condition: Condition | undefined): Expectation {
  const got = (world: World) => routeCondition(world, want, condition?.type ?? '');
  return { want: { ...want, condition }, about: want, holds: (world) => holds(condition, got(world)), got };
}

function routeCondition(
  world: World,
  { kind, route: name, gateway, sections = [] }: RouteExpectation,
  type: string,
): Found {
  const found = find(world, [kind], name);
  if (found?.gateway?.type !== 'route') return undefined;
  const { links } = world.snapshot;
  if (type === 'Accepted') {
    const attachment = attachmentsOf(found, links).find(
      ({ to, parent }) =>
        to?.name === gateway.name &&
        to.namespace === gateway.namespace &&
        (sections.length === 0 || sections.includes(parent.sectionName?.text ?? '')),
    );
    return (
      attachment && {
        status: attachment.verdict === 'yes' ? 'True' : 'False',
        reasons: [attachment.refusal ?? 'Accepted'],
      }
    );
  }
  const reasons = found.gateway.route.rules
    .flatMap(({ backends }) => backends)
    .flatMap(({ reference }) => backendReasons[backendOf(found, reference, links).state] ?? []);
  return {
    status: reasons.length === 0 ? 'True' : 'False',
    reasons: reasons.length === 0 ? ['ResolvedRefs'] : reasons,
  };
}

function acceptedParents(world: World, kind: string, name: Name): number {
  const found = find(world, [kind], name);
  return found ? attachmentsOf(found, world.snapshot.links).filter(({ verdict }) => verdict === 'yes').length : 0;
}

function statuses(world: World, name: Name): ListenerStatus[] {
  const found = find(world, ['Gateway', 'ListenerSet', 'XListenerSet'], name);
  return found ? listenerStatuses(found, world.snapshot.links) : [];
}

/** A listener with certificates that are not here is fine when the suite makes them. */
function problemsOf(
  world: World,
  { listener: { facts, owner }, conflict, unresolved, supportedKinds }: ListenerStatus,
) {
  const lacksCertificate = facts.certificates.some(
    (reference) =>
      certificateOf(owner, reference, world.snapshot.links).state === 'missing' &&
      !madeBySuite.test(reference.name.text),
  );
  const isMade = unresolved === 'InvalidCertificateRef' && !lacksCertificate;
  return {
    accepted: conflict ? [conflict.reason] : supportedKinds ? [] : ['UnsupportedProtocol'],
    resolved: unresolved && !isMade ? [unresolved] : [],
  };
}

function gatewayCondition(world: World, name: Name, type: string): Found {
  const found = find(world, ['Gateway', 'ListenerSet', 'XListenerSet'], name);
  if (!found) return undefined;
  const own = statuses(world, name).filter(({ listener: { owner } }) => owner === found);
  if (type === 'ResolvedRefs') {
    const reasons = found.references
      .filter(({ path }) => path.includes('clientCertificateRef'))
      .flatMap((reference) => {
        const { state } = certificateOf(found, reference, world.snapshot.links);
        if (state === 'not-granted') return ['RefNotPermitted'];
        return state === 'missing' && !madeBySuite.test(reference.name.text) ? ['InvalidClientCertificateRef'] : [];
      });
    return {
      status: reasons.length === 0 ? 'True' : 'False',
      reasons: reasons.length === 0 ? ['ResolvedRefs'] : reasons,
    };
  }
  const refused = own.filter((status) => problemsOf(world, status).accepted.length > 0);
  return {
    status: refused.length < own.length ? 'True' : 'False',
    reasons: refused.length > 0 ? ['ListenersNotValid'] : ['Accepted', 'Programmed'],
  };
}

function listener(gateway: Name, want: ListenerExpectation): Expectation {
  const got = (world: World) => {
    const status = statuses(world, gateway).find((item) => item.listener.facts.name?.text === want.name);
    if (!status) return undefined;
    const problems = problemsOf(world, status);
    const programmed = [...problems.accepted, ...problems.resolved];
    const condition = (reasons: readonly string[], fine: readonly string[]) => ({
      status: reasons.length === 0 ? 'True' : 'False',
      reasons: reasons.length === 0 ? fine : [...reasons, 'Invalid'],
    });
    const conflict = status.conflict?.reason;
    return {
      kinds: status.supportedKinds,
      routes: status.routes.filter(({ verdict }) => verdict === 'yes').length,
      conditions: {
        Accepted: condition(problems.accepted, ['Accepted']),
        Programmed: condition(programmed, ['Programmed']),
        ResolvedRefs: condition(problems.resolved, ['ResolvedRefs']),
        Conflicted: { status: conflict ? 'True' : 'False', reasons: [conflict ?? 'NoConflicts'] },
      } as Readonly<Record<string, Found>>,
    };
  };
  return {
    want: { gateway, ...want },
    got,
    holds: (world) => {
      const found = got(world);
      return (
        found !== undefined &&
        found.routes === want.attachedRoutes &&
        (want.supportedKinds ?? []).every((kind) => found.kinds?.includes(kind)) &&
        want.conditions.every((condition) => holds(condition, found.conditions[condition.type]))
      );
    },
  };
}

/** A request to any Gateway of the test where the case names none. */
function request(want: RequestExpectation): Expectation {
  const answers = (world: World, tested: ReadonlySet<string>) => {
    const gateways = world.resources.filter(
      ({ kind, name, namespace, uri }) =>
        kind === 'Gateway' &&
        (want.gateway ? name === want.gateway.name && namespace === want.gateway.namespace : tested.has(uri)),
    );
    return gateways.map((gateway) =>
      answer(
        gateway,
        { ...want.request, headers: new Map(Object.entries(want.request.headers)) },
        world.snapshot.links,
      ),
    );
  };
  const fits = ({ status, services }: ReturnType<typeof answer>) =>
    status === want.status &&
    (status !== 200 || want.backend === null || services.some(({ name }) => name === want.backend));
  return {
    want,
    holds: (world, tested) => {
      const found = answers(world, tested);
      return found.length > 0 && found.every(fits);
    },
    got: (world) =>
      answers(world, new Set(world.resources.map(({ uri }) => uri))).map(({ status, services }) => ({
        status,
        services: services.map(({ name }) => name),
      })),
  };
}
