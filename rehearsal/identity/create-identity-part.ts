import type { Ground, Part } from '../part.ts';
import { iam } from './iam.ts';
import { identityTypes } from './identity-types.ts';
import { RoleRegister } from './role-register.ts';
import { sts } from './sts.ts';

/** Who is who: STS, IAM's roles and instance profiles. */
export function createIdentityPart(ground: Ground): Part {
  const { accountId, clock, credentials } = ground;
  const register = new RoleRegister({ accountId, now: () => clock.now() });
  return {
    services: [sts(credentials), iam(register)],
    resourceTypes: identityTypes(register, ground),
    close: () => Promise.resolve(),
  };
}
