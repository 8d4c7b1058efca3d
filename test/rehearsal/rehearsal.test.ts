import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startRehearsal, type Rehearsal } from '../../rehearsal/index.ts';

const BUCKET = 'cdk-hnb659fds-assets-${AWS::AccountId}-${AWS::Region}';

/** Registers each request in the table it is told, and answers like any custom resource. */
const REGISTRATION = `
import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
export const handler = async (event) => {
  if (event.RequestType === undefined) return { greeting: 'hello ' + event.name, role: process.env.AWS_ACCESS_KEY_ID?.slice(0, 4) };
  const { Name } = event.ResourceProperties;
  const Item = { pk: { S: Name }, request: { S: event.RequestType } };
  await new DynamoDBClient({}).send(new PutItemCommand({ TableName: process.env.TABLE, Item }));
  const answer = { Status: 'SUCCESS', PhysicalResourceId: Name, Data: { Registered: Name + '!' } };
  await fetch(event.ResponseURL, { method: 'PUT', body: JSON.stringify(answer) });
};`;

const template = (name: string) => ({
  Resources: {
    Table: {
      Type: 'AWS::DynamoDB::Table',
      Properties: {
        AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
        KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
        BillingMode: 'PAY_PER_REQUEST',
      },
    },
    Role: {
      Type: 'AWS::IAM::Role',
      Properties: {
        AssumeRolePolicyDocument: {
          Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
        },
        ManagedPolicyArns: ['arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole'],
      },
    },
    Writing: {
      Type: 'AWS::IAM::Policy',
      Properties: {
        PolicyName: 'Writing',
        Roles: [{ Ref: 'Role' }],
        PolicyDocument: {
          Statement: [{ Effect: 'Allow', Action: 'dynamodb:PutItem', Resource: { 'Fn::GetAtt': ['Table', 'Arn'] } }],
        },
      },
    },
    Function: {
      Type: 'AWS::Lambda::Function',
      Properties: {
        Code: { S3Bucket: { 'Fn::Sub': BUCKET }, S3Key: 'registration.zip' },
        Handler: 'index.handler',
        Runtime: 'nodejs24.x',
        Role: { 'Fn::GetAtt': ['Role', 'Arn'] },
        Environment: { Variables: { TABLE: { Ref: 'Table' } } },
        Timeout: 20,
      },
    },
    Group: {
      Type: 'Custom::Group',
      DependsOn: 'Writing',
      Properties: { ServiceToken: { 'Fn::GetAtt': ['Function', 'Arn'] }, Name: name },
    },
  },
  Outputs: {
    TableName: { Value: { Ref: 'Table' } },
    FunctionName: { Value: { Ref: 'Function' } },
    Registered: { Value: { 'Fn::GetAtt': ['Group', 'Registered'] } },
  },
});

async function writeAssembly(directory: string, resources: object): Promise<string> {
  await mkdir(join(directory, 'asset.registration'), { recursive: true });
  await writeFile(join(directory, 'asset.registration/index.mjs'), REGISTRATION);
  await writeFile(join(directory, 'Stack.template.json'), JSON.stringify(resources));
  const source = { path: 'asset.registration', packaging: 'zip' };
  const destinations = { here: { bucketName: BUCKET, objectKey: 'registration.zip' } };
  await writeFile(join(directory, 'Stack.assets.json'), JSON.stringify({ files: { code: { source, destinations } } }));
  const artifacts = {
    Stack: { type: 'aws:cloudformation:stack', properties: { templateFile: 'Stack.template.json' } },
    'Stack.assets': { type: 'cdk:asset-manifest', properties: { file: 'Stack.assets.json' } },
  };
  await writeFile(join(directory, 'manifest.json'), JSON.stringify({ artifacts }));
  return directory;
}

