import type { Text } from '../finding';
import { say } from '../finding';
import type { Links } from '../links';
import { namedPort } from '../network/backend-port';
import { isGranted } from '../network/gateway-backends';
import { compareRoutes } from '../network/routes';
import type { Reference, Resource } from '../resource';
import type { Snapshot } from '../workspace';
import { outcome } from './describe';
import { entryWords } from './blocked-words';
import { code, count, plain, title } from './markdown';

/** Something with routes (an Ingress): how many lead to pods, and each with its way. */
export function routeCard({ links }: Snapshot, from: Resource): Text[] {
  const routes = from.references.filter((reference) => reference.route).sort(inOrderOfTrial);
  const { head, lines } = waysText(links, from, routes);
  return [say`${title(from)} ${head}`, ...lines];
}

/** How many routes lead to pods, and the way of each. */
export function waysText(
  links: Links,
  from: Resource,
  routes: readonly Reference[],
): { readonly head: string; readonly lines: readonly Text[] } {
  const ways = routes.map((reference) => way(links, from, reference));
  const broken = ways.filter((item) => !item.works).length;
  const head =
    broken === 0
      ? `routes ${count(routes.length, 'path')} to pods`
      : `routes ${count(routes.length, 'path')}; ${broken === routes.length ? 'none leads' : `${broken} of them ${broken === 1 ? 'does' : 'do'} not lead`} to pods known here`;
  const rest = ways.length > 12 ? [[`… and ${count(ways.length - 12, 'other')}`]] : [];
  return { head, lines: [...ways.slice(0, 12).map((item) => item.words), ...rest] };
}

/** Routes as a request meets them: exact hosts first, then the longest path. */
export function inOrderOfTrial(a: Reference, b: Reference): number {
  const text = ({ route }: Reference) => ({
    host: route?.host?.text,
    path: route?.path?.text,
    pathType: route?.pathType?.text,
  });
  return compareRoutes(text(a), text(b));
}

interface Way {
  readonly works: boolean;
  readonly words: Text;
}

/** `example.com/api → Service api:80 reaches 1 workload, 2 pods`. */
export function way(links: Links, from: Resource, reference: Reference): Way {
  const head = `${routeText(reference)} → `;
  const port = reference.port ? `:${plain(reference.port.text)}` : '';
  const { to, maybe, unknown } = links.resolve(from, reference);
  const [service] = [...to, ...maybe];
  if (unknown) return { works: true, words: say`${head}${code(reference.name.text)}, a template` };
  if (!service)
    return {
      works: false,
      words: say`${head}${reference.target.kind} ${plain(reference.name.text)}${port}, which is not here`,
    };
  if (service.service && reference.port && !namedPort(service.service, reference.port)) {
    return { works: false, words: say`${head}${service}, which has no port ${code(reference.port.text)}` };
  }
  if (from.gateway && isGranted(from, reference, links) === 'no')
    return { works: false, words: say`${head}${service}${port}, which no ReferenceGrant of its namespace allows` };
  const found = outcome(service, links);
  const works = found === undefined || found.endpoints.state !== 'no-match';
  const { blocked, words } = entryWords(links, from, service, reference);
  return { works: works && !blocked, words: say`${head}${service}${port} ${found?.words}${words}` };
}

/** `example.com/api`, or `every host /`. */
function routeText({ route }: Reference): string {
  if (!route) return '';
  return code(`${route.host?.text ?? '*'}${route.path?.text ?? '/'}`);
}
