/** Every handler runs in a guard: what it throws is logged with the method's name, and the server goes on. */

/** Told of what was thrown, and where. */
export type LogError = (where: string, error: unknown) => void;

/** A handler of what a client sent. Its parameters are unchecked: the type says what well-behaved clients send. */
export type Handle = (params: never) => unknown;

/** `handle`, answering null where it throws or its promise is rejected. */
export function guarded(where: string, log: LogError, handle: Handle): (params: unknown) => unknown {
  const failed = (error: unknown) => {
    log(where, error);
    return null;
  };
  return (params) => {
    try {
      const result = handle(params as never);
      return result instanceof Promise ? result.catch(failed) : result;
    } catch (error) {
      return failed(error);
    }
  };
}

/** Lets something go on alone; what it is rejected with is logged. */
export function unawaited(where: string, log: LogError, promise: Promise<unknown>): void {
  promise.catch((error: unknown) => {
    log(where, error);
  });
}

/** What was thrown, with its stack. */
export function errorText(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
