import { faults } from './faults.ts';

/** The members of a request, read with AWS's complaints about missing and wrong ones. */
export class Input {
  readonly #members: Readonly<Record<string, unknown>>;

  constructor(members: Readonly<Record<string, unknown>>) {
    this.#members = members;
  }

  /** A required text. */
  text(name: string): string {
    return this.optionalText(name) ?? this.#refuse('Value null', name, 'Member must not be null');
  }

  optionalText(name: string): string | undefined {
    const value = this.#members[name];
    if (value === undefined || value === null) return undefined;
    return typeof value === 'string'
      ? value
      : this.#refuse(`Value '${String(value)}'`, name, 'Member must be a string');
  }

  flag(name: string, fallback: boolean): boolean {
    const value = this.#members[name];
    return typeof value === 'boolean' ? value : fallback;
  }

  oneOf<Value extends string>(name: string, values: readonly Value[]): Value | undefined {
    const value = this.optionalText(name);
    const known = values.find((candidate) => candidate === value);
    if (value === undefined || known !== undefined) return known;
    return this.#refuse(`Value '${value}'`, name, `Member must satisfy enum value set: [${values.join(', ')}]`);
  }

  /** An ARN of any kind. */
  arn(name: string): string {
    const arn = this.text(name);
    if (!arn.startsWith('arn:')) throw faults.invalidArn(`Invalid ARN prefix: ${arn}`);
    return arn;
  }

  object(name: string): object | undefined {
    const value = this.#members[name];
    return typeof value === 'object' && value !== null ? value : undefined;
  }

  list(name: string): readonly unknown[] {
    const value = this.#members[name];
    return Array.isArray(value) ? value : [];
  }

  /** @returns 100 when absent or 0 */
  maxResults(): number {
    const value = this.#members['maxResults'] ?? 100;
    if (typeof value !== 'number' || value < 0) {
      return this.#refuse(
        `Value '${String(value)}'`,
        'maxResults',
        'Member must have value greater than or equal to 0',
      );
    }
    if (value > 1000) {
      return this.#refuse(`Value '${value}'`, 'maxResults', 'Member must have value less than or equal to 1000');
    }
    return value === 0 ? 100 : value;
  }

  #refuse(value: string, name: string, constraint: string): never {
    throw faults.validation(
      `1 validation error detected: ${value} at '${name}' failed to satisfy constraint: ${constraint}`,
    );
  }
}
