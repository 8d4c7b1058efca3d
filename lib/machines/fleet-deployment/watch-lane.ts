import { afterFault, never } from '../states.ts';
import { type FleetDeploymentProps, fleetStep, integration } from './tasks.ts';

/**
 * Looks after the fleet: at its alarms every 15 seconds if it has any, else once, when its time is up. A request to stop
 * wakes it at once, by the token that its wait leaves beside the places of the fleet.
 */
export function fleetWatchLane(props: FleetDeploymentProps): object {
  return {
    StartAt: 'WaitUntilClosed',
    States: {
      WaitUntilClosed: {
        Type: 'Task',
        Resource: integration(props, 'aws-sdk:dynamodb:updateItem.waitForTaskToken'),
        Arguments: {
          TableName: props.tableName,
          Key: '{% $fleet.tableKey %}',
          UpdateExpression: 'SET watchToken = :token',
          ConditionExpression: SOMETHING_TO_WAIT_FOR,
          ExpressionAttributeNames: { '#status': 'status' },
          ExpressionAttributeValues: {
            ':token': { S: '{% $states.context.Task.Token %}' },
            ':inProgress': { S: 'InProgress' },
            ':true': { BOOL: true },
          },
        },
        TimeoutSeconds: '{% $states.input.lookInSeconds %}',
        Retry: [never('States.Timeout', ...NOTHING_TO_WAIT_FOR), ...afterFault],
        Catch: [{ ErrorEquals: ['States.ALL'], Next: 'LookAfterFleet' }],
        Next: 'LookAfterFleet',
      },
      LookAfterFleet: {
        ...fleetStep(props, 'lookAfterFleet'),
        Output: '{% $states.result.Payload %}',
        Catch: [
          { ErrorEquals: ['States.ALL'], Output: { finding: 'Watch', lookInSeconds: 60 }, Next: 'ChooseWhatIsNext' },
        ],
        Next: 'ChooseWhatIsNext',
      },
      ChooseWhatIsNext: {
        Type: 'Choice',
        Choices: [
          { Condition: "{% $states.input.finding = 'Watch' %}", Next: 'WaitUntilClosed' },
          { Condition: "{% $states.input.finding = 'Over' %}", Next: 'LeaveTheRest' },
        ],
        Default: 'EndWatch',
      },
      // Ends the other lane: the targets that wait would each be started only to be told that their turn never comes.
      LeaveTheRest: { Type: 'Fail', Error: 'FleetIsOver', Cause: 'No target of the deployment begins any more' },
      EndWatch: { Type: 'Succeed' },
    },
  };
}

/** The fleet is not closed; and if it is ending, that has been seen, and targets are still in progress. */
const SOMETHING_TO_WAIT_FOR =
  '#status = :inProgress AND (attribute_not_exists(ending) OR ' +
  '(attribute_exists(endingSeen) AND (isUnlimited = :true OR attribute_exists(inProgress))))';

/** Step Functions spells the service both ways, by the kind of integration. */
const NOTHING_TO_WAIT_FOR = ['DynamoDb.ConditionalCheckFailedException', 'DynamoDB.ConditionalCheckFailedException'];
