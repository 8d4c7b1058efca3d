import { AppSpecError } from '../app-spec-error.ts';
import type { Report } from '../report.ts';
import { attempt } from '../report.ts';
import { mapOf, textOf } from '../shapes.ts';
import type { MapPlace } from '../yaml-place.ts';
import { checkCapacityProviders } from './capacity-providers.ts';
import { memberOf, requiredMap, requiredText, requiredTexts } from './members.ts';

/**
 * Checks what a service shall run, and how it is reached:
 *
 *     TaskDefinition: arn:aws:ecs:us-east-1:111122223333:task-definition/orders:7
 *     LoadBalancerInfo:
 *       ContainerName: web
 *       ContainerPort: 80
 */
export function checkEcsService(properties: MapPlace, report: Report): void {
  attempt(() => {
    checkTaskDefinition(properties);
  }, report);
  const remedy = 'add "LoadBalancerInfo:" with ContainerName and ContainerPort';
  const loadBalancer = attempt(() => requiredMap(properties, 'LoadBalancerInfo', remedy), report);
  if (loadBalancer) checkContainer(loadBalancer, report);
  attempt(() => textOf(memberOf(properties, 'PlatformVersion'), 'PlatformVersion'), report);
  checkNetwork(properties, report);
  attempt(() => {
    checkCapacityProviders(memberOf(properties, 'CapacityProviderStrategy'), report);
  }, report);
}

const TASK_DEFINITION = /^(arn:[\w-]+:ecs:[\w-]+:\d{12}:task-definition\/)?[\w-]{1,255}:[1-9]\d*$/;

function checkTaskDefinition(properties: MapPlace): void {
  const remedy = 'name the revision of the task definition: its ARN, or family:revision';
  const given = requiredText(properties, 'TaskDefinition', `add "TaskDefinition:": ${remedy}`);
  if (TASK_DEFINITION.test(given.text)) return;
  throw new AppSpecError(`The TaskDefinition ${given.text} is not a revision of a task definition.`, given, remedy);
}

function checkContainer(loadBalancer: MapPlace, report: Report): void {
  attempt(() => requiredText(loadBalancer, 'ContainerName', 'add "ContainerName:", as in the task definition'), report);
  attempt(() => {
    const remedy = 'write the number of the port that the container listens on, from 1 to 65535';
    const port = requiredText(loadBalancer, 'ContainerPort', `add "ContainerPort:": ${remedy}`);
    if (/^\d{1,5}$/.test(port.text) && Number(port.text) >= 1 && Number(port.text) <= 65535) return;
    throw new AppSpecError(`The ContainerPort ${port.text} is not the number of a port.`, port, remedy);
  }, report);
}

/** All three of its members or none: none leaves the service's network as it is. */
function checkNetwork(properties: MapPlace, report: Report): void {
  const network = attempt(() => mapOf(memberOf(properties, 'NetworkConfiguration'), 'NetworkConfiguration'), report);
  const awsVpc = attempt(
    () => mapOf(network && memberOf(network, 'AwsvpcConfiguration'), 'AwsvpcConfiguration'),
    report,
  );
  if (!awsVpc || awsVpc.keys.length === 0) return;
  const all = 'give Subnets, SecurityGroups and AssignPublicIp, or none of them';
  for (const name of ['Subnets', 'SecurityGroups']) {
    attempt(() => {
      requiredTexts(awsVpc, name, all);
    }, report);
  }
  attempt(() => {
    const given = requiredText(awsVpc, 'AssignPublicIp', all);
    if (['ENABLED', 'DISABLED'].includes(given.text)) return;
    throw new AppSpecError(`AssignPublicIp is ${given.text}.`, given, 'write ENABLED or DISABLED');
  }, report);
}
