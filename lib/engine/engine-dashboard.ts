import { Duration } from 'aws-cdk-lib/core';
import { AlarmStatusWidget, Dashboard, GraphWidget } from 'aws-cdk-lib/aws-cloudwatch';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import type { EngineAlarms } from './engine-alarms.ts';

export interface EngineDashboardProps {
  readonly alarms: EngineAlarms;
  readonly queue: IQueue;
  readonly stateMachine: StateMachine;
}

/** One look at the engine: what is wrong, what it does, how long instances wait for it. */
export class EngineDashboard extends Construct {
  constructor(scope: Construct, id: string, { alarms, queue, stateMachine }: EngineDashboardProps) {
    super(scope, id);
    const period = Duration.minutes(5);
    new Dashboard(this, 'Dashboard', {
      dashboardName: 'Slipway',
      widgets: [
        [new AlarmStatusWidget({ title: 'Alarms', alarms: alarms.alarms, width: 24, height: 4 })],
        [
          new GraphWidget({
            title: 'Executions',
            left: [
              stateMachine.metricStarted({ period }),
              stateMachine.metricSucceeded({ period }),
              stateMachine.metricFailed({ period }),
            ],
            width: 12,
          }),
          new GraphWidget({
            title: 'Lifecycle actions that wait for an execution',
            left: [queue.metricApproximateNumberOfMessagesVisible({ period })],
            right: [queue.metricApproximateAgeOfOldestMessage({ period })],
            width: 12,
          }),
        ],
      ],
    });
  }
}
