import type { InProcess } from '../engine/clients.ts';

/** Operations that only look, and those of which the story tells otherwise. */
const UNTOLD = /^(Describe|RecordLifecycleActionHeartbeat|CompleteLifecycleAction)/;

/** The same operations, which tell what they are asked for and what they refuse. */
export function told(operations: InProcess, tell: (line: string) => void): InProcess {
  return Object.fromEntries(
    Object.entries(operations).map(([name, operation]) => [
      name,
      UNTOLD.test(name) ? operation : (input) => telling(name, operation, input, tell),
    ]),
  );
}

async function telling(
  name: string,
  operation: (input: Record<string, unknown>) => Promise<unknown>,
  input: Record<string, unknown>,
  tell: (line: string) => void,
): Promise<unknown> {
  try {
    const answer = operation(input);
    tell(`${name} ${JSON.stringify(input)}`);
    return await answer;
  } catch (error) {
    tell(`${name} refused: ${String(error)}`);
    throw error;
  }
}
