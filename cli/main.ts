#!/usr/bin/env node
import { runCommandLine } from './run-command-line.ts';
import { processTerminal } from './terminal.ts';

// Whoever reads our output may stop early, as `head` does.
process.stdout.on('error', () => undefined);
process.exitCode = await runCommandLine(process.argv.slice(2), processTerminal(process));
