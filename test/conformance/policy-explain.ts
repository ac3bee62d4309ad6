/** What decides on each connection, against the explanations of another analyzer. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Direction } from '../../server/src/core/policy-facts';
import type { Protocol } from '../../server/src/core/ports';
import { protocols } from '../../server/src/core/ports';
import type { Decision, End, Evaluation } from '../../server/src/core/index';
import { parseAddress } from '../../server/src/core/index';
import type { Case, Outcome } from './family';
import type { Judged } from './policy-connectivity';
import { partyText } from './connection-texts';
import { foreign, judge } from './policy-connectivity';

/** Ports that share an explanation, and what it says of both directions. */
interface Explained {
  readonly allowed: boolean;
  readonly ports: string;
  readonly reasons: Readonly<Record<Direction, string>>;
}

/** The explanations of each pair of a text, by `from => to`. */
function explanations(text: string): Map<string, Explained[]> {
  const found = new Map<string, Explained[]>();
  for (const section of text.split('Connections between ').slice(1)) {
    const [head = '', ...lines] = section.split('\n');
    const blocks = lines
      .join('\n')
      .split(/^\t(?=(?:Allowed|Denied) )/m)
      .slice(1);
    found.set(head.replace(/:$/, ''), blocks.map(explained));
  }
  return found;
}

function explained(block: string): Explained {
  const [, word = '', ports = ''] = /^(Allowed|Denied) (.*?) due to/.exec(block) ?? [];
  const [, egress = '', ingress = ''] = /Egress([^]*?)\n\t\tIngress([^]*?)(?:\n\S|\n\n|$)/.exec(block) ?? [];
  return { allowed: word === 'Allowed', ports, reasons: { egress, ingress } };
}

/** `TCP:[1-79,81-65535], UDP, SCTP` as one port of each range. */
function samples(text: string): [Protocol, number][] {
  return text.split(/, (?=[A-Z])/).flatMap((part) => {
    const [name = '', list = '[1-65535]'] = part.split(':');
    const protocol = protocols.find((known) => known === name);
    if (!protocol) throw new Error(`${part} is no list of ports`);
    const numbers = list
      .slice(1, -1)
      .split(',')
      .flatMap((range) => range.split('-').map(Number));
    return numbers.map((port): [Protocol, number] => [protocol, port]);
  });
}

function endOf({ workloads }: Evaluation, text: string): End {
  const found = workloads.find((item) => partyText(item) === text);
  if (found) return found;
  const [first, last] = text
    .replace('[External]', '')
    .split('-')
    .map((part) => parseAddress(part)?.point);
  if (first === undefined || last === undefined) throw new Error(`${text} is nothing here`);
  return { type: 'outside', ranges: [{ first, last }] };
}

/** How the texts name what decides; undefined where no policy does. */
function namesOf(decision: Decision): readonly string[] | undefined {
  if (decision.by === 'isolation') return decision.policies.map(({ name }) => `NetworkPolicy 'ns/${name ?? ''}'`);
  if (decision.by !== 'rule') return undefined;
  const { policy, rule } = decision;
  const place = policy.policy?.tier === 'NetworkPolicy' ? 'ns/' : '';
  const index = policy.policy?.[rule.direction]?.rules.indexOf(rule) ?? 0;
  return [`${policy.kind} '${place}${policy.name ?? ''}' ${rule.name?.text ?? `#${index + 1}`}`];
}

/** True when the reason names the policy (and the rule) that decides, or none where none does. */
function agrees(reason: string, decision: Decision): boolean {
  const names = namesOf(decision);
  if (!names) return reason.includes('system default') || !/'/.test(reason);
  return names.every((name) => {
    const [, kind = '', place, own = '', rule = ''] = /^(\S+) '(ns\/)?(.*?)' ?(.*)$/.exec(name) ?? [];
    return reason
      .split('\n')
      .some(
        (line) =>
          line.includes(`${kind} '`) && line.includes(`${place ? '/' : "'"}${own}'`) && line.trimEnd().endsWith(rule),
      );
  });
}

function wrong({ evaluation }: Judged, key: string, pieces: readonly Explained[]): string[] {
  const [from = '', to = ''] = key.split(' => ');
  const [source, target] = [endOf(evaluation, from), endOf(evaluation, to)];
  return pieces.flatMap(({ allowed, ports, reasons }) =>
    samples(ports).flatMap(([protocol, port]) => {
      const verdict = evaluation.verdict(source, target, protocol, port);
      const place = `${key} ${protocol} ${port}`;
      if (verdict.allowed !== allowed) return [`${place} is ${allowed ? 'allowed' : 'denied'}`];
      return (['egress', 'ingress'] as const)
        .filter((direction) => !agrees(reasons[direction], verdict[direction].decision))
        .map((direction) => `${place} ${direction} is decided by ${reasons[direction].trim()}`);
    }),
  );
}

/** Every pair of workloads and ranges; the controller's connections are in the lists of connections. */
export function explain(item: Case, folder: string): Outcome {
  const { files, expectedTextFile } = item as unknown as {
    readonly files: readonly string[];
    readonly expectedTextFile: string;
  };
  const judged = judge(files, folder);
  const reason = foreign(judged.world.resources);
  if (reason) return { notApplicable: reason };
  const found = explanations(readFileSync(join(folder, expectedTextFile), 'utf8'));
  const pairs = [...found].filter(([key]) => !key.includes('{') && !/entire-cluster|\[(?:pod|namespace|all)/.test(key));
  const differences = pairs.flatMap(([key, pieces]) => wrong(judged, key, pieces));
  return { agree: differences.length === 0, want: differences.slice(0, 20), got: `${pairs.length} pairs` };
}
