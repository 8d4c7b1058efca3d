/** `ResourceProperties` of a custom resource. CloudFormation turns every scalar into text. */
export type ResourceProperties = Readonly<Record<string, unknown>>;

/** A declaration that cannot be registered; the message reaches whoever deploys the stack. */
export class InvalidDeclaration extends Error {
  override readonly name = 'InvalidDeclaration';
}

/** Members of an object. @throws InvalidDeclaration */
export function members(value: unknown, name: string): ResourceProperties {
  if (typeof value !== 'object' || value === null) throw new InvalidDeclaration(`${name} must be an object`);
  return value as ResourceProperties;
}

/** A text that must be there. @throws InvalidDeclaration */
export function text(properties: ResourceProperties, name: string): string {
  const value = optionalText(properties, name);
  if (value === undefined) throw new InvalidDeclaration(`${name} is missing`);
  return value;
}

/** A text that may be missing; an empty one is. @throws InvalidDeclaration */
export function optionalText(properties: ResourceProperties, name: string): string | undefined {
  const value = properties[name];
  if (value === undefined || value === '') return undefined;
  if (typeof value !== 'string') throw new InvalidDeclaration(`${name} must be a text`);
  return value;
}

/** Yes or no; no when it is missing. @throws InvalidDeclaration */
export function flag(properties: ResourceProperties, name: string): boolean {
  return (oneOf(properties, name, ['true', 'false']) ?? 'false') === 'true';
}

/** A whole number within bounds, or nothing. @throws InvalidDeclaration */
export function count(
  properties: ResourceProperties,
  name: string,
  { least, most }: { readonly least: number; readonly most: number },
): number | undefined {
  const given = optionalText(properties, name);
  if (given === undefined) return undefined;
  const value = Number(given);
  if (Number.isInteger(value) && value >= least && value <= most) return value;
  throw new InvalidDeclaration(`${name} is ${given}; it may be ${least} to ${most}`);
}

/** One of a few words, or nothing. @throws InvalidDeclaration */
export function oneOf<Value extends string>(
  properties: ResourceProperties,
  name: string,
  values: readonly Value[],
): Value | undefined {
  const given = optionalText(properties, name);
  if (given === undefined) return undefined;
  const value = values.find((each) => each === given);
  if (value === undefined) throw new InvalidDeclaration(`${name} is ${given}; it may be ${values.join(' or ')}`);
  return value;
}
