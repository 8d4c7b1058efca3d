/**
 * The name that someone most likely meant, for "did you mean".
 * @returns undefined when none is near: at most a third of the letters may differ
 */
export function nearestName(written: string, known: Iterable<string>): string | undefined {
  const byDistance = [...known]
    .map((name) => ({ name, distance: editDistance(folded(written), folded(name)) }))
    .sort((one, other) => one.distance - other.distance);
  const [nearest] = byDistance;
  return nearest && nearest.distance <= Math.max(1, Math.floor(nearest.name.length / 3)) ? nearest.name : undefined;
}

/** `run_as`, `runAs` and `runas` are the same slip. */
function folded(name: string): string {
  return name.toLowerCase().replaceAll(/[-_ ]/g, '');
}

/** Insertions, deletions and replacements that lead from one text to the other. */
function editDistance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (const [rowIndex, letter] of [...from].entries()) {
    const above = row;
    row = [rowIndex + 1];
    for (let index = 0; index < to.length; index += 1) {
      const replaced = (above[index] ?? 0) + (letter === to[index] ? 0 : 1);
      row.push(Math.min(replaced, (above[index + 1] ?? 0) + 1, (row[index] ?? 0) + 1));
    }
  }
  return row[to.length] ?? 0;
}
