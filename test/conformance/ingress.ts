/** Matching of requests, backends, classes, TLS and validation of Ingresses. */
import { allKinds, chooseRoute, matchHost } from '../../server/src/core/index';
import { backendFor } from '../../server/src/core/network/ingress-routes';
import { ingressClassOf } from '../../server/src/core/network/ingress-class';
import { convert } from './convert';
import { compare, type Case, type Family, type Outcome } from './family';
import { validation, worldOfObjects } from './objects';
import type { FieldError } from './objects';

interface Fields {
  readonly paths: readonly { readonly path: string; readonly pathType: string }[];
  readonly request: string;
  readonly winner: number | null;
  readonly rule: string;
  readonly match: boolean;
  readonly objects: readonly unknown[];
  readonly expected: Readonly<Record<string, unknown>>;
  readonly apiVersion: string;
  readonly kind: string;
  readonly object: unknown;
  readonly errors: readonly FieldError[];
}

function pathMatch({ paths, request, winner }: Fields): Outcome {
  const chosen = chooseRoute(paths, { host: 'any', path: request });
  return compare(winner, chosen ? paths.indexOf(chosen) : null);
}

const groups: Readonly<Record<string, (item: Fields) => Outcome>> = {
  'path-match': pathMatch,
  precedence: pathMatch,
  'host-match': ({ rule, request, match }) => compare(match, matchHost(rule, request)),
  backend: ({ objects, expected }) =>
    compare(
      expected['resolves'],
      worldOfObjects(objects).findings.every(
        ({ rule }) => rule !== 'ingress-service-unresolved' && rule !== 'ingress-port-unresolved',
      ),
    ),
  class: ingressClass,
  tls: ({ objects, expected }) => {
    const paths = worldOfObjects(objects)
      .findings.filter(({ rule }) => rule === 'ingress-tls')
      .map(({ path }) => path ?? '');
    const aboutSecret = paths.some((path) => path.endsWith('.secretName'));
    const aboutHosts = paths.some((path) => path.includes('.hosts['));
    // A case words its finding as `kind detail`; what is not about hosts is about the Secret.
    const wanted = typeof expected['finding'] === 'string' ? expected['finding'] : '';
    const hosts = wanted.startsWith('tls-host');
    return compare(
      { ok: expected['ok'], aboutSecret: wanted !== '' && !hosts, aboutHosts: hosts },
      { ok: !aboutSecret, aboutSecret, aboutHosts },
    );
  },
  'removed-api': (item) => {
    const kinds = allKinds.filter((kind) => kind.kind === item.kind);
    if (kinds.length === 0) return { notApplicable: `${item.kind} carries no traffic, so it has no table` };
    const api = kinds.flatMap((kind) => kind.oldApis ?? []).find((old) => old.apiVersion === item.apiVersion);
    const pick = ({ deprecatedIn, removedIn, replacement }: Readonly<Record<string, unknown>>) => ({
      deprecatedIn,
      removedIn,
      replacement,
    });
    return compare(pick(item as unknown as Readonly<Record<string, unknown>>), api && pick({ ...api }));
  },
  convert: (item) => convert(item as unknown as Case),
  validation: ({ object, errors }) => validation(object, errors),
};

/** Of the facts that a case gives we compare those that a manifest decides: the class, whether it is here, the annotation. */
function ingressClass({ objects, expected }: Fields): Outcome {
  const { resources, findings } = worldOfObjects(objects);
  const classes = resources.filter(({ kind }) => kind === 'IngressClass');
  const ingress = resources.find(({ kind }) => kind === 'Ingress');
  if (!ingress) return { notApplicable: 'the case has no Ingress' };
  const choice = ingressClassOf(ingress, classes);
  const known: Readonly<Record<string, unknown>> = {
    class: choice.name ?? null,
    classExists: classes.some(({ name }) => name === choice.name),
    annotation: choice.annotation?.text,
  };
  const keys = Object.keys(expected).filter((key) => key in known);
  const levels = findings.filter(({ rule }) => rule === 'ingress-class').map(({ level }) => level);
  const says = (pattern: RegExp) => Object.keys(expected).some((key) => pattern.test(key) && Boolean(expected[key]));
  // A refusal is an error of ours; a case that only has a finding may have it at any level.
  const want = { refused: says(/^(?:error|reject|invalid)/i), finding: says(/^(?:finding|warning)/i) };
  const got = {
    refused: levels.includes('error'),
    finding: want.finding && levels.length > 0,
  };
  const pick = (from: Readonly<Record<string, unknown>>) => Object.fromEntries(keys.map((key) => [key, from[key]]));
  return compare({ ...pick(expected), ...want }, { ...pick(known), ...got });
}

/** Cases of the controllers' own conformance tests: a request, and the backend that must answer it. */
function conformance(item: Case): Outcome {
  const request = item['request'] as { readonly host: string; readonly path: string };
  const expected = item['expected'] as { readonly service?: string | null };
  const { resources } = worldOfObjects([item['ingress']]);
  return compare(expected.service ?? null, backendFor(resources, request)?.name.text ?? null);
}

export const ingress: Family = {
  family: 'ingress',
  notApplicable: {
    'conformance-class': 'which classes a controller takes is its own setting, in no manifest of the case',
  },
  run: (item) => {
    const group = groups[item.group];
    if (group) return group(item as unknown as Fields);
    if (item.group.startsWith('conformance-')) return conformance(item);
    return { notApplicable: `no part of the product answers ${item.group}` };
  },
};
