/** How esbuild bundles TypeScript that is run at once by Node: tests, scripts, measurements. */
export const nodeBundle = {
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  sourcemap: 'inline',
  packages: 'external',
  logLevel: 'warning',
};
