/** The API group of an apiVersion: `apps/v1` is in `apps`, `v1` in the core group `''`. */
export function groupOf(apiVersion: string): string {
  const slash = apiVersion.lastIndexOf('/');
  return slash < 0 ? '' : apiVersion.slice(0, slash);
}
