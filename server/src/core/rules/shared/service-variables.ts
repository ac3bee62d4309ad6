/** Variables of Services that the kubelet does not set although the Service is there. */
import { serviceVariable } from '../../address/host';
import type { Draft, Fix } from '../../finding';
import { say } from '../../finding';
import type { Links } from '../../links';
import type { Call } from '../../network/calls';
import type { Resource } from '../../resource';
import { mention, named } from './words';

/**
 * What to say of a variable that nothing sets: the pods want none (enableServiceLinks: false), or the Service has no
 * address to put into it (envvars.FromServices leaves out headless ones and ExternalName). Undefined for other addresses.
 */
export function lostVariable(call: Call, links: Links): Draft | undefined {
  const { from, address, services, resolution } = call;
  if (address.form !== 'variable') return undefined;
  const [service] = services;
  const isOff = from.pods?.serviceLinks === false && (service !== undefined || isExpanded(call, links));
  const isAddressless = service !== undefined && services.every((item) => addressless(item) !== undefined);
  if (!isOff && (!isAddressless || resolution.to.length === 0)) return undefined;
  const why = isOff
    ? say`enableServiceLinks is false`
    : say`${service && named(service)} ${service && addressless(service)}`;
  const what = serviceVariable(address.host.text)?.says === 'host' ? 'name' : 'port';
  const instead = service ? (isOff ? say`: write the ${what} of ${named(service)}` : say`: write its ${what}`) : [];
  return {
    level: 'warning',
    at: address.host.origin,
    path: address.path,
    message: say`${why}, so nothing sets ${address.host.text}${instead}`,
    related: service ? [mention(service)] : [],
    fixes: service ? useName(call, service, links) : [],
  };
}

function addressless({ service }: Resource): string | undefined {
  if (service?.type === 'ExternalName') return 'has no address of its own';
  return service?.headless ? 'is headless' : undefined;
}

/** `$(X)` is for Kubernetes, which knows the variables of the container and nothing of the image's. */
function isExpanded({ from, address }: Call, links: Links): boolean {
  const { start } = address.host.origin;
  return address.key !== undefined || links.text(from).slice(start - 2, start) === '$(';
}

/** Writes the name of the Service, or the number of its port, in the place of the reference. */
function useName({ from, address, ports }: Call, service: Resource, links: Links): Fix[] {
  const { origin, text } = address.host;
  const [whole] = /^\$[({]\w+[)}]/.exec(links.text(from).slice(origin.start - 2, origin.end + 1)) ?? [];
  const newText = serviceVariable(text)?.says === 'host' ? service.name : ports[0]?.number?.toString();
  if (!origin.verbatim || whole === undefined || newText === undefined) return [];
  const at = { uri: origin.uri, start: origin.start - 2, end: origin.end + 1 };
  return [{ title: `Change to ${newText}`, edits: [{ at, newText }] }];
}
