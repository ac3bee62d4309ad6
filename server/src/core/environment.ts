/** What a bundle is chosen by and called: its folder, and where several deployments apply that, which of them. */

/** A bundle as it is chosen. */
export interface Chosen {
  readonly folder: string;
  /** Its folder, with the label where there is one. */
  readonly environment: string;
}

/** The URI of a folder, with a label behind a question mark. */
export function environmentOf(folder: string, label: string | undefined): string {
  return label === undefined ? folder : `${folder}?${encodeURIComponent(label)}`;
}

/** `apps/web`, `apps/web (Kustomization staging)`; `path` says how folders are called. */
export function environmentName(environment: string, path: (folder: string) => string): string {
  const { folder, label } = environmentParts(environment);
  return label === undefined ? path(folder) : `${path(folder)} (${label})`;
}

/** The folder, and which deployment of it. */
export function environmentParts(environment: string): { readonly folder: string; readonly label: string | undefined } {
  const [folder = '', label] = environment.split('?');
  return { folder, label: label === undefined ? undefined : decodeURIComponent(label) };
}

/** True for the bundle that is chosen, and for all bundles of a chosen folder. */
export function isChosen({ folder, environment }: Chosen, chosen: string | undefined): boolean {
  return chosen === environment || chosen === folder;
}
