/** Time, as the runtime (Node or a browser's worker) measures it. */
import { RAL } from 'vscode-languageserver';

/** How long the server works before it looks for messages, in milliseconds. */
export const SLICE = 10;

/** How long a person must pause in typing before findings are computed, in milliseconds. */
export const EDIT_PAUSE = 120;

/** Lets waiting messages be handled. */
export function breathe(): Promise<void> {
  return new Promise((resolve) => {
    RAL().timer.setImmediate(resolve);
  });
}

/** Work in slices: awaiting the result between its parts lets waiting messages be handled whenever a slice is over. */
export function inSlices(): () => Promise<void> | undefined {
  let ends = Date.now() + SLICE;
  return () =>
    Date.now() < ends
      ? undefined
      : breathe().then(() => {
          ends = Date.now() + SLICE;
        });
}

/** Calls `run` when `wait` milliseconds have passed since the last call. */
export function debounce(run: () => void, wait: number): { readonly call: () => void; readonly cancel: () => void } {
  let timer: { dispose(): void } | undefined;
  const cancel = () => {
    timer?.dispose();
    timer = undefined;
  };
  return {
    cancel,
    call() {
      cancel();
      timer = RAL().timer.setTimeout(() => {
        timer = undefined;
        run();
      }, wait);
    },
  };
}
