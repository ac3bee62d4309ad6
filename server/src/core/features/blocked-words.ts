/** Whether calls and routes get through policies, as parts of cards. */
import type { Text } from '../finding';
import { say } from '../finding';
import type { Links } from '../links';
import { namedPort } from '../network/backend-port';
import type { Call } from '../network/calls';
import { readersOf } from '../network/calls';
import { endpointsOf } from '../network/endpoints';
import type { Destination } from '../network/policy/call-verdicts';
import { callVerdict } from '../network/policy/call-verdicts';
import type { Decision } from '../network/policy/decide';
import { enteredBackends } from '../network/policy/entry-verdicts';
import type { LinkedVerdict } from '../network/policy/verdicts';
import type { Reference, Resource } from '../resource';
import { whoDenies } from '../rules/shared/blocked';
import { policiesWords } from './policy-words';

/** Workloads that read an address of a ConfigMap, of which a card tells. */
const MAX_READERS = 3;

/** Whether the pods that make a call get through; no lines where no policy is about either end. `blocked`: none of them does. */
export function callPolicyLines(
  links: Links,
  call: Call,
): { readonly blocked: boolean; readonly lines: readonly Text[] } {
  const callers = readersOf(call.from, call.address, links)
    .slice(0, MAX_READERS)
    .flatMap((caller) => {
      const { allowed, verdict, failing } = callVerdict(links, caller, call);
      return verdict ? [{ caller, allowed, verdict, failing: failing[0] }] : [];
    });
  const lines = callers.flatMap(({ caller, allowed, verdict, failing }) => {
    const who = caller === call.from ? [] : say` from ${caller}`;
    if (allowed === false) return [say`Blocked${who}: ${reasons(verdict)}`];
    if (failing)
      return [say`Blocked in part${who}, to ${destinationWords(failing.destination)}: ${reasons(failing.verdict)}`];
    const by = deciding(verdict);
    if (by.length === 0) return [];
    const policies = policiesWords(by);
    return allowed === true
      ? [say`Let through${who} by ${policies}`]
      : [say`${policies} may block it${who}: not all that decides is here`];
  });
  return { blocked: callers.length > 0 && callers.every(({ allowed }) => allowed === false), lines };
}

function destinationWords(destination: Destination): Text {
  return destination.type === 'pods' ? say`${destination.workload}` : [destination.address.text];
}

/** What policies say of a connection: by whom it is blocked, or let through. */
export function connectionWords(verdict: LinkedVerdict): Text {
  if (verdict.allowed === false) return reasons(verdict);
  const by = deciding(verdict);
  if (by.length === 0) return ['no policy is about it'];
  const policies = policiesWords(by);
  return verdict.allowed === true
    ? say`let through by ${policies}`
    : say`${policies} may block it: not all that decides is here`;
}

/** Who keeps the pods that make a call from where it leads; undefined where it gets through, or nobody can tell. */
export function blockedCall(links: Links, caller: Resource, call: Call): Text | undefined {
  const { allowed, verdict } = callVerdict(links, caller, call);
  return allowed === false && verdict ? reasons(verdict) : undefined;
}

function reasons({ egress, ingress }: LinkedVerdict): Text {
  const out = egress.allowed === false ? say`on the way out, ${whoDenies(egress.decision, 'egress')}` : [];
  const into = ingress.allowed === false ? say`on the way in, ${whoDenies(ingress.decision, 'ingress')}` : [];
  return [...out, ...(out.length > 0 && into.length > 0 ? ['; '] : []), ...into];
}

/** The policies that have a word on it. */
function deciding({ egress, ingress }: LinkedVerdict): Resource[] {
  const of = (decision: Decision) =>
    decision.by === 'rule' ? [decision.policy] : decision.by === 'isolation' ? decision.policies : [];
  return [...new Set([...of(egress.decision), ...of(ingress.decision)])];
}

/** What policies say of a route: ` , but ...` where they let its controller in nowhere. */
export function entryWords(
  links: Links,
  by: Resource,
  service: Resource,
  { port }: Reference,
): { readonly blocked: boolean; readonly words: Text; readonly why: Text } {
  const open = { blocked: false, words: [], why: [] };
  const facts = service.service;
  if (!facts) return open;
  const wanted = port && namedPort(facts, port);
  const verdicts = endpointsOf(service, facts, links)
    .ports.filter((item) => wanted === undefined || item.port === wanted)
    .flatMap((item) => enteredBackends(links, item, by))
    .map(({ verdict }) => verdict);
  const [first] = verdicts.filter(({ allowed }) => allowed === false);
  if (!first) return open;
  if (verdicts.some(({ allowed }) => allowed !== false))
    return first.guessed
      ? open
      : {
          ...open,
          words: say`, but policies keep its controller from some pods: ${whoDenies(first.decision, 'ingress')}`,
        };
  const why = whoDenies(first.decision, 'ingress');
  return first.guessed
    ? { blocked: false, why, words: say`; policies let it in only if they mean its controller: ${why}` }
    : { blocked: true, why, words: say`, but policies keep its controller out: ${why}` };
}
