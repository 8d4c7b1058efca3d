import type { Clock } from '../../rehearsal/clock.ts';
import { Journal } from '../../rehearsal/journal.ts';
import type { BusEvent, Ground } from '../../rehearsal/part.ts';
import type { Permissions } from '../../rehearsal/permissions/permissions.ts';
import { NO_THROTTLES } from '../../rehearsal/throttles/throttles.ts';
import { Policies } from '../../rehearsal/permissions/policies.ts';

export const REGION = 'us-east-1';
export const ACCOUNT_ID = '111122223333';

/** Who may do what is tried by rehearsals, which know the templates. */
const EVERYTHING_ALLOWED: Permissions = {
  policies: new Policies(),
  refusal: () => Promise.resolve(undefined),
  refusals: [],
  usage: () => [],
};

/** A ground without an endpoint: whoever would call one here has not been brought into this process. */
export function groundWithoutEndpoint(clock: Clock, emit: (event: BusEvent) => void): Ground {
  const missing = (what: string) => (): never => {
    throw new Error(`There is no ${what} in a life of chaos`);
  };
  return {
    region: REGION,
    accountId: ACCOUNT_ID,
    clock,
    journal: new Journal(() => clock.now()),
    credentials: { assumeRole: missing('credentials'), actAs: missing('credentials') },
    permissions: EVERYTHING_ALLOWED,
    throttles: NO_THROTTLES,
    endpoint: missing('endpoint'),
    emit,
    get directory(): never {
      return missing('directory')();
    },
  };
}
