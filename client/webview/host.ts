// The other end: VS Code, or nothing where the page stands alone in a browser.
import type { View } from './anchor';
import type { Filter } from './filter';
import type { ToHost, ToView } from './protocol';

/** What survives while the panel is hidden. */
export interface Kept {
  readonly filter?: Filter;
  readonly query?: string;
  readonly selected?: string | null;
  readonly view?: View;
}

interface VsCodeApi {
  postMessage(message: ToHost): void;
  getState(): unknown;
  setState(state: Kept): void;
}

declare const acquireVsCodeApi: (() => VsCodeApi) | undefined;

export interface Host {
  readonly post: (message: ToHost) => void;
  readonly kept: () => Kept;
  readonly keep: (state: Kept) => void;
  readonly onMessage: (listener: (message: ToView) => void) => void;
}

export function connect(): Host {
  const api = typeof acquireVsCodeApi === 'function' ? acquireVsCodeApi() : undefined;
  return {
    post: (message) => api?.postMessage(message),
    kept: () => api?.getState() ?? {},
    keep: (state) => api?.setState(state),
    onMessage: (listener) => {
      addEventListener('message', ({ data }: MessageEvent<unknown>) => {
        if (typeof data === 'object' && data !== null && 'type' in data) listener(data as ToView);
      });
    },
  };
}
