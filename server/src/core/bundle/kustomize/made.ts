/** Values that a build makes, and values that it changes. */
import type { Entry, ListValue, MapValue, Origin, Scalar, ScalarStyle, Span, Value } from '../../value';

/** A place that is written there, but not as this value. */
export function derived(at: Span, ...via: readonly Span[]): Origin {
  const { uri, start, end } = at;
  const spans = via.map((span) => ({ uri: span.uri, start: span.start, end: span.end }));
  return spans.length > 0 ? { uri, start, end, verbatim: false, via: spans } : { uri, start, end, verbatim: false };
}

/** The spans that a value stands for: its own and those that changed it. */
export function spansOf({ uri, start, end, via = [] }: Origin): readonly Span[] {
  return [{ uri, start, end }, ...via];
}

export function text(value: string, origin: Origin): Scalar {
  return { type: 'scalar', value, text: value, style: 'double', origin };
}

/** The scalar as text, whatever it would be read as. */
export function asText(scalar: Scalar): Scalar {
  return typeof scalar.value === 'string' && scalar.value === scalar.text ? scalar : { ...scalar, value: scalar.text };
}

/** What stands for a value where texts are wanted: its text, and an empty one for what has none. */
export function textual(value: Value): Scalar {
  return value.type === 'scalar' ? asText(value) : text('', derived(value.origin));
}

export function map(entries: readonly Entry[], origin: Origin): MapValue {
  return { type: 'map', entries, flow: false, origin };
}

export function list(items: readonly Value[], origin: Origin): ListValue {
  return { type: 'list', items, flow: false, origin };
}

/** A text that a transformer has written: it has no type before it is read again, so another text may give it one. */
interface Untyped extends Scalar {
  readonly untyped: true;
}

export function untyped(value: Scalar['value'], text: string, origin: Origin): Untyped {
  return { type: 'scalar', value, text, style: 'plain', origin, untyped: true };
}

export function isUntyped(scalar: Scalar): boolean {
  return 'untyped' in scalar;
}

/** The text of a scalar changed by what stands at `by`; where it was written stays the place of the edit. */
export function changedText(old: Scalar, value: string, ...by: readonly Span[]): Scalar {
  const { uri, start, end, via = [] } = old.origin;
  return untyped(value, value, derived({ uri, start, end }, ...by, ...via));
}

/** A value written over another: the last writer is the place of the edit, the other one is on the way. */
export function written(value: Value, over: Value | undefined): Value {
  if (over === undefined || value === over) return value;
  const { origin } = value;
  return { ...value, origin: { ...origin, via: [...(origin.via ?? []), ...spansOf(over.origin)] } };
}

/** A scalar that the real tool holds in another style than it is written in. */
interface Restyled extends Scalar {
  readonly held: ScalarStyle;
}

/** How the real tool writes the scalar. */
export function styleOf(scalar: Scalar): ScalarStyle {
  return 'held' in scalar ? (scalar as Restyled).held : scalar.style;
}

/** The scalar in the style that the real tool holds it in. */
export function held(scalar: Scalar, style: ScalarStyle): Scalar {
  if (styleOf(scalar) === style) return scalar;
  const restyled: Restyled = { ...scalar, held: style };
  return restyled;
}

/** A value written over another, which leaves its quotes: a number over a quoted text is a text. */
export function writtenInto(value: Value, over: Value | undefined): Value {
  const result = written(value, over);
  if (result.type !== 'scalar' || over?.type !== 'scalar' || isNull(over)) return result;
  const style = styleOf(over);
  return held(style === 'plain' ? result : asText(result), style);
}

/** True for null and for what is not there. */
export function isNull(value: Value | undefined): boolean {
  return value === undefined || (value.type === 'scalar' && value.value === null);
}
