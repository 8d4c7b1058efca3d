import type { RemovalPolicy } from 'aws-cdk-lib/core';
import { AttributeType, BillingMode, ProjectionType, Table } from 'aws-cdk-lib/aws-dynamodb';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { LISTS, TARGETS_OF_HOST } from '../../core/deployment-lists.ts';

/** What the engine does to the table: single items and pages of a partition, no transactions. */
export type TableAction = 'GetItem' | 'BatchGetItem' | 'Query' | 'PutItem' | 'UpdateItem' | 'DeleteItem';

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
    for (const { index, list } of Object.values(LISTS)) {
      this.table.addGlobalSecondaryIndex({
        indexName: index,
        partitionKey: { name: list, type: AttributeType.STRING },
        sortKey: { name: 'createdAs', type: AttributeType.STRING },
        projectionType: ProjectionType.INCLUDE,
        nonKeyAttributes: ['status'], // changes twice in a deployment's life, and so do the indexes
      });
    }
    this.table.addGlobalSecondaryIndex({
      indexName: TARGETS_OF_HOST.index,
      partitionKey: { name: TARGETS_OF_HOST.list, type: AttributeType.STRING },
      sortKey: { name: TARGETS_OF_HOST.sortedBy, type: AttributeType.STRING },
      projectionType: ProjectionType.KEYS_ONLY, // written once in a target's life
    });
  }

  /** A statement that allows to find the deployments of a host, and nothing else. */
  allowTargetsOfHost(): PolicyStatement {
    return new PolicyStatement({
      actions: ['dynamodb:Query'],
      resources: [`${this.table.tableArn}/index/${TARGETS_OF_HOST.index}`],
    });
  }

  /** A statement that allows to list deployments, and nothing else. @param lists by which indexes. @default all */
  allowLists(...lists: readonly (keyof typeof LISTS)[]): PolicyStatement {
    const chosen = lists.length === 0 ? Object.values(LISTS) : lists.map((list) => LISTS[list]);
    return new PolicyStatement({
      actions: ['dynamodb:Query'],
      resources: chosen.map(({ index }) => `${this.table.tableArn}/index/${index}`),
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
