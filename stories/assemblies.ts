import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Hosts are processes of this machine: the agent is made for it alone, and without a network. */
const REHEARSED = { agentArchitectures: 'native' };

/** Synthesized assemblies of the CDK app, one per revision that a story deploys, in a directory of their own. */
export class Assemblies {
  readonly #directory: string;
  readonly #settings: Readonly<Record<string, string>>;
  readonly #started = new Map<string, Promise<string>>();
  /** One synthesis at a time: a second would only take the processor from the first, and from the fleet. */
  #previous: Promise<unknown> = Promise.resolve();

  private constructor(directory: string, settings: Readonly<Record<string, string>>) {
    this.#directory = directory;
    this.#settings = settings;
  }

  /** @param settings of all assemblies, as `-c` gives them to `cdk deploy` */
  static async create(settings: Readonly<Record<string, string>> = {}): Promise<Assemblies> {
    return new Assemblies(await mkdtemp(join(tmpdir(), 'slipway-assemblies-')), settings);
  }

  /**
   * The assembly whose example fleet declares the revision `samples/<sample>`: what `cdk deploy -c revision=…` would upload.
   * Synthesized once; asking again returns the same directory.
   * @throws Error with the app's own output when synthesis fails
   */
  withRevision(sample: string): Promise<string> {
    const known = this.#started.get(sample);
    if (known) return known;
    // By number: a revision may lie outside of samples/, its assembly must not.
    const outputDirectory = join(this.#directory, String(this.#started.size));
    const synthesis = this.#previous
      .then(() => synthesize(outputDirectory, { ...REHEARSED, ...this.#settings, revision: `samples/${sample}` }))
      .then(() => outputDirectory);
    // Asked for ahead of time, a failure is reported to whoever awaits it, not as an unhandled rejection.
    this.#previous = synthesis.catch(() => undefined);
    this.#started.set(sample, synthesis);
    return synthesis;
  }

  async remove(): Promise<void> {
    await Promise.allSettled(this.#started.values());
    await rm(this.#directory, { recursive: true, force: true });
  }
}

function synthesize(outputDirectory: string, context: Record<string, string>): Promise<void> {
  return new Promise((resolve, reject) => {
    const app = spawn(process.execPath, ['bin/slipway.ts'], {
      env: {
        ...process.env,
        CDK_OUTDIR: outputDirectory,
        CDK_CONTEXT_JSON: JSON.stringify(context),
        // The tests and `cdk deploy` check the templates against CloudFormation's rules; a story need not wait for it again.
        CDK_VALIDATION: 'false',
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    const collect = (chunk: Buffer): void => {
      output += chunk.toString();
    };
    app.stdout.on('data', collect);
    app.stderr.on('data', collect);
    app.on('error', reject);
    app.on('close', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`The CDK app could not be synthesized (exit code ${code}):\n${output.trim()}`));
    });
  });
}
