/** Tokens that open private repositories of GitHub, each named for the owner of the repositories. */
export interface GitHubTokens {
  /** Owners, in alphabetical order. */
  readonly names: readonly string[];
  /**
   * The token for a repository.
   * @param repository `owner/name`
   * @returns undefined where none is named for its owner
   * @throws GitHubTokenMissing where one is named, and not kept
   */
  for(repository: string): Promise<string | undefined>;
}

/** A token that the engine was told of, under a parameter that nobody wrote. */
export class GitHubTokenMissing extends Error {
  override readonly name = 'GitHubTokenMissing';

  constructor(owner: string, parameterName: string) {
    super(`the GitHub token ${owner} is not in Parameter Store: put it there as the SecureString ${parameterName}`);
  }
}

/** A thousand hosts may ask within a second, of which Parameter Store answers forty. A new token counts this much later. */
const REMEMBERED_MS = 60_000;

/** Tokens in Parameter Store. */
export class ParameterGitHubTokens implements GitHubTokens {
  readonly names: readonly string[];
  readonly #parameters: ReadonlyMap<string, string>;
  readonly #read: (parameterName: string) => Promise<string | undefined>;
  readonly #clock: () => number;
  readonly #remembered = new Map<string, { readonly token: Promise<string | undefined>; readonly untilMs: number }>();

  /** @param parameterNames by the owner, which GitHub takes in any case */
  constructor(
    parameterNames: Readonly<Record<string, string>>,
    read: (parameterName: string) => Promise<string | undefined>,
    clock: () => number,
  ) {
    this.names = Object.keys(parameterNames).sort();
    this.#parameters = new Map(this.names.map((owner) => [owner.toLowerCase(), parameterNames[owner] ?? '']));
    this.#read = read;
    this.#clock = clock;
  }

  async for(repository: string): Promise<string | undefined> {
    const [owner = ''] = repository.split('/');
    const parameterName = this.#parameters.get(owner.toLowerCase());
    if (parameterName === undefined) return undefined;
    const token = await this.#token(parameterName);
    if (!token) throw new GitHubTokenMissing(owner, parameterName);
    return token;
  }

  async #token(parameterName: string): Promise<string | undefined> {
    const known = this.#remembered.get(parameterName);
    if (known && known.untilMs > this.#clock()) return known.token;
    const token = this.#read(parameterName);
    this.#remembered.set(parameterName, { token, untilMs: this.#clock() + REMEMBERED_MS });
    // Only what is there is remembered: whoever mends the rest must not wait.
    const forget = () => this.#remembered.delete(parameterName);
    token.then((found) => found ?? forget(), forget);
    return token;
  }
}
