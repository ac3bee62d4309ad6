/** The language server as a process. Its arguments say how it is spoken to: --stdio, --node-ipc or --socket=PORT. */
import { createConnection } from 'vscode-languageserver/node';
import { diskFiles } from './files/disk';
import { byScheme } from './files/by-scheme';
import { servedFiles } from './files/served';
import { fileClient } from './lsp/client-files';
import { startServer } from './lsp/server';

const connection = createConnection();
const disk = diskFiles((uri, message) => connection.console.warn(`${uri} ${message}`));
startServer(connection, byScheme(disk, servedFiles(fileClient(connection))));
