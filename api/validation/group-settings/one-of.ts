import { InvalidSetting, type SettingCode } from '../../errors/group-settings-errors.ts';

/** The value, if it is one of these. @throws InvalidSetting naming all that it may be */
export function oneOf<Value extends string>(
  given: string | undefined,
  values: readonly Value[],
  { what, code }: { readonly what: string; readonly code: SettingCode },
): Value {
  const value = values.find((each) => each === given);
  if (value === undefined) {
    throw new InvalidSetting(code, `${what} is ${given ?? 'missing'}; it must be ${values.join(' or ')}`);
  }
  return value;
}

/** The texts that occur more than once, each time but the first. */
export function repeated(texts: readonly string[]): readonly string[] {
  return texts.filter((text, index) => texts.indexOf(text) !== index);
}
