import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runAgent } from './agent.ts';
import type { AgentConfig } from './config/agent-config.ts';
import { AgentConfigError, parseConfig } from './config/parse-config.ts';
import { stagingBelow } from './config/staging.ts';
import { errorText, jsonLinesLog } from './log/agent-log.ts';
import type { Log } from './log/agent-log.ts';
import { RotatingFile } from './log/rotating-file.ts';
import { parseOptions, USAGE } from './options.ts';
import { Layout } from './state/layout.ts';
import { readStatus } from './status/read-status.ts';
import { stopOnSignals } from './stop-on-signals.ts';
import { AGENT_VERSION } from './version.ts';

const LOG_ROTATION = { maxBytes: 8 * 1024 * 1024, keep: 8 };
const place = stagingBelow(process.env['DESTDIR']);

/** @returns the exit code: 0 after a stop that was asked for, 1 for a mistake of the person who starts it; or that of a status */
async function main(args: readonly string[]): Promise<number> {
  const options = parseOptions(args);
  switch (options.action) {
    case 'help':
      process.stdout.write(USAGE);
      return 0;
    case 'version':
      process.stdout.write(`${AGENT_VERSION}\n`);
      return 0;
    case 'status':
      return tellStatus(readConfig(place(options.configFile)));
    case 'run':
      await run(readConfig(place(options.configFile)));
      return 0;
  }
}

async function run(config: AgentConfig): Promise<void> {
  const log = openLog(config);
  // A service works from the root directory; relative paths of an AppSpec count from there.
  process.chdir(place('/'));
  const signals = stopOnSignals(config.killAgentMaxWaitTimeSeconds * 1000, log);
  // The path of the endpoint may hold a secret.
  log.info('agent starts', { version: AGENT_VERSION, commandService: config.deployControlEndpoint.origin });
  await runAgent({ config, env: process.env, place, log, ...signals });
  log.info('agent ends');
}

async function tellStatus(config: AgentConfig): Promise<number> {
  const layout = new Layout(config.rootDir, config.ongoingDeploymentTracking);
  const { text, exitCode } = await readStatus(layout.agentStatus(), Date.now());
  process.stdout.write(text);
  return exitCode;
}

function readConfig(file: string): AgentConfig {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new AgentConfigError(`The config file ${file} does not exist or is not readable`, { cause: error });
  }
  try {
    return parseConfig(text, place);
  } catch (error) {
    throw new AgentConfigError(
      `An error occurred loading the agent config file at ${file}. Error message: ${errorText(error)}`,
      { cause: error },
    );
  }
}

/** Every line goes to the service's journal and to a file that stays on the host. */
function openLog(config: AgentConfig): Log {
  const file = new RotatingFile(join(config.logDir, 'slipway-agent.log'), LOG_ROTATION);
  process.stdout.on('error', () => undefined); // nobody listens any more
  return jsonLinesLog(
    (line) => {
      process.stdout.write(line);
      file.append(line);
    },
    { verbose: config.verbose },
  );
}

main(process.argv.slice(2)).then(
  (code) => {
    process.exit(code);
  },
  (error: unknown) => {
    process.stderr.write(`slipway-agent: ${error instanceof AgentConfigError ? error.message : errorText(error)}\n`);
    process.exit(1);
  },
);
