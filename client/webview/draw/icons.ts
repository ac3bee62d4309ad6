// Signs on a field of 16 by 16, as line drawings.
import type { Layer } from '../protocol';

export const layerIcons: Readonly<Record<Layer, string>> = {
  // A globe.
  external:
    'M8 1.75a6.25 6.25 0 1 0 0 12.5a6.25 6.25 0 1 0 0-12.5M1.75 8h12.5M8 1.75c2.3 1.9 3 4 3 6.25s-.7 4.35-3 6.25c-2.3-1.9-3-4-3-6.25s.7-4.35 3-6.25',
  // An arrow through a door.
  edge: 'M7 2.5h5.5a1 1 0 0 1 1 1v9a1 1 0 0 1-1 1H7M1.75 8h8M7 5l3 3-3 3',
  // One point that fans out to three.
  service:
    'M4.5 8L11.5 3.5M4.5 8h7M4.5 8l7 4.5M3 6.5a1.5 1.5 0 1 0 0 3a1.5 1.5 0 1 0 0-3M13 2.2v2.6M13 6.7v2.6M13 11.2v2.6',
  // A box.
  workload: 'M8 1.75l5.5 3v6.5L8 14.25l-5.5-3v-6.5zM2.5 4.75L8 7.75l5.5-3M8 7.75v6.5',
  // A shield.
  policy: 'M8 1.75l5 1.75v4c0 3.2-2 5.6-5 6.75c-3-1.15-5-3.55-5-6.75v-4zM5.75 8l1.6 1.6L10.4 6.5',
  // A page.
  config: 'M4 1.75h5.25L12.5 5v9.25h-8.5zM9.25 1.75V5h3.25M6 8h4.5M6 10.75h4.5',
};

export const layerNames: Readonly<Record<Layer, string>> = {
  external: 'Outside',
  edge: 'Entry points',
  service: 'Services',
  workload: 'Workloads',
  policy: 'Policies',
  config: 'Settings',
};

export const signs = {
  search: 'M7 2.25a4.75 4.75 0 1 0 0 9.5a4.75 4.75 0 1 0 0-9.5M10.5 10.5l3.5 3.5',
  close: 'M3.5 3.5l9 9M12.5 3.5l-9 9',
  plus: 'M8 2.75v10.5M2.75 8h10.5',
  minus: 'M2.75 8h10.5',
  fit: 'M2.5 5.5v-3h3M10.5 2.5h3v3M13.5 10.5v3h-3M5.5 13.5h-3v-3M6 6h4v4h-4z',
  up: 'M3.5 10L8 5.5l4.5 4.5',
  down: 'M3.5 6L8 10.5l4.5-4.5',
  warning: 'M8 2L14.5 13.5h-13zM8 6.25v3.5M8 11.5v.4',
  open: 'M9 2.5h4.5V7M13.5 2.5L7.5 8.5M6.5 3h-3.5a.5.5 0 0 0-.5.5v9.500a.5.5 0 0 0 .5.5h9.500a.5.5 0 0 0 .5-.5V9.500',
} as const;
