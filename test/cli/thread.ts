/** The command line in a thread: takes orders from a port, answers there, and wakes who waits. */
import type { MessagePort } from 'node:worker_threads';
import { workerData } from 'node:worker_threads';
import { asMessage } from '../../server/src/cli/io';
import { main } from '../../server/src/cli/main';

/** A command to run. `done` is woken when its outcome is on the port. */
export interface Order {
  readonly cwd: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly done: Int32Array<SharedArrayBuffer>;
}

const port = workerData as MessagePort;

port.on('message', ({ cwd, args, env, done }: Order) => {
  let out = '';
  let messages = '';
  const io = {
    cwd,
    env,
    terminal: false,
    columns: undefined,
    out: (text: string) => void (out += text),
    message: (line: string) => void (messages += asMessage(line)),
    progress: undefined,
  };
  void main(args, io).then((code) => {
    port.postMessage({ code, out, messages });
    Atomics.store(done, 0, 1);
    Atomics.notify(done, 0);
  });
});
