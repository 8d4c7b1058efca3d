/** An installation that cannot be planned or carried out. Raised before anything is touched wherever possible. */
export class InstallError extends Error {
  override readonly name = 'InstallError';
}
