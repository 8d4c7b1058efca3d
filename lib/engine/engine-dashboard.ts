import { AlarmStatusWidget, Dashboard, GraphWidget } from 'aws-cdk-lib/aws-cloudwatch';
import type { IMetric, IWidget } from 'aws-cdk-lib/aws-cloudwatch';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { EngineAlarms } from './engine-alarms.ts';
import { counted, measured } from './engine-metrics.ts';

export interface EngineDashboardProps {
  readonly alarms: EngineAlarms;
  readonly queue: IQueue;
  readonly stateMachine: StateMachine;
}

/** One look at the engine: what is wrong, what it deploys, how long instances wait for it. */
export class EngineDashboard extends Construct {
  constructor(scope: Construct, id: string, { alarms, queue, stateMachine }: EngineDashboardProps) {
    super(scope, id);
    new Dashboard(this, 'Dashboard', {
      // Dashboards are global to an account: the engine of another Region must not write over this one's.
      dashboardName: `Slipway-${Stack.of(this).region}`,
      widgets: [
        [new AlarmStatusWidget({ title: 'Alarms', alarms: alarms.alarms, width: 24, height: 4 })],
        [
          graph('Deployments', [
            counted('DeploymentsStarted'),
            counted('DeploymentsSucceeded'),
            counted('DeploymentsFailed'),
            counted('DeploymentsStopped'),
            counted('DeploymentsSkipped'),
          ]),
          graph('From notice to first command', [
            measured('SecondsFromNoticeToFirstCommand', 'p50'),
            measured('SecondsFromNoticeToFirstCommand', 'p99'),
          ]),
        ],
        [
          graph('Heartbeats, and what they found', [
            counted('HeartbeatsSent'),
            counted('LifecycleActionsGone'),
            counted('HostAgentsSilent'),
            counted('DeadlinesNear'),
            counted('DeadlinesReached'),
          ]),
          graph(
            'Lifecycle actions that wait for an execution',
            [queue.metricApproximateNumberOfMessagesVisible()],
            [queue.metricApproximateAgeOfOldestMessage()],
          ),
        ],
        [
          graph('Executions', [
            stateMachine.metricStarted(),
            stateMachine.metricSucceeded(),
            stateMachine.metricFailed(),
            counted('ExecutionsDied'),
          ]),
          graph('Deployments to fleets', [
            counted('FleetDeploymentsStarted'),
            counted('FleetDeploymentsSucceeded'),
            counted('FleetDeploymentsFailed'),
            counted('FleetDeploymentsStopped'),
          ]),
        ],
        [graph('Refused calls to the command service', [counted('RefusedCalls')])],
      ],
    });
  }
}

function graph(title: string, left: IMetric[], right: IMetric[] = []): IWidget {
  return new GraphWidget({ title, left, right, width: 12 });
}
