import { gitHubTokenKey, GITHUB_TOKENS } from './keys.ts';
import type { Page } from './page.ts';
import type { Table } from './table.ts';

/** Names of stored GitHub tokens. The API has no call that stores one: CodeDeploy does so in a browser only. */
export interface GitHubTokens {
  /** Names in alphabetical order. */
  names(after: string | undefined, limit: number): Promise<Page<string>>;
  delete(tokenName: string): Promise<'deleted' | 'gone'>;
}

/** GitHub tokens in the table. */
export class TableGitHubTokens implements GitHubTokens {
  readonly #table: Table;

  constructor(table: Table) {
    this.#table = table;
  }

  async names(after: string | undefined, limit: number): Promise<Page<string>> {
    const { items, last } = await this.#table.query(GITHUB_TOKENS, { after, limit });
    return { items: items.map(({ sk }) => String(sk)), last };
  }

  async delete(tokenName: string): Promise<'deleted' | 'gone'> {
    const outcome = await this.#table.delete(gitHubTokenKey(tokenName), { condition: 'attribute_exists(pk)' });
    return outcome === 'refused' ? 'gone' : 'deleted';
  }
}
