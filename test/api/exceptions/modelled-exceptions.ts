import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const COMMANDS = join(
  dirname(fileURLToPath(import.meta.resolve('@aws-sdk/client-codedeploy'))),
  '../dist-types/commands',
);
const ENDING = 'Command.d.ts';

/**
 * Exceptions of CodeDeploy's operations, without their ending. The client keeps them nowhere but in its documentation:
 *
 *     * @throws {@link DeploymentDoesNotExistException} (client fault)
 */
export function modelledExceptions(): ReadonlyMap<string, readonly string[]> {
  const files = readdirSync(COMMANDS).filter((file) => file.endsWith(ENDING));
  return new Map(files.map((file) => [file.slice(0, -ENDING.length), exceptionsIn(join(COMMANDS, file))]));
}

function exceptionsIn(file: string): readonly string[] {
  const names = [...readFileSync(file, 'utf8').matchAll(/@throws \{@link (\w+)Exception\} \(/g)];
  return names.map(([, name = '']) => name).sort();
}
