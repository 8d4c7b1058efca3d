import type { Properties, ResourceContext, ResourceType } from '../cloudformation/resource-type.ts';
import { jsonService } from '../endpoint/protocols/json.ts';
import { operationsOn } from '../logs/operation.ts';
import type { BusEvent, Ground, Part } from '../part.ts';
import { eventsAccess } from './access.ts';
import { EventBus } from './event-bus.ts';
import { describeRule, listRules, listTargetsByRule, putEvents } from './operations.ts';
import { readRule, Rules } from './rule.ts';
import { TargetDelivery } from './target-delivery.ts';
import { declared, NOT_BILLED } from '../cloudformation/property-table.ts';

/** EventBridge's default bus; `emit` is how the parts of the cloud publish to it. */
export function createEventsPart(ground: Ground): Part & { emit(event: BusEvent): void } {
  const rules = new Rules();
  const delivery = new TargetDelivery(ground);
  const bus = new EventBus(ground, rules, delivery);
  const account = { rules, bus, now: () => ground.clock.now() };

  return {
    emit: (event) => void bus.publish(event),
    services: [
      jsonService({
        signingNames: ['events'],
        targetPrefix: 'AWSEvents',
        version: '1.1',
        operations: operationsOn(account, {
          DescribeRule: describeRule,
          ListRules: listRules,
          ListTargetsByRule: listTargetsByRule,
          PutEvents: putEvents,
        }),
        access: eventsAccess(ground),
      }),
    ],
    resourceTypes: declared(
      { 'AWS::Events::Rule': ruleType(ground, rules, bus) },
      {
        'AWS::Events::Rule': {
          honoured: [
            'Description',
            'EventBusName',
            'EventPattern',
            'Name',
            'ScheduleExpression',
            'State',
            'Targets.Arn',
            'Targets.DeadLetterConfig',
            'Targets.Id',
            'Targets.Input',
            'Targets.InputPath',
            'Targets.InputTransformer',
            'Targets.RetryPolicy',
            'Targets.RoleArn',
            'Targets.SqsParameters',
          ],
          withoutEffect: {
            [NOT_BILLED]: ['Tags'],
            'targets that are called here need no role of the rule': ['RoleArn'],
          },
        },
      },
    ),
    close() {
      bus.close();
      delivery.close();
      return Promise.resolve();
    },
  };
}

function ruleType({ region, accountId }: Ground, rules: Rules, bus: EventBus): ResourceType {
  const put = (name: string, properties: Properties) => {
    const rule = readRule(properties, name, `arn:aws:events:${region}:${accountId}:rule/${name}`);
    rules.put(rule);
    bus.follow(rule);
    return { physicalId: name, attributes: { Arn: rule.arn } };
  };
  return {
    async create(properties: Properties, context: ResourceContext) {
      const name = properties['Name'];
      return put(typeof name === 'string' ? name : context.generateName(64), properties);
    },
    update: async (name, properties) => put(name, properties),
    async delete(name) {
      bus.unfollow(name);
      rules.remove(name);
    },
  };
}
