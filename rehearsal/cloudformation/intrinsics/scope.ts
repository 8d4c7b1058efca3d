/** What intrinsic functions may ask for while a template is resolved. */
export interface Scope {
  /** Value of a parameter, pseudo parameter or resource. @throws Error naming what nobody declared */
  ref(name: string): unknown;
  /** @throws Error naming resource and attribute */
  attribute(logicalId: string, attribute: string): unknown;
  /** @throws Error naming the condition */
  condition(name: string): boolean;
  /** @throws Error naming what the mapping lacks */
  mapping(map: string, key: string, attribute: string): unknown;
  /** @throws Error naming the export */
  importValue(name: string): unknown;
  availabilityZones(region: string): readonly string[];
}

/** `AWS::NoValue`: the property or list entry it stands for vanishes. */
export const NO_VALUE = Symbol('AWS::NoValue');
