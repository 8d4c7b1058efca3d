import type { RemovalPolicy } from 'aws-cdk-lib/core';
import { AttributeType, BillingMode, Table } from 'aws-cdk-lib/aws-dynamodb';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';

/** What the engine does to the table: single items and pages of a partition, no transactions. */
export type TableAction = 'GetItem' | 'Query' | 'PutItem' | 'UpdateItem' | 'DeleteItem';

export interface DeploymentTableProps {
  /** What becomes of the record of all deployments when the stack goes. */
  readonly removalPolicy: RemovalPolicy;
}

/** The one table: registrations, deployments, and a mailbox per host. */
export class DeploymentTable extends Construct {
  readonly table: Table;

  constructor(scope: Construct, id: string, { removalPolicy }: DeploymentTableProps) {
    super(scope, id);
    this.table = new Table(this, 'Table', {
      partitionKey: { name: 'pk', type: AttributeType.STRING },
      sortKey: { name: 'sk', type: AttributeType.STRING },
      billingMode: BillingMode.PAY_PER_REQUEST,
      timeToLiveAttribute: 'expiresAt',
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      removalPolicy,
    });
  }

  /** A statement that allows these actions on this table, and nothing else. */
  allow(...actions: readonly TableAction[]): PolicyStatement {
    return new PolicyStatement({
      actions: actions.map((action) => `dynamodb:${action}`),
      resources: [this.table.tableArn],
    });
  }
}
