import type { Draft } from '../finding';
import { list, say } from '../finding';
import { aliasLoop } from '../network/alias';
import type { Resource } from '../resource';
import { podSelector } from '../resource';
import { isTemplated } from '../templated';
import type { Scalar } from '../value';
import { defineRule } from './define';
import { certain, kindAndName, mention, named, pairsText, replace } from './shared/words';

/** externalName becomes a CNAME record: only a DNS name makes sense there, and nothing else of the Service is used. */
export const externalNameMisuse = defineRule({
  id: 'external-name-misuse',
  summary: 'An externalName is an address, has a port or scheme, leads back to itself, or stands beside a selector',
  levels: ['warning'],
  about: ['service'],
  *resource({ resource }) {
    const { service } = resource;
    if (service?.type !== 'ExternalName') return;
    const name = service.externalName;
    if (name && !isTemplated(name.text)) yield* misuse(name);
    yield* selector(resource);
  },
  *linked(resource, links, { clusterDomain }) {
    const name = resource.service?.externalName;
    const passed = name && !resource.owned ? aliasLoop(resource, links, clusterDomain) : undefined;
    if (!name || !passed) return;
    const [, ...others] = passed;
    yield {
      level: 'warning',
      at: name.origin,
      path: 'spec.externalName',
      message:
        others.length === 0
          ? say`${kindAndName(resource)} is another name for itself, and no client can resolve it: name what it should lead to`
          : say`${kindAndName(resource)} leads to itself again by way of ${list(others.map(named))}: these are other names for one another, and no client can resolve them; one has to name what they should lead to`,
      related: others.slice(0, 3).map(mention),
    };
  },
});

function* misuse(name: Scalar): Iterable<Draft> {
  const draft = { level: 'warning', at: name.origin, path: 'spec.externalName' } as const;
  const text = name.text;
  const host = text.replace(/^[a-z][a-z0-9+.-]*:\/\//i, '').replace(/[/?#].*/s, '');
  if (/^\d{1,3}(?:\.\d{1,3}){3}$/.test(host) || /^\[?[0-9a-f]*:[0-9a-f:.]+\]?$/i.test(host)) {
    yield {
      ...draft,
      message: say`${text} is an address, and externalName becomes a CNAME record, which needs a DNS name: no client can resolve it; use a Service without selector and an EndpointSlice with this address`,
    };
  } else if (host !== text || /:\d+$/.test(host)) {
    const bare = host.replace(/:\d+$/, '');
    const what = text.includes('://') ? 'a URL' : /:\d+$/.test(host) ? 'a host with a port' : 'a host with a path';
    yield {
      ...draft,
      message: say`${text} is ${what}, and externalName becomes a CNAME record, which holds a DNS name only: write ${bare}`,
      fixes: certain(replace(`Change to ${bare}`, name, bare)),
    };
  }
}

function* selector(resource: Resource): Iterable<Draft> {
  const use = podSelector(resource);
  if (!use || use.pairs.length === 0) return;
  yield {
    level: 'warning',
    at: use.at,
    path: use.path,
    message: say`the selector ${pairsText(use.pairs)} has no effect: a Service of type ExternalName is only another name for ${resource.service?.externalName?.text ?? 'its externalName'}; remove the selector, or the type`,
  };
}
