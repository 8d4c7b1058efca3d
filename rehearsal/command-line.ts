import { parseArgs } from 'node:util';
import { DISKS_OPTIONS } from './hosts/disks/choose-disks.ts';
import type { RehearsalOptions } from './rehearsal.ts';

/** The port that `npm run up` takes unless told otherwise. */
const DEFAULT_PORT = 4580;

export type UpOptions = Required<Pick<RehearsalOptions, 'port' | 'speed' | 'hosts' | 'disks'>> & {
  /** Whether AWS's quotas on how often things are done hold. */
  readonly throttles: 'aws' | 'none';
  /** Undefined: synthesize the app of this repository. */
  readonly assembly: string | undefined;
  /** Form in which the app of this repository publishes its agent. */
  readonly agent: 'native' | 'script';
  /** Instances install it in place of ours; with a given assembly, where its user data says so. */
  readonly awsAgent?: string;
};

export const USAGE = `npm run up [-- options]

  --port N          where the cloud listens on loopback (default ${DEFAULT_PORT})
  --speed N         how many times faster than the wall its time passes (default 1)
  --hosts KIND      processes: instances are real processes; simulated: only their agents' voices (default processes)
  --disks KIND      overlay: an instance sees a copy-on-write view of this machine; directory: a plain directory,
                    found in DESTDIR; auto: overlay where the kernel allows it (default auto)
  --throttles KIND  aws: its quotas on calls, state transitions and functions at once hold; none (default none)
  --agent FORM      script: the agent's bundle, run by the Node that all instances share; native: the executable that
                    ships, which takes 40 MiB more memory and 109 MB of disk for each instance (default script)
  --aws-agent DIR   instances run AWS's own agent, a checkout of its version 1.8 (docs/aws-agent.md)
  --assembly DIR    what cdk synth wrote (default: synthesize the app of this repository)`;

/** @throws Error naming the argument and what it should be */
export function readCommandLine(argv: readonly string[]): UpOptions | 'help' {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      port: { type: 'string', default: String(DEFAULT_PORT) },
      speed: { type: 'string', default: '1' },
      hosts: { type: 'string', default: 'processes' },
      disks: { type: 'string', default: 'auto' },
      agent: { type: 'string', default: 'script' },
      throttles: { type: 'string', default: 'none' },
      'aws-agent': { type: 'string' },
      assembly: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return 'help';
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 0 || port > 65535)
    throw new Error(`--port ${values.port} is no port: give 0 to 65535`);
  const speed = Number(values.speed);
  if (!(speed > 0 && speed < Infinity)) throw new Error(`--speed ${values.speed} is no speed: give a positive number`);
  const { hosts, agent, assembly, throttles, 'aws-agent': awsAgent } = values;
  if (hosts !== 'processes' && hosts !== 'simulated')
    throw new Error(`--hosts ${hosts} is not known: give processes or simulated`);
  if (agent !== 'native' && agent !== 'script') throw new Error(`--agent ${agent} is not known: give native or script`);
  if (throttles !== 'aws' && throttles !== 'none')
    throw new Error(`--throttles ${throttles} is not known: give aws or none`);
  const disks = DISKS_OPTIONS.find((option) => option === values.disks);
  if (!disks) throw new Error(`--disks ${values.disks} is not known: give ${DISKS_OPTIONS.join(', ')}`);
  return { port, speed, hosts, disks, throttles, agent, assembly, ...(awsAgent !== undefined && { awsAgent }) };
}
