import type { EC2TagFilter, TagFilter as OnPremisesTagFilter } from '@aws-sdk/client-codedeploy';

import type { TagFilter } from '../../../core/fleet/tag-filter.ts';
import { InvalidSetting, type SettingCode } from '../../errors/group-settings-errors.ts';

/** Filters for the tags of one kind of instance, as they may be given: a flat list, or a list of lists. */
export interface GivenFilters {
  readonly filters: readonly (EC2TagFilter | OnPremisesTagFilter)[] | undefined;
  readonly tagSet: readonly (readonly (EC2TagFilter | OnPremisesTagFilter)[])[] | undefined;
}

export interface CheckedFilters {
  readonly filters?: readonly TagFilter[];
  readonly tagSet?: readonly (readonly TagFilter[])[];
}

/** Exceptions for one kind of instance. */
export interface FilterCodes {
  readonly filter: SettingCode;
  readonly combination: SettingCode;
}

const MOST_TAG_GROUPS = 3;
const MOST_FILTERS = 10;
const [LONGEST_KEY, LONGEST_VALUE] = [128, 256];

/** @throws InvalidSetting for filters in both forms, for too many, and for one that contradicts its type */
export function checkTagFilters({ filters = [], tagSet = [] }: GivenFilters, codes: FilterCodes): CheckedFilters {
  if (filters.length > 0 && tagSet.length > 0) {
    throw new InvalidSetting(
      codes.combination,
      'Tag filters are given both in a list and in a tag set: give one of them',
    );
  }
  if (tagSet.length > MOST_TAG_GROUPS) {
    throw new InvalidSetting(
      'TagSetListLimitExceededException',
      `The tag set has ${tagSet.length} groups, of at most ${MOST_TAG_GROUPS}`,
    );
  }
  for (const group of tagSet) {
    if (group.length === 0 || group.length > MOST_FILTERS) {
      throw new InvalidSetting(codes.filter, `A tag group has 1 to ${MOST_FILTERS} filters, not ${group.length}`);
    }
  }
  return {
    ...(filters.length > 0 && { filters: filters.map((filter) => checkFilter(filter, codes)) }),
    ...(tagSet.length > 0 && { tagSet: tagSet.map((group) => group.map((filter) => checkFilter(filter, codes))) }),
  };
}

function checkFilter(given: EC2TagFilter | OnPremisesTagFilter, { filter: code }: FilterCodes): TagFilter {
  const { Key = '', Value, Type } = given;
  if (Key.length > LONGEST_KEY || (Value ?? '').length > LONGEST_VALUE) {
    throw new InvalidSetting(code, `A tag’s key has ${LONGEST_KEY} characters at most, its value ${LONGEST_VALUE}`);
  }
  if (Type === 'KEY_ONLY' && Key && !Value) return { Type, Key };
  if (Type === 'VALUE_ONLY' && !Key && Value !== undefined) return { Type, Value };
  if (Type === 'KEY_AND_VALUE' && Key && Value !== undefined) return { Type, Key, Value };
  throw new InvalidSetting(
    code,
    `The tag filter ${JSON.stringify(given)} is not valid: KEY_ONLY takes a Key, VALUE_ONLY a Value, KEY_AND_VALUE both`,
  );
}
