import type { ApiError } from '../errors/api-error.ts';

/**
 * A member that a call cannot do without. An empty text or list is as good as none.
 * @throws ApiError the given one
 */
export function required<Value>(value: Value | undefined, Missing: new () => ApiError): Value {
  const isEmpty = value === '' || (Array.isArray(value) && value.length === 0);
  if (value === undefined || isEmpty) throw new Missing();
  return value;
}
