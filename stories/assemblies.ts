import { spawn } from 'node:child_process';
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';

const REHEARSED = {
  /** Hosts are processes of this machine: the agent is made for it alone, and without a network. */
  agentArchitectures: 'native',
  /** A minute is a second or less, and booting takes no less than ever: nobody is to be taken for silent by chance. */
  silenceMinutes: '60',
};

const SAMPLES = resolve(import.meta.dirname, '../samples');
const APP = 'bin/slipway.ts';

/** Synthesized assemblies of a CDK app, one per revision that a story deploys, in a directory of their own. */
export class Assemblies {
  readonly #directory: string;
  readonly #settings: Readonly<Record<string, string>>;
  readonly #app: string;
  readonly #started = new Map<string, Promise<string>>();
  /** One synthesis at a time: a second would only take the processor from the first, and from the fleet. */
  #previous: Promise<unknown> = Promise.resolve();

  private constructor(directory: string, settings: Readonly<Record<string, string>>, app: string) {
    this.#directory = directory;
    this.#settings = settings;
    this.#app = app;
  }

  /**
   * @param settings of all assemblies, as `-c` gives them to `cdk deploy`
   * @param app the program that synthesizes, from the project's root
   */
  static async create(settings: Readonly<Record<string, string>> = {}, app = APP): Promise<Assemblies> {
    return new Assemblies(await mkdtemp(join(tmpdir(), 'slipway-assemblies-')), settings, app);
  }

  /**
   * The assembly whose example fleet declares the revision `samples/<sample>`: what `cdk deploy -c revision=…` would upload.
   * Synthesized once; asking again returns the same directory.
   * @param settings of this assembly, beside those of all
   * @throws Error with the app's own output when synthesis fails
   */
  withRevision(sample: string, settings: Readonly<Record<string, string>> = {}): Promise<string> {
    const key = JSON.stringify([sample, settings]);
    const known = this.#started.get(key);
    if (known) return known;
    // By number: a revision may lie outside of samples/, its assembly must not.
    const outputDirectory = join(this.#directory, String(this.#started.size));
    const synthesis = this.#previous
      .then(() =>
        synthesize(this.#app, outputDirectory, {
          ...REHEARSED,
          ...this.#settings,
          ...settings,
          revision: `samples/${sample}`,
        }),
      )
      .then(() => outputDirectory);
    // Asked for ahead of time, a failure is reported to whoever awaits it, not as an unhandled rejection.
    this.#previous = synthesis.catch(() => undefined);
    this.#started.set(key, synthesis);
    return synthesis;
  }

  /** The assembly whose example fleet declares this sample as another version of itself. */
  async withVersion(sample: string, version: string, settings: Readonly<Record<string, string>> = {}): Promise<string> {
    const copy = join(this.#directory, `${sample}-${version}`);
    await cp(join(SAMPLES, sample), copy, { recursive: true });
    await writeFile(join(copy, 'VERSION'), `${version}\n`);
    return this.withRevision(relative(SAMPLES, copy), settings);
  }

  async remove(): Promise<void> {
    await Promise.allSettled(this.#started.values());
    await rm(this.#directory, { recursive: true, force: true });
  }
}

function synthesize(program: string, outputDirectory: string, context: Record<string, string>): Promise<void> {
  return new Promise((resolve, reject) => {
    const app = spawn(process.execPath, [program], {
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
