import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** Synthesizes the app of this repository into a directory. @throws Error with the app's own words */
export async function synthesize(outputDirectory: string): Promise<void> {
  const app = spawn(process.execPath, ['bin/slipway.ts'], {
    env: { ...process.env, CDK_OUTDIR: outputDirectory },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const words: Buffer[] = [];
  for (const stream of [app.stdout, app.stderr]) stream.on('data', (chunk: Buffer) => words.push(chunk));
  const [code] = (await once(app, 'close')) as [number | null];
  if (code !== 0) throw new Error(`The app could not be synthesized:\n${Buffer.concat(words).toString().trim()}`);
}
