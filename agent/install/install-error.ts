/** An installation that cannot be planned or carried out. Raised before anything is touched wherever possible. */
export class InstallError extends Error {
  override readonly name = 'InstallError';
  /** What to change in the revision, where the message is CodeDeploy's own and does not say it well. */
  readonly remedy: string | undefined;

  constructor(message: string, { remedy, ...options }: ErrorOptions & { readonly remedy?: string } = {}) {
    super(message, options);
    this.remedy = remedy;
  }
}
