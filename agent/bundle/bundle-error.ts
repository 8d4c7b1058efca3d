/** A bundle that cannot be had or cannot be trusted. The message names it and the remedy. */
export class BundleError extends Error {
  override readonly name = 'BundleError';
}
