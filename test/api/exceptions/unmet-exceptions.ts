import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const DOCUMENT = join(import.meta.dirname, '../../../docs/api.md');

/**
 * Exceptions that no call meets here, without their ending, by operation. The documentation tells why, in rows such as
 *
 *     | `InvalidRoleException` | `DeleteApplication`, `DeleteDeploymentGroup` | Nobody assumes … |
 */
export function unmetExceptions(): ReadonlyMap<string, readonly string[]> {
  const unmet = new Map<string, string[]>();
  for (const [, exception = '', operations = ''] of readFileSync(DOCUMENT, 'utf8').matchAll(
    /^\| `(\w+)Exception` +\| ([^|]*)\|/gm,
  )) {
    for (const [, operation = ''] of operations.matchAll(/`(\w+)`/g)) {
      unmet.set(operation, [...(unmet.get(operation) ?? []), exception]);
    }
  }
  return unmet;
}
