/** Tokens that open private repositories of GitHub, each named for the owner of the repositories. */
export interface GitHubTokens {
  /** Owners, in alphabetical order. */
  readonly names: readonly string[];
  /**
   * The token for a repository.
   * @param repository `owner/name`
   * @returns undefined where none is named for its owner
   * @throws GitHubTokenUnusable where one is named, and is not kept or not ours to read
   */
  for(repository: string): Promise<string | undefined>;
}

/** A token that the engine was told of and cannot have. The message is the part of a sentence that ends with it. */
export class GitHubTokenUnusable extends Error {
  override readonly name = 'GitHubTokenUnusable';

  constructor(owner: string, why: string, options?: ErrorOptions) {
    super(`the GitHub token ${owner} cannot be read: ${why}`, options);
  }
}

/** What Parameter Store answers to whoever may not read a parameter, or not decrypt it. */
const DENIALS = ['AccessDeniedException', 'InvalidKeyId'];

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
    const token = await this.#token(parameterName).catch((error: unknown) => {
      if (!(error instanceof Error) || !DENIALS.includes(error.name)) throw error;
      const why = `${error.message}; name the key that encrypts ${parameterName} in gitHubTokens`;
      throw new GitHubTokenUnusable(owner, why, { cause: error });
    });
    if (!token)
      throw new GitHubTokenUnusable(owner, `put it into Parameter Store, as the SecureString ${parameterName}`);
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
