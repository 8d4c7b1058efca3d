import { after, afterFault, never, shortly, whileThrottled } from '../states.ts';
import { type FleetDeploymentProps, fleetStep, integration } from './tasks.ts';

/** Deploys to all targets, zone after zone; a config that knows no zones has the whole fleet as its one. */
export function rollLane(props: FleetDeploymentProps): object {
  return {
    StartAt: 'OpenZone',
    States: {
      OpenZone: {
        ...fleetStep(props, 'openZone', { zone: '{% $states.input.zone %}' }, [shortly('WaveIsBusy')]),
        Output: '{% $states.result.Payload %}',
        Next: 'ChooseWhetherZoneOpens',
      },
      ChooseWhetherZoneOpens: {
        Type: 'Choice',
        Choices: [{ Condition: '{% $states.input.isOpen %}', Next: 'DeployToTargets' }],
        Default: 'CloseFleet',
      },
      DeployToTargets: {
        Type: 'Map',
        Label: 'DeployToTargets',
        Items: '{% $states.input.targets %}',
        // A child execution sees nothing but its input. Ids alone travel in the items: ten thousand fit into a state.
        ItemSelector: `{% $merge([$fleet.request, {
          'instanceId': $states.context.Map.Item.Value,
          'targetNumber': $states.input.firstNumber + $states.context.Map.Item.Index
        }]) %}`,
        MaxConcurrency: '{% $states.input.concurrency %}',
        // What became of a target is in its record; no child decides on the others.
        ToleratedFailurePercentage: 100,
        ItemProcessor: deployToTarget(props),
        Output: {
          nextZone: '{% $states.input.nextZone %}',
          monitorSeconds: '{% $states.input.monitorSeconds %}',
        },
        Next: 'ChooseNextZone',
      },
      ChooseNextZone: {
        Type: 'Choice',
        Choices: [
          {
            Condition: '{% $states.input.nextZone != null and $states.input.monitorSeconds > 0 %}',
            Next: 'MonitorZone',
          },
          {
            Condition: '{% $states.input.nextZone != null %}',
            Output: { zone: '{% $states.input.nextZone %}' },
            Next: 'OpenZone',
          },
        ],
        Default: 'CloseFleet',
      },
      MonitorZone: {
        Type: 'Wait',
        Seconds: '{% $states.input.monitorSeconds %}',
        Output: { zone: '{% $states.input.nextZone %}' },
        Next: 'OpenZone',
      },
      CloseFleet: { ...fleetStep(props, 'closeFleet'), End: true },
    },
  };
}

/**
 * Faults of the call that starts a target, which by that name is started once however often it is made. They must be named,
 * for `States.TaskFailed`, by which an execution that failed is known, is a wildcard as well.
 */
const NOT_STARTED = [
  'StepFunctions.SdkClientException',
  'StepFunctions.AWSStepFunctionsException',
  'StepFunctions.ExecutionLimitExceededException',
];

/** One target: an execution of `InstanceDeployment`, by whose name nothing is done twice. */
function deployToTarget(props: FleetDeploymentProps): object {
  return {
    ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
    StartAt: 'DeployToTarget',
    States: {
      DeployToTarget: {
        Type: 'Task',
        Resource: integration(props, 'states:startExecution.sync:2'),
        Arguments: {
          StateMachineArn: props.instanceDeploymentArn,
          Name: "{% 'in-place-' & $states.input.instanceId & '-' & $states.input.deploymentId %}",
          Input: '{% $states.input %}',
        },
        Retry: [
          whileThrottled,
          never('StepFunctions.ExecutionAlreadyExistsException'),
          after(...NOT_STARTED),
          never('States.TaskFailed'),
          ...afterFault,
        ],
        // Its record tells how it ended, and the fleet waits for that; a dead execution is settled by dead-execution.
        Catch: [{ ErrorEquals: ['States.ALL'], Output: 0, Next: 'EndTarget' }],
        Output: 0,
        End: true,
      },
      EndTarget: { Type: 'Succeed' },
    },
  };
}
