/**
 * Repeats `attempt` until it returns something other than undefined or false, and returns that.
 * An attempt that throws counts as not yet; after `seconds` the last error (or `what` was waited for) is thrown.
 */
export async function eventually<T>(
  what: string,
  attempt: () => Promise<T | undefined | false>,
  seconds = 20,
): Promise<T> {
  const end = Date.now() + seconds * 1000;
  let reason = '';
  for (;;) {
    try {
      const result = await attempt();
      if (result !== undefined && result !== false) return result;
    } catch (error) {
      reason = `: ${error instanceof Error ? error.message : String(error)}`;
    }
    if (Date.now() > end) throw new Error(`waited ${seconds} s for ${what}${reason}`);
    await new Promise((next) => setTimeout(next, 50));
  }
}
