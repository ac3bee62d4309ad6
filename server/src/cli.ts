/** The entry of the command line: `podpath COMMAND`. */
import { main } from './cli/main';
import { processIo } from './cli/io';

process.exitCode = await main(process.argv.slice(2), processIo());
