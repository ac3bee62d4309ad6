/** Where a selector, a name, a label or a port leads, both ways. */
import { likely } from '../links';
import type { Resource } from '../resource';
import { podSelector, labelSpan } from '../resource';
import { podPort } from '../network/endpoints';
import { attachmentsOf, attachmentsTo } from '../network/gateway-attachment';
import { namedPort } from '../network/backend-port';
import type { Span } from '../value';
import type { Snapshot } from '../workspace';
import { callIn } from './hover-calls';
import { patchDefinition, patchesOf, pathDefinition } from './kustomize/definition';
import type { Target } from './target';
import { targetAt } from './target';

export interface Definition {
  readonly from: Span;
  /** `at` is what to show, `name` what to mark in it. */
  readonly to: readonly { readonly at: Span; readonly name: Span }[];
}

export function definition(snapshot: Snapshot, uri: string, offset: number): Definition | undefined {
  const path = pathDefinition(snapshot, uri, offset);
  if (path) return path;
  const target = targetAt(snapshot, uri, offset);
  const to = target ? leadsTo(snapshot, target) : [];
  return target && to.length > 0 ? { from: target.span, to } : patchDefinition(snapshot, uri, offset);
}

type Place = Definition['to'][number];

const whole = (resource: Resource): Place => ({ at: resource.at, name: resource.nameAt });

function leadsTo(snapshot: Snapshot, target: Target): Place[] {
  const { resource } = target;
  const { links } = snapshot;
  switch (target.type) {
    case 'reference': {
      return likely(links.resolve(resource, target.reference)).map((found) =>
        target.isPort ? portPlace(found, target.reference.port) : whole(found),
      );
    }
    case 'address': {
      const call = callIn(snapshot, resource, target.address);
      return (call?.services ?? []).map((found, index) => {
        const port = target.isPort ? call?.ports[index]?.port : undefined;
        return port ? { at: found.at, name: port.port?.origin ?? port.at } : whole(found);
      });
    }
    case 'section':
      return attachmentsOf(resource, links)
        .filter(({ parent }) => parent === target.parent)
        .flatMap(({ chosen }) =>
          chosen.map(({ owner, facts }) => ({ at: owner.at, name: facts.name?.origin ?? facts.at })),
        );
    case 'listener':
      return attachmentsTo(resource, links)
        .filter(({ attachment }) => attachment.listeners.some(({ listener }) => listener.facts === target.listener))
        .map(({ route }) => whole(route));
    case 'selector': {
      const key = target.pair?.key.text;
      return likely(links.select(resource, target.use)).map((found) => {
        const label = found.pods?.labels.find((item) => item.key.text === key);
        return label ? { at: found.at, name: labelSpan(label) } : whole(found);
      });
    }
    case 'podLabel':
      return links.selectedBy(resource).map(({ from, use }) => ({ at: from.at, name: use.at }));
    case 'servicePort': {
      const use = podSelector(resource);
      const workloads = use ? links.select(resource, use).to : [];
      return workloads.flatMap((workload) => {
        const declared = workload.pods && podPort(workload.pods, target.port)?.declared;
        return declared ? [{ at: workload.at, name: declared.at }] : [];
      });
    }
    case 'containerPort':
      return links
        .selectedBy(resource)
        .flatMap(({ from }) =>
          (from.service?.ports ?? [])
            .filter((port) => resource.pods && podPort(resource.pods, port)?.declared === target.port)
            .map((port) => ({ at: from.at, name: port.at })),
        );
    case 'podDns':
    case 'policyPeer':
    case 'policyPort':
    case 'policyRule':
    case 'policyDirection':
    case 'range':
      return [];
    case 'resource': {
      const users = new Set([...links.referrers(resource), ...links.selectedBy(resource)].map(({ from }) => from));
      return [...[...users].map(whole), ...patchesOf(snapshot, target).map((at) => ({ at, name: at }))];
    }
  }
}

function portPlace(found: Resource, port: Parameters<typeof namedPort>[1] | undefined): Place {
  const named = found.service && port && namedPort(found.service, port);
  return named ? { at: found.at, name: named.port?.origin ?? named.at } : whole(found);
}
