import type { CodeDeployClient } from '@aws-sdk/client-codedeploy';

/** Notes how long each call of a client takes from now on, in wall milliseconds by operation; refused ones are not. */
export function noteLatencies(client: CodeDeployClient): ReadonlyMap<string, readonly number[]> {
  const latencies = new Map<string, number[]>();
  client.middlewareStack.add(
    (next, { commandName = '' }) =>
      async (args) => {
        const from = performance.now();
        const result = await next(args);
        const operation = commandName.replace(/Command$/, '');
        latencies.set(operation, [...(latencies.get(operation) ?? []), performance.now() - from]);
        return result;
      },
    { step: 'initialize', priority: 'high' },
  );
  return latencies;
}
