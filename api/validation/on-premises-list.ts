import type { ListOnPremisesInstancesInput, TagFilter as GivenFilter } from '@aws-sdk/client-codedeploy';

import { isSelected, type TagFilter } from '../../core/fleet/tag-filter.ts';
import { isRegistered, type OnPremisesInstance } from '../../core/on-premises/on-premises-instance.ts';
import { InvalidRegistrationStatus, InvalidTagFilter } from '../errors/on-premises-errors.ts';

type IsListed = (instance: OnPremisesInstance) => boolean;

/**
 * Which on-premises instances are meant: all of a registration status, with a tag that any filter matches.
 * @throws InvalidRegistrationStatus, InvalidTagFilter
 */
export function checkInstanceFilter({ registrationStatus, tagFilters = [] }: ListOnPremisesInstancesInput): IsListed {
  const hasStatus = checkStatus(registrationStatus);
  const filters = tagFilters.map(checkTagFilter);
  return (instance) => hasStatus(instance) && (filters.length === 0 || isSelected({ filters }, instance.tags));
}

function checkStatus(registrationStatus: string | undefined): IsListed {
  if (!registrationStatus) return () => true;
  if (registrationStatus === 'Registered') return isRegistered;
  if (registrationStatus === 'Deregistered') return (instance) => !isRegistered(instance);
  throw new InvalidRegistrationStatus(registrationStatus);
}

function checkTagFilter({ Key, Value, Type }: GivenFilter): TagFilter {
  if (Type === 'KEY_ONLY' && Key && !Value) return { Type, Key };
  if (Type === 'VALUE_ONLY' && !Key && Value) return { Type, Value };
  if (Type === 'KEY_AND_VALUE' && Key && Value) return { Type, Key, Value };
  throw new InvalidTagFilter(
    `The tag filter ${JSON.stringify({ Key, Value, Type })} is not valid: ` +
      'KEY_ONLY takes a Key, VALUE_ONLY a Value, KEY_AND_VALUE both',
  );
}
