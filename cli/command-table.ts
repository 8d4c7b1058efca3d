import type { Command } from './command.ts';

interface Entry {
  /** One line for `slipway --help`. */
  readonly summary: string;
  /** Loads the command when it is wanted: `--help` and slips of the pen need none of them. */
  readonly load: () => Promise<Command>;
}

/** The commands by name, in the order in which help lists them. */
export const COMMANDS: ReadonlyMap<string, Entry> = new Map([
  [
    'deploy',
    {
      summary: 'deploy a revision and follow the deployment',
      load: async () => (await import('./commands/deploy.ts')).deploy,
    },
  ],
  [
    'status',
    {
      summary: 'tell how a deployment or a deployment group stands',
      load: async () => (await import('./commands/status.ts')).status,
    },
  ],
  [
    'stop',
    {
      summary: 'stop a running deployment',
      load: async () => (await import('./commands/stop.ts')).stop,
    },
  ],
  [
    'rollback',
    {
      summary: 'deploy the revision that last worked',
      load: async () => (await import('./commands/rollback.ts')).rollback,
    },
  ],
  [
    'resume',
    {
      summary: 'let launches go on that are held, or revisions that failed',
      load: async () => (await import('./commands/resume.ts')).resume,
    },
  ],
  [
    'doctor',
    {
      summary: 'find what is wrong with hooks, and mend it',
      load: async () => (await import('./commands/doctor.ts')).doctor,
    },
  ],
  [
    'explain',
    {
      summary: 'tell the story of a host, or of a deployment',
      load: async () => (await import('./commands/explain.ts')).explain,
    },
  ],
  [
    'list',
    {
      summary: 'list applications, groups, revisions, deployments',
      load: async () => (await import('./commands/list.ts')).list,
    },
  ],
  [
    'logs',
    {
      summary: 'show what hook scripts printed',
      load: async () => (await import('./commands/logs.ts')).logs,
    },
  ],
  [
    'validate',
    {
      summary: 'check a revision before it is uploaded',
      load: async () => (await import('./commands/validate.ts')).validate,
    },
  ],
  [
    'local',
    {
      summary: "run a revision's lifecycle events on this machine",
      load: async () => (await import('./commands/local.ts')).local,
    },
  ],
  [
    'proxy',
    {
      summary: 'let CodeDeploy clients use the engine',
      load: async () => (await import('./commands/proxy.ts')).proxy,
    },
  ],
  [
    'up',
    {
      summary: 'play a synthesized app on this machine',
      load: async () => (await import('./commands/up.ts')).up,
    },
  ],
  [
    'rehearse',
    {
      summary: 'tell the story of a fleet on this machine',
      load: async () => (await import('./commands/rehearse.ts')).rehearse,
    },
  ],
]);
