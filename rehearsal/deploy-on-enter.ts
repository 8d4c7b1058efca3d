import { createInterface } from 'node:readline';

/**
 * Deploys again at each press of Enter, one deployment at a time, where somebody sits at a terminal.
 * @param deploy what `cdk deploy` would do now
 * @param say hears what comes of it
 * @returns stops listening
 */
export function deployOnEnter(deploy: () => Promise<void>, say: (line: string) => void): () => void {
  if (!process.stdin.isTTY) return () => undefined;
  const terminal = createInterface({ input: process.stdin });
  let isBusy = false;
  const onEnter = async (): Promise<void> => {
    isBusy = true;
    say('Deploying the app again …');
    try {
      await deploy();
      say('The app is deployed.');
    } catch (error) {
      say(error instanceof Error ? error.message : String(error));
    } finally {
      isBusy = false;
    }
  };
  terminal.on('line', () => {
    if (!isBusy) void onEnter();
  });
  return () => {
    terminal.close();
  };
}
