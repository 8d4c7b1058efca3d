import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CommandDesk } from './command-desk.ts';
import { HOST_IDENTIFIER } from './instance-metadata.ts';

/** An agent that runs for the one host of a desk. */
export interface RunningAgent {
  readonly pid: number;
  stop(): Promise<void>;
}

/** How an agent is started: everything it keeps lies below `directory`. */
export type StartAgent = (desk: CommandDesk, directory: string) => RunningAgent;

/** Slipway's agent, as it is shipped. @param executable path of the single executable */
export function slipwayAgent(executable: string): StartAgent {
  return (desk, directory) => {
    const configuration = writeConfiguration(directory, {
      deploy_control_endpoint: desk.url,
      s3_endpoint_override: desk.url,
      root_dir: join(directory, 'deployment-root'),
      log_dir: join(directory, 'log'),
      region: 'us-east-1',
    });
    return running(
      spawn(executable, ['--config', configuration], {
        stdio: 'ignore',
        env: { PATH: process.env['PATH'], AWS_EC2_METADATA_SERVICE_ENDPOINT: desk.url },
      }),
    );
  };
}

/**
 * AWS's agent 1.8, unmodified, from a checkout. Its master process and command line need gems that distributions do not
 * package; this is the child that its master would start, which does all of the work.
 */
export function awsAgent(checkout: string): StartAgent {
  return (desk, directory) => {
    const configuration = writeConfiguration(directory, {
      deploy_control_endpoint: desk.url,
      s3_endpoint_override: desk.url,
      root_dir: join(directory, 'deployment-root'),
      log_dir: join(directory, 'log'),
      pid_dir: join(directory, 'pid'),
      program_name: 'codedeploy-agent',
      wait_between_runs: 0.05, // as often as our desk lets ours poll
      codedeploy_test_profile: 'beta', // takes a plain http endpoint and credentials of the environment
    });
    return running(
      spawn('ruby', ['-e', AWS_AGENT, checkout, configuration], {
        stdio: 'ignore',
        env: {
          PATH: process.env['PATH'],
          AWS_REGION: 'us-east-1',
          AWS_HOST_IDENTIFIER: HOST_IDENTIFIER,
          AWS_ACCESS_KEY_ID: 'benchmark',
          AWS_SECRET_ACCESS_KEY: 'benchmark',
        },
      }),
    );
  };
}

/** The loop of `InstanceAgent::Runner::Child`, without the process manager around it. */
const AWS_AGENT = `
checkout, configuration = ARGV
$LOAD_PATH.unshift(File.join(checkout, 'lib'), *Dir[File.join(checkout, 'vendor', 'gems', '*', 'lib')])
load Dir[File.join(checkout, 'vendor', 'gems', 'process_manager-*', 'lib', 'core_ext.rb')].first
require 'yaml'
require 'instance_agent'
require 'instance_agent/config'
InstanceAgent::Config.init
InstanceAgent::Config.config(YAML.load_file(configuration).transform_keys(&:to_sym))
InstanceAgent::Log.init(File.join(InstanceAgent::Config.config[:log_dir], 'codedeploy-agent.log'))
InstanceAgent::Platform.util = InstanceAgent::LinuxUtil
require 'instance_agent/plugins/codedeploy/register_plugin'
poller = InstanceAgent::Plugins::CodeDeployPlugin::CommandPoller.runner
loop do
  poller.run
  sleep InstanceAgent::Config.config[:wait_between_runs]
end
`;

/** JSON is YAML, and both agents read YAML. */
function writeConfiguration(directory: string, keys: Readonly<Record<string, string | number>>): string {
  for (const name of ['deployment-root', 'log', 'pid']) mkdirSync(join(directory, name), { recursive: true });
  const file = join(directory, 'agent.yml');
  writeFileSync(file, JSON.stringify(keys));
  return file;
}

function running(child: ChildProcess): RunningAgent {
  const { pid } = child;
  if (pid === undefined) throw new Error(`${child.spawnfile} cannot be started`);
  return {
    pid,
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const exit = once(child, 'exit');
      child.kill('SIGKILL');
      await exit;
    },
  };
}
