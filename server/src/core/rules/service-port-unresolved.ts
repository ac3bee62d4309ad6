import type { Draft, Fix } from '../finding';
import { list, say } from '../finding';
import type { Links } from '../links';
import { isNear } from '../near';
import type { ContainerPort } from '../pod-facts';
import { defineRule } from './define';
import { declareContainerPort } from './shared/pod-edits';
import type { Resource, ServicePort } from '../resource';
import type { SelectedPort } from './shared/selected-ports';
import { declaredPorts, namedTargets, portsText } from './shared/selected-ports';
import type { Scalar } from '../value';
import { certain, named, replace } from './shared/words';

/** A named targetPort that no selected pod declares: the Service port has no endpoints (endpointslice FindPort). */
export const servicePortUnresolved = defineRule({
  id: 'service-port-unresolved',
  summary: 'A named targetPort exists in no pod that the Service selects',
  levels: ['error'],
  about: ['service'],
  *linked(resource, links) {
    for (const selected of namedTargets(resource, links)) {
      if (selected.backends.length === 0 && selected.without.length > 0) yield finding(selected, links);
    }
  },
});

/** In more workloads, and in more ports of each, nobody looks for the one that was meant. */
const MAX_LOOKED_AT = 50;

function finding({ port, without }: SelectedPort, links: Links): Draft {
  const target = port.targetPort;
  const name = target?.text ?? '';
  const declared = without
    .slice(0, MAX_LOOKED_AT)
    .flatMap((workload) => declaredPorts(workload).slice(0, MAX_LOOKED_AT));
  const other = declared.find((item) => item.name?.text === name && item.protocol !== port.protocol);
  const shown = without.slice(0, 3);
  const beforehand = without.slice(0, MAX_LOOKED_AT).flatMap((workload) => initContainerWith(workload, port) ?? [])[0];
  const what = other
    ? say`container port ${name} is ${other.protocol}, but the Service port is ${port.protocol}: ${list(shown.map((workload) => say`${named(workload)} declares ${portsText(workload)}`))}`
    : say`no selected pod has a ${port.protocol} container port named ${name}: ${list(shown.map((workload) => say`${named(workload)} declares ${portsText(workload)}`))}${beforehand ? say`; init container ${beforehand} has it, but ends before the pod serves, so that its ports never count` : ''}`;
  return {
    level: 'error',
    at: target?.origin ?? port.at,
    path: `${port.path}.targetPort`,
    message: what,
    related: shown.map((workload) => ({
      at: declaredPorts(workload)[0]?.at ?? workload.nameAt,
      message: say`${named(workload)} declares ${portsText(workload)}`,
    })),
    fixes:
      target && !other
        ? [
            ...changes(target, nearest(declared, port.protocol, name)),
            ...without
              .slice(0, beforehand === undefined ? 1 : 0)
              .flatMap((workload) => declareContainerPort(workload, port, links)),
          ]
        : [],
  };
}

/** The name of an ordinary init container with the port that is meant: FindPort looks in containers and sidecars only. */
function initContainerWith({ pods }: Resource, { targetPort, protocol }: ServicePort): string | undefined {
  return pods?.containers.find(
    ({ role, ports }) =>
      role === 'init' && ports.some((item) => item.name?.text === targetPort?.text && item.protocol === protocol),
  )?.name?.text;
}

/** One near name was surely meant. */
function changes(target: Scalar, meant: readonly string[]): Fix[] {
  const fixes = meant.flatMap((name) => replace(`Change to ${name}`, target, name));
  return meant.every((name) => isNear(target.text, name)) ? certain(fixes) : fixes;
}

/** The names that were probably meant: near ones, else the only one there is. */
function nearest(declared: readonly ContainerPort[], protocol: string, name: string): string[] {
  const names = [
    ...new Set(declared.filter((item) => item.protocol === protocol).flatMap((item) => item.name?.text ?? [])),
  ];
  const near = names.filter((candidate) => isNear(name, candidate));
  return near.length > 0 ? near : names.length === 1 ? names : [];
}
