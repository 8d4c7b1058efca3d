import { LambdaClient } from '@aws-sdk/client-lambda';
import { createCloudFormation, type CloudFormation } from '../../../rehearsal/cloudformation/cloudformation.ts';
import { customResourceType, isCustomResource } from '../../../rehearsal/cloudformation/custom-resource.ts';
import type { ResourceType, ResourceTypes } from '../../../rehearsal/cloudformation/resource-type.ts';
import type { AwsRequest } from '../../../rehearsal/endpoint/service.ts';
import { startTestGround, type TestGround } from '../ground.ts';

export interface StackTest {
  readonly test: TestGround;
  readonly cloudFormation: CloudFormation;
  /** What happened to things, in order: `create A`, `update A`, `delete A`. */
  readonly history: string[];
}

/**
 * CloudFormation on a ground of its own. `Test::Thing` has a Name that replaces, a Colour that updates and an attribute
 * `Colour`; `Test::Stone` cannot be updated; a Colour of `red` cannot be made.
 * @param customResource answers invocations of functions, as the body of an event
 */
export async function startStackTest(
  customResource: (event: Record<string, unknown>) => Promise<unknown> = async () => null,
): Promise<StackTest> {
  const history: string[] = [];
  let cloudFormation: CloudFormation | undefined;
  const test = await startTestGround((ground, { route }) => {
    const lambda = new LambdaClient({
      endpoint: ground.endpoint(),
      region: ground.region,
      credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
    });
    const custom = customResourceType({ lambda, clock: ground.clock, route, endpoint: () => ground.endpoint() });
    const types = thingTypes(history);
    cloudFormation = createCloudFormation({
      ground,
      typeOf: (type) => (isCustomResource(type) ? custom : types[type]),
      lookup: async (name) => (name === '/image/latest' ? 'ami-1' : undefined),
    });
    const functions = {
      signingNames: ['lambda'],
      handle: async ({ body }: AwsRequest) => {
        try {
          await customResource(JSON.parse(body.toString()) as Record<string, unknown>);
          return { status: 200, body: 'null' };
        } catch (error) {
          return {
            status: 200,
            headers: { 'x-amz-function-error': 'Unhandled' },
            body: JSON.stringify({ errorMessage: String(error) }),
          };
        }
      },
    };
    return [{ services: [cloudFormation.service, functions], resourceTypes: {}, close: async () => lambda.destroy() }];
  });
  if (!cloudFormation) throw new Error('The ground came up without CloudFormation');
  return { test, cloudFormation, history };
}

function thingTypes(history: string[]): ResourceTypes {
  const create: ResourceType['create'] = async (properties, { logicalId }) => {
    const { Name = logicalId, Colour = 'blue' } = properties;
    if (Colour === 'red') throw new Error('nothing here may be red');
    history.push(`create ${String(Name)}`);
    return { physicalId: String(Name), ref: `ref-${String(Name)}`, attributes: { Colour } };
  };
  const thing: ResourceType = {
    create,
    update: async (physicalId, properties, previous, context) => {
      if (properties['Name'] !== previous['Name']) return create(properties, context);
      history.push(`update ${physicalId}`);
      return { physicalId, ref: `ref-${physicalId}`, attributes: { Colour: properties['Colour'] } };
    },
    delete: async (physicalId) => void history.push(`delete ${physicalId}`),
  };
  return { 'Test::Thing': thing, 'Test::Stone': { create } };
}
