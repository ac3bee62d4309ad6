/** Hosts that are written by their name in one place and have their port in another: `DB_HOST` and `DB_PORT`, `host=db port=5432`. */
import type { Scalar } from '../value';
import { commentsOf } from './comments';
import { partsOf } from './part';

/** A text that may hold addresses: the value of a variable, an argument, an entry of a ConfigMap. */
export interface Held {
  readonly text: Scalar;
  /** The variable or key; undefined for arguments. */
  readonly key: string | undefined;
  /** What the text itself calls the value, where that is not the key: a flag, a setting of a connection. */
  readonly name?: string;
  readonly path: string;
}

const hostWords = ['host', 'hostname', 'server', 'addr', 'address'];

/** The words before `HOST` in the name of a text, by which it finds its port; undefined for a name that is no host's. */
export function hostPrefix({ name, key }: Pick<Held, 'name' | 'key'>): string | undefined {
  const written = name ?? key;
  if (written === undefined || !'teErsSRT'.includes(written.slice(-1))) return undefined;
  const lower = written.toLowerCase();
  // The name of the pod itself.
  if (lower === 'hostname') return undefined;
  const word = hostWords.find((item) => lower.endsWith(item));
  return word === undefined ? undefined : lower.slice(0, -word.length);
}

/** The ports among texts, by the words before `PORT` in their names. */
export function portsByPrefix(held: readonly Held[]): ReadonlyMap<string, Scalar> {
  const ports = new Map<string, Scalar>();
  for (const { key, name = key, text } of held)
    if (name !== undefined && /port$/i.test(name) && /^[1-9]\d{0,4}$/.test(text.text))
      ports.set(name.slice(0, -'port'.length).toLowerCase(), partsOf(text)(0, text.text.length));
  return ports;
}

/** `--db-host=web` as the value of its flag; other arguments as they are. */
export function flagValue(held: Held): Held {
  const { text } = held;
  const [start = '', name] = /^(--?[\w.-]{1,64})=/.exec(text.text) ?? [];
  return name === undefined ? held : { ...held, name, text: partsOf(text)(start.length, text.text.length) };
}

/** The settings in a text such as `host=db port=5432` or `Server=db;Port=3306`, and in lines of properties. */
export function settingsIn(held: Held): Held[] {
  const { text } = held;
  if (!/(?:host|server|addr) ?=/i.test(text.text)) return [];
  const parts = partsOf(text);
  const settings = text.text.matchAll(/(?<![^\s;"'])([\w.-]{1,64}) ?= ?([^\s;"']{1,253})(?![^\s;"'])/g);
  const inComment = commentsOf(text.text);
  return [...settings].flatMap((match) => {
    const [whole, name = '', value = ''] = match;
    const end = match.index + whole.length;
    return inComment(match.index) ? [] : [{ ...held, name, text: parts(end - value.length, end) }];
  });
}
