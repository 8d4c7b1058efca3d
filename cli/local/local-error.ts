/** A local deployment that cannot begin, in the words of AWS's `codedeploy-local`. */
export class LocalError extends Error {
  override readonly name = 'LocalError';
}
