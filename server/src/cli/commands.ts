/** All commands, in the order in which the help lists them. */
import { check } from './check';
import type { Command } from './command';
import { connections } from './connections';
import { endpoints } from './endpoints';
import { lsp } from './lsp';
import { render } from './render';
import { resolve } from './resolve';
import { topology } from './topology';
import { trace } from './trace';

export const commands: readonly Command[] = [check, endpoints, connections, trace, resolve, topology, render, lsp];
