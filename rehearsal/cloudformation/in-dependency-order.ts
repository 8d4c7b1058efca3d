/**
 * Runs `task` for every id as early as its dependencies allow, in parallel.
 * After the first failure nothing new starts; what runs is awaited, then the failure is thrown.
 * @throws Error naming the members of a cycle, before anything runs
 */
export async function inDependencyOrder(
  ids: readonly string[],
  dependenciesOf: (id: string) => readonly string[],
  task: (id: string) => Promise<void>,
): Promise<void> {
  assertNoCycle(ids, dependenciesOf);
  const runs = new Map<string, Promise<void>>();
  const failures: unknown[] = [];

  const run = (id: string): Promise<void> => {
    const known = runs.get(id);
    if (known) return known;
    const started = Promise.all(
      dependenciesOf(id)
        .filter((other) => ids.includes(other))
        .map(run),
    ).then(async () => {
      if (failures.length > 0) return;
      await task(id).catch((failure: unknown) => failures.push(failure));
    });
    runs.set(id, started);
    return started;
  };

  await Promise.all(ids.map(run));
  if (failures.length > 0) throw failures[0];
}

function assertNoCycle(ids: readonly string[], dependenciesOf: (id: string) => readonly string[]): void {
  const done = new Set<string>();
  const visit = (id: string, path: readonly string[]): void => {
    if (path.includes(id)) throw new Error(`Circular dependency between resources: [${[...path, id].join(' → ')}]`);
    if (done.has(id)) return;
    for (const dependency of dependenciesOf(id)) visit(dependency, [...path, id]);
    done.add(id);
  };
  for (const id of ids) visit(id, []);
}
