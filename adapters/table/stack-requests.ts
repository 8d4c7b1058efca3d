import type { StackRequest } from '../../core/fleet/stack-request.ts';
import type { FleetDeployment, FleetDeploymentOrder, StopRequest } from '../../core/fleet-deployment.ts';
import { before, changeDeployment, statusIn } from './change-deployment.ts';
import { deploymentKey } from './keys.ts';
import type { Table } from './table.ts';

/** Requests of stacks that wait for the verdict on a deployment. */
export interface StackRequests {
  /** Lets a stack's request wait for the verdict; the last such request stands. `refused`: it has ended, or never was. */
  wait(deploymentId: string, request: StackRequest): Promise<FleetDeployment | 'refused'>;
  /** Lets a stack's request no longer wait for it, or for its successor, if it is still that one which waits. */
  leave(deploymentId: string, requestId: string): Promise<void>;
  /** Asks it to stop for another that takes its place, and its stack's request; the last such order stands. `refused` likewise. */
  giveWay(
    deploymentId: string,
    successor: FleetDeploymentOrder,
    request: StopRequest,
  ): Promise<FleetDeployment | 'refused'>;
}

/** The same in the table, each on the record of its deployment: it waits for nothing that has ended. */
export class TableStackRequests implements StackRequests {
  readonly #table: Table;

  constructor(table: Table) {
    this.#table = table;
  }

  async wait(deploymentId: string, request: StackRequest): Promise<FleetDeployment | 'refused'> {
    return changeDeployment(this.#table, deploymentId, {
      update: 'SET stackRequest = :request',
      condition: statusIn('Stopped'),
      values: { ':request': request, ...before('Stopped') },
    });
  }

  async leave(deploymentId: string, requestId: string): Promise<void> {
    for (const request of ['stackRequest', 'successor.stackRequest'])
      await this.#table.update(deploymentKey(deploymentId), {
        update: `REMOVE ${request}`,
        condition: `${request}.requestId = :requestId`,
        values: { ':requestId': requestId },
      });
  }

  async giveWay(
    deploymentId: string,
    successor: FleetDeploymentOrder,
    request: StopRequest,
  ): Promise<FleetDeployment | 'refused'> {
    return changeDeployment(this.#table, deploymentId, {
      // CloudFormation asks once at a time: whoever waited for this one has given up.
      update: 'SET successor = :successor, stopRequest = if_not_exists(stopRequest, :request) REMOVE stackRequest',
      condition: statusIn('Stopped'),
      values: { ':successor': successor, ':request': request, ...before('Stopped') },
    });
  }
}
