import { spawn } from 'node:child_process';
import { once } from 'node:events';

/**
 * Synthesizes the app of this repository into a directory.
 * @param settings as `-c` gives them to `cdk deploy`
 * @throws Error with the app's own words
 */
export async function synthesize(outputDirectory: string, settings: Readonly<Record<string, string>>): Promise<void> {
  const app = spawn(process.execPath, ['bin/slipway.ts'], {
    env: {
      ...process.env,
      CDK_OUTDIR: outputDirectory,
      CDK_CONTEXT_JSON: JSON.stringify(settings),
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const words: Buffer[] = [];
  for (const stream of [app.stdout, app.stderr]) stream.on('data', (chunk: Buffer) => words.push(chunk));
  const [code] = (await once(app, 'close')) as [number | null];
  if (code !== 0) throw new Error(`The app could not be synthesized:\n${Buffer.concat(words).toString().trim()}`);
}
