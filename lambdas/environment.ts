/** A function was deployed without a variable it cannot run without; it fails before its first event. */
class MissingEnvironment extends Error {
  override readonly name = 'MissingEnvironment';
}

/**
 * The named environment variables.
 * @throws MissingEnvironment naming all that are missing, so that one look at the log mends the template
 */
export function readEnvironment<Name extends string>(
  environment: Readonly<Record<string, string | undefined>>,
  names: readonly Name[],
): Readonly<Record<Name, string>> {
  const missing = names.filter((name) => !environment[name]);
  if (missing.length > 0) {
    throw new MissingEnvironment(`Set the environment variable${missing.length > 1 ? 's' : ''} ${missing.join(', ')}`);
  }
  return Object.fromEntries(names.map((name) => [name, environment[name]])) as Record<Name, string>;
}
