import type { Draft } from '../../finding';
import { say } from '../../finding';
import type { Field } from '../../path';
import { each, field, scalarAt, textAt } from '../../path';
import { isTemplated } from '../../templated';
import { notOneOf, twice } from './gateway-checks';
import { refused } from './refused';
import { isUnknown } from './unknown-value';
import { certain, replace } from './words';

const methods = ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'CONNECT', 'OPTIONS', 'TRACE', 'PATCH'];
/** HTTPHeaderName: a token of RFC 7230. */
const headerName = /^[A-Za-z0-9!#$%&'*+\-.^_|~`]{1,256}$/;

/** What the CRD refuses in one match of an HTTPRoute or GRPCRoute. */
export function* badMatch(match: Field, kind: string): Iterable<Draft> {
  if (isUnknown(match)) return;
  if (kind === 'GRPCRoute') yield* badGrpcMethod(field(match, 'method'));
  else {
    yield* badPath(field(match, 'path'));
    yield* notOneOf(field(match, 'method'), methods);
  }
  yield* badNamed(each(field(match, 'headers')), 'header');
  yield* badNamed(each(field(match, 'queryParams')), 'query parameter');
}

function* badNamed(items: readonly Field[], what: string): Iterable<Draft> {
  for (const item of items) {
    const name = field(item, 'name');
    const text = textAt(name);
    if (!text) yield refused(name, say`a ${what} to match needs a name`);
    else if (!isTemplated(text) && !headerName.test(text)) yield refused(name, say`${text} is no name of a ${what}`);
    yield* notOneOf(field(item, 'type'), ['Exact', 'RegularExpression']);
  }
  yield* twice(
    items,
    (item) => textAt(field(item, 'name')),
    (name) => say`the ${what} ${name} is matched twice; only one of the two can hold`,
  );
}

const forbidden = ['//', '/./', '/../', '%2f', '%2F', '#'];
const forbiddenEnds = ['/..', '/.'];

/** HTTPPathMatch. */
function* badPath(path: Field): Iterable<Draft> {
  const type = field(path, 'type');
  yield* notOneOf(type, ['Exact', 'PathPrefix', 'RegularExpression']);
  const value = field(path, 'value');
  const written = scalarAt(value);
  if (!written || isTemplated(written.text) || (textAt(type) ?? 'PathPrefix') === 'RegularExpression') return;
  const { text } = written;
  if (!text.startsWith('/')) {
    const fixes = text === '' ? [] : certain(replace(`Change to /${text}`, written, `/${text}`));
    yield refused(value, say`${text === '' ? 'the path' : text} must be an absolute path, starting with /`, fixes);
    return;
  }
  const part = forbidden.find((item) => text.includes(item));
  const end = forbiddenEnds.find((item) => text.endsWith(item));
  if (part !== undefined) yield refused(value, say`${text} must not contain ${part}`);
  else if (end !== undefined) yield refused(value, say`${text} must not end with ${end}`);
  else if (!/^(?:[-A-Za-z0-9/._~!$&'()*+,;=:@]|%[0-9a-fA-F]{2})+$/.test(text))
    yield refused(
      value,
      say`${text} has characters that no path has${/[*[\]^|\\]/.test(text) ? '; patterns need type: RegularExpression' : ''}`,
    );
}

/** GRPCMethodMatch: a service, a method, or both. */
function* badGrpcMethod(method: Field): Iterable<Draft> {
  if (method.value === undefined || isUnknown(method)) return;
  const type = field(method, 'type');
  yield* notOneOf(type, ['Exact', 'RegularExpression']);
  const service = field(method, 'service');
  const name = field(method, 'method');
  if (!textAt(service) && !textAt(name)) yield refused(method, say`a method match needs a service, a method, or both`);
  if ((textAt(type) ?? 'Exact') !== 'Exact') return;
  const bad = (at: Field, pattern: RegExp) => {
    const text = textAt(at) ?? '';
    return text !== '' && !isTemplated(text) && !pattern.test(text);
  };
  if (bad(service, /^\.?[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*$/))
    yield refused(service, say`${textAt(service)} is no gRPC service; it is written as in package.Service`);
  if (bad(name, /^[A-Za-z_]\w*$/)) yield refused(name, say`${textAt(name)} is no gRPC method`);
}
