/** Port numbers, port names and protocols as the core API has them. */
import { portName } from './names';

/** core/v1 Protocol; a field without one means TCP. */
export type Protocol = 'TCP' | 'UDP' | 'SCTP';

export const protocols: readonly Protocol[] = ['TCP', 'UDP', 'SCTP'];

/** The protocol a field holds: TCP when it is unset, undefined when the API server would refuse it. */
export function protocolOf(value: unknown): Protocol | undefined {
  return value === undefined || value === null ? 'TCP' : protocols.find((protocol) => protocol === value);
}

/** The port number a value is: a whole number from 1 to 65535, undefined for anything else. */
export function portNumber(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= 65535 ? value : undefined;
}

/** A port as an IntOrString field names it: its number, or the name it has at the other end. */
export type PortReference = { readonly number: number } | { readonly name: string };

/** What an IntOrString port field holds, or why the API server refuses it, as the end of a sentence. */
export type PortReading = PortReference | { readonly problem: string };

/**
 * Reads an IntOrString port (targetPort, a probe's port, a NetworkPolicy's port). A quoted "80" is a name to the API
 * server, and a name needs a letter, so it is refused (intstr.IntOrString, validation.IsValidPortName).
 */
export function readPort(value: unknown): PortReading {
  if (typeof value === 'number' || typeof value === 'bigint') {
    const number = portNumber(value);
    return number === undefined ? { problem: 'must be a whole number from 1 to 65535' } : { number };
  }
  if (typeof value !== 'string') return { problem: 'must be a port number or a port name' };
  if (/^[0-9]+$/.test(value)) {
    return { problem: `is the text "${value}", which is read as a port name; write the number without quotes` };
  }
  const problem = portName(value);
  return problem === undefined ? { name: value } : { problem };
}
