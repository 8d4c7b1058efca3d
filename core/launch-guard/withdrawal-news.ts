import type { DeploymentGroupName } from '../names.ts';
import type { Message } from '../notifications/deployment-message.ts';
import type { Audience, News } from '../notifications/news.ts';
import { EVENT_SOURCE } from '../notifications/state-change-event.ts';
import { triggersFor } from '../notifications/trigger-events.ts';
import { describeRevision } from '../revision.ts';
import type { FailingRevision } from './launch-guard.ts';
import type { RevisionToLaunch } from './revision-to-launch.ts';

/** What became of a deployment group whose launches kept failing. */
export interface Withdrawal {
  readonly group: DeploymentGroupName;
  readonly failing: FailingRevision;
  /** What launching hosts get instead. */
  readonly next: RevisionToLaunch;
}

/** Of the event, which CodeDeploy has no counterpart of. */
const DETAIL_TYPE = 'Slipway Revision Withdrawn';

/** All that SNS takes of a subject. */
const LONGEST_SUBJECT = 100;

/**
 * What people are told, once, of a revision that is launched no more: an event, and a message to whoever is on call
 * and to the triggers for deployments that fail.
 * @param operators the topic of the engine's alarms
 */
export function newsOfWithdrawal(withdrawal: Withdrawal, { home, triggers }: Audience, operators: string): News {
  const { applicationName, deploymentGroupName } = withdrawal.group;
  const { partition, region, accountId } = home;
  const message = withdrawalMessage(withdrawal);
  const topics = triggersFor('DeploymentFailure', triggers).map(({ triggerTargetArn }) => triggerTargetArn);
  return {
    events: [
      {
        Source: EVENT_SOURCE,
        DetailType: DETAIL_TYPE,
        Detail: JSON.stringify({
          region,
          application: applicationName,
          deploymentGroup: deploymentGroupName,
          ...facts(withdrawal),
        }),
        Resources: [
          `arn:${partition}:codedeploy:${region}:${accountId}:deploymentgroup:${applicationName}/${deploymentGroupName}`,
        ],
      },
    ],
    messages: [...new Set([operators, ...topics])].map((topicArn) => ({ topicArn, ...message })),
  };
}

function facts({ failing: { revision, deploymentIds, last }, next }: Withdrawal) {
  return {
    revision: describeRevision(revision),
    deploymentIds,
    reason: last.reason,
    launchesAreHeld: next.kind === 'held',
    ...(next.kind === 'launch' && { launchedInstead: describeRevision(next.revision) }),
  };
}

function withdrawalMessage({ group, failing: { revision, deploymentIds, last }, next }: Withdrawal): Message {
  const { applicationName, deploymentGroupName } = group;
  const output = last.logTail === undefined ? [] : ['', ...last.logTail.trimEnd().split('\n')];
  const lines = [
    `${deploymentIds.length} launches in a row of ${describeRevision(revision)} failed. It is launched no more.`,
    next.kind === 'launch'
      ? `New hosts get the last revision that succeeded: ${describeRevision(next.revision)}.`
      : 'No other revision ever succeeded: launches are held (the process Launch of the Auto Scaling group is suspended).',
    '',
    `The last of them: ${last.deploymentId} on ${last.instanceId} at ${last.at}`,
    last.reason,
    ...output,
    '',
    'Deploy another revision, or let this one be launched again:',
    `  slipway resume --application ${applicationName} --group ${deploymentGroupName}`,
  ];
  const subject = `Slipway: launches of ${applicationName}/${deploymentGroupName} fail`;
  return { subject: subject.slice(0, LONGEST_SUBJECT), message: lines.join('\n') };
}
