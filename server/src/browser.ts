/// <reference lib="webworker" />
/** The language server in a browser's worker: the editor reads the files. */
import { BrowserMessageReader, BrowserMessageWriter, createConnection } from 'vscode-languageserver/browser';
import { servedFiles } from './files/served';
import { fileClient } from './lsp/client-files';
import { startServer } from './lsp/server';

const worker = self as DedicatedWorkerGlobalScope;
const connection = createConnection(new BrowserMessageReader(worker), new BrowserMessageWriter(worker));
startServer(connection, servedFiles(fileClient(connection)));
