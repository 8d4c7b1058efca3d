import { Duration, Stack } from 'aws-cdk-lib/core';
import { Alarm, ComparisonOperator, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import type { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';

/** When an alarm is raised, and what it tells the person who is woken by it. */
export interface EngineAlarmProps {
  readonly metric: Metric;
  /** The alarm is raised when one period reaches this value. @default 1 */
  readonly threshold?: number;
  /** What happened, what it means for instances, where to look. */
  readonly description: string;
}

/** A function as its alarms know it. */
export interface WatchedFunction {
  /** Its folder under `lambdas/`. Also names its log group, `/slipway/<folder>`. */
  readonly folder: string;
  /** What it means when an invocation fails, for whoever the alarm wakes. @default a fault that its caller's retry may mend */
  readonly errorsMean?: string;
  /** Whether its errors are faults; not where it throws to be called again by the name of the error. @default true */
  readonly errorsAreFaults?: boolean;
  /** Whether it is called by a function URL. @default false */
  readonly hasUrl?: boolean;
}

/** The engine's alarms and the topic they all report to. Whoever is on call subscribes to the topic. */
export class EngineAlarms extends Construct {
  readonly topic: Topic;
  readonly alarms: Alarm[] = [];

  constructor(scope: Construct, id: string) {
    super(scope, id);
    // Not encrypted with a key: alarms cannot publish under the AWS managed key (its policy is not ours to extend), a
    // key of our own costs more than the whole idle engine, and a message holds no more than an alarm's name and state.
    this.topic = new Topic(this, 'Topic', { displayName: 'Slipway alarms', enforceSSL: true });
    // A topic with a policy of its own loses the default one, which let this account's alarms in.
    this.topic.addToResourcePolicy(
      new PolicyStatement({
        principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
        actions: ['sns:Publish'],
        resources: [this.topic.topicArn],
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
      }),
    );
  }

  /** Raises `id` whenever one period of the metric reaches the threshold; silence is no alarm. */
  raise(scope: Construct, id: string, { metric, threshold = 1, description }: EngineAlarmProps): void {
    const alarm = new Alarm(scope, id, {
      metric,
      threshold,
      alarmDescription: description,
      evaluationPeriods: 1,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
    alarm.addAlarmAction(new SnsAction(this.topic));
    this.alarms.push(alarm);
  }

  /** Errors and throttles of the function in `lambdas/<folder>`. */
  watch(scope: Construct, fn: LambdaFunction, watched: WatchedFunction): void {
    const { folder, errorsMean, errorsAreFaults = true, hasUrl = false } = watched;
    const period = Duration.minutes(5);
    if (errorsAreFaults)
      this.raise(scope, 'Errors', {
        // A function behind a URL answers its failures with a status: Lambda counts no error then.
        metric: hasUrl ? fn.metric('Url5xxCount', { period, statistic: 'Sum' }) : fn.metricErrors({ period }),
        description: `${errorsMean ?? `${folder} failed; its caller tries again.`} The log group /slipway/${folder} says why.`,
      });
    this.raise(scope, 'Throttles', {
      metric: fn.metricThrottles({ period }),
      description: `${folder} was throttled: this account's concurrent executions in this Region are used up.`,
    });
  }
}
