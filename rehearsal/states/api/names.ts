import { faults } from './faults.ts';

// Blanks, brackets, wildcards, other special characters and control characters.
const FORBIDDEN = /[\s<>{}[\]?*"#%\\^|~`$&,;:/\p{Cc}]/u;

/** Names of state machines and executions: 1 to 80 characters. @throws InvalidName */
export function requireName(name: string): string {
  if (name.length < 1 || name.length > 80 || FORBIDDEN.test(name)) throw faults.invalidName(name);
  return name;
}
