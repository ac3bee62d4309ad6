import type { Draft } from '../finding';
import { say } from '../finding';
import type { Links } from '../links';
import { endpointsOf } from '../network/endpoints';
import { entryVerdict } from '../network/policy/entry-verdicts';
import type { Protocol } from '../ports';
import type { Resource, ScrapedPort, SelectorUse } from '../resource';
import { isTemplated } from '../templated';
import { defineRule } from './define';
import { decidingLine, whoDenies } from './shared/blocked';
import { declaredPorts } from './shared/selected-ports';
import { mention, named } from './shared/words';

/** A port of pods that Prometheus scrapes. */
interface Target {
  readonly workload: Resource;
  readonly protocol: Protocol;
  readonly number: number;
}

/** Prometheus comes from a namespace of its own; what does not let it in is a target that is down. Probes of the kubelet always arrive. */
export const policyBlocksProbeOrMonitor = defineRule({
  id: 'policy-blocks-probe-or-monitor',
  summary: 'Policies close a port that a ServiceMonitor or PodMonitor has scraped',
  levels: ['information'],
  *linked(resource, links) {
    if (resource.owned || links.hasUnreadable(resource)) return;
    for (const use of resource.selectors)
      if (use.role === 'monitors')
        for (const scraped of resource.scrapes) {
          const draft = isTemplated(scraped.port.text) ? undefined : judge(resource, use, scraped, links);
          if (draft) yield draft;
        }
  },
});

/** Of more targets than this the first ones are asked. */
const MAX_TARGETS = 20;

function judge(monitor: Resource, use: SelectorUse, scraped: ScrapedPort, links: Links): Draft | undefined {
  const targets = targetsOf(monitor, use, scraped, links).slice(0, MAX_TARGETS);
  const closed = targets.flatMap((target) => {
    const { workload, protocol, number } = target;
    const verdict = entryVerdict(links, workload, protocol, number, monitor);
    return verdict.allowed === false && !verdict.guessed ? [{ target, verdict }] : [];
  });
  const [first] = closed;
  if (!first) return undefined;
  const { target, verdict } = first;
  const more = closed.length > 1 ? ` and ${closed.length - 1} more` : '';
  return {
    level: 'information',
    at: scraped.port.origin,
    path: scraped.path,
    message: say`policies close this port to Prometheus: port ${target.number}/${target.protocol} of ${named(target.workload)}${more}, since ${whoDenies(verdict.decision, 'ingress')}; let in the namespace that Prometheus runs in`,
    related: [...decidingLine(verdict.decision, 'ingress'), mention(target.workload)],
  };
}

function targetsOf(monitor: Resource, use: SelectorUse, { of, port }: ScrapedPort, links: Links): Target[] {
  const { to } = links.select(monitor, use);
  if (use.selects === 'pods') return to.flatMap((workload) => declared(workload, port));
  return to.flatMap((service) => {
    if (!service.service) return [];
    const { ports, workloads } = endpointsOf(service, service.service, links);
    if (of === 'pod') return workloads.flatMap((workload) => declared(workload, port));
    return ports
      .filter((item) => item.port.name?.text === port.text)
      .flatMap((item) =>
        item.backends.map(({ workload, number }) => ({ workload, number, protocol: item.port.protocol })),
      );
  });
}

/** The ports of a workload that are declared by this name or number. */
function declared(workload: Resource, port: ScrapedPort['port']): Target[] {
  return declaredPorts(workload).flatMap(({ name, number, protocol }) =>
    typeof number?.value === 'number' && (name?.text === port.text || number.value === port.value)
      ? [{ workload, number: number.value, protocol }]
      : [],
  );
}
