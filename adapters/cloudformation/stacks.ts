import { type CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';

/** Stacks of this account and Region. */
export interface Stacks {
  /** Whether the stack goes back to the template before; a custom resource is asked in the same words either way. */
  isRollingBack(stackId: string): Promise<boolean>;
}

export class CloudFormationStacks implements Stacks {
  readonly #client: CloudFormationClient;

  constructor(client: CloudFormationClient) {
    this.#client = client;
  }

  async isRollingBack(stackId: string): Promise<boolean> {
    const { Stacks: [stack] = [] } = await this.#client.send(new DescribeStacksCommand({ StackName: stackId }));
    return stack?.StackStatus?.includes('ROLLBACK') ?? false;
  }
}