describe('a rehearsal', () => {
  let directory: string;
  let rehearsal: Rehearsal;
  let client: { endpoint: string; region: string; credentials: { accessKeyId: string; secretAccessKey: string } };

  beforeAll(async () => {
    directory = await mkdtemp(join(process.cwd(), 'node_modules', '.rehearsal-test-')); // where its function finds the SDK
    rehearsal = await startRehearsal({
      assembly: await writeAssembly(join(directory, 'one'), template('web')),
      speed: 10,
    });
    const credentials = { accessKeyId: 'any', secretAccessKey: 'any' };
    client = { endpoint: rehearsal.endpoint, region: rehearsal.region, credentials };
  });
  afterAll(async () => {
    await rehearsal.stop();
    await rm(directory, { recursive: true });
  });

  const registrations = async () => {
    const TableName = rehearsal.outputs('Stack')['TableName'] ?? '';
    const { Items = [] } = await new DynamoDBClient(client).send(new ScanCommand({ TableName }));
    return Items.map(({ pk, request }) => `${request?.S} ${pk?.S}`).sort();
  };

  it('plays the assembly: its function runs as its role and makes its custom resource', async () => {
    expect(rehearsal.outputs('Stack')['Registered']).toBe('web!');
    expect(await registrations()).toEqual(['Create web']);
    const writes = rehearsal.journal.entries.filter((entry) => entry.kind === 'call' && entry.operation === 'PutItem');
    expect(writes).toMatchObject([{ caller: expect.stringContaining(':assumed-role/Stack-Role-'), writeUnits: 1 }]);
  });

  it('knows which statements its calls needed', async () => {
    const uses = rehearsal.permissions.usage();

    expect(uses.find(({ policyId }) => policyId === 'Stack/Writing')).toMatchObject({ calls: 1, unusedActions: [] });
    expect(rehearsal.permissions.refusals).toEqual([]);
  });

  it('answers any AWS client with any credentials', async () => {
    const { Arn } = await new STSClient(client).send(new GetCallerIdentityCommand({}));
    const { Stacks } = await new CloudFormationClient(client).send(new DescribeStacksCommand({}));
    const { Payload } = await new LambdaClient(client).send(
      new InvokeCommand({ FunctionName: rehearsal.outputs('Stack')['FunctionName'], Payload: '{"name":"you"}' }),
    );

    expect(Arn).toBe('arn:aws:iam::123456789012:user/rehearsal');
    expect(Stacks?.map(({ StackName, StackStatus }) => [StackName, StackStatus])).toEqual([
      ['Stack', 'CREATE_COMPLETE'],
    ]);
    expect(JSON.parse(Buffer.from(Payload ?? []).toString())).toEqual({ greeting: 'hello you', role: 'ASIA' });
  });

  it('updates its stacks when it is given another assembly', async () => {
    await rehearsal.deploy(await writeAssembly(join(directory, 'two'), template('api')));

    expect(rehearsal.outputs('Stack')['Registered']).toBe('api!');
    expect(await registrations()).toEqual(['Delete web', 'Update api']);
  });

  it('leaves nothing behind', async () => {
    const other = await startRehearsal({ assembly: join(directory, 'one') });
    expect(childProcesses()).toContain('storage/embedded');

    await other.stop();
    await rehearsal.stop();

    expect(childProcesses()).not.toContain('rehearsal/');
    expect([existsSync(other.directory), existsSync(rehearsal.directory)]).toEqual([false, false]);
    await expect(fetch(other.endpoint)).rejects.toThrow();
  });

  it('that cannot be played ends before it begins, and cleans up', async () => {
    const unplayable = await mkdtemp(join(tmpdir(), 'assembly-test-'));
    await writeAssembly(unplayable, { Resources: { Cluster: { Type: 'AWS::ECS::Cluster' } } });

    await expect(startRehearsal({ assembly: unplayable })).rejects.toThrow('AWS::ECS::Cluster (Cluster in Stack)');

    expect(childProcesses()).not.toContain('rehearsal/');
    await rm(unplayable, { recursive: true });
  });
});

/** Command lines of this process's children. */
const childProcesses = (): string => execFileSync('ps', ['-o', 'args=', '--ppid', String(process.pid)]).toString();
