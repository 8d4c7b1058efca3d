import { describe, expect, it } from 'vitest';

import { checkResourceAppSpec } from '../../../core/app-spec/index.ts';

const LAMBDA = `version: 0.0
Resources:
  - orders:
      Type: AWS::Lambda::Function
      Properties:
        Name: orders
        Alias: live
        CurrentVersion: 1
        TargetVersion: "2"
Hooks:
  - BeforeAllowTraffic: CodeDeployHook_smoke-test
  - AfterAllowTraffic: arn:aws:lambda:us-east-1:111122223333:function:CodeDeployHook_report:live
`;

const ECS = `version: '0.0'
Resources:
  - TargetService:
      Type: AWS::ECS::Service
      Properties:
        TaskDefinition: arn:aws:ecs:us-east-1:111122223333:task-definition/orders:7
        LoadBalancerInfo:
          ContainerName: web
          ContainerPort: 80
        PlatformVersion: LATEST
        NetworkConfiguration:
          AwsvpcConfiguration:
            Subnets: [subnet-1234abcd, subnet-5678abcd]
            SecurityGroups: [sg-12345678]
            AssignPublicIp: ENABLED
        CapacityProviderStrategy:
          - CapacityProvider: FARGATE
            Base: 1
          - CapacityProvider: FARGATE_SPOT
            Weight: 3
Hooks:
  - BeforeInstall: CodeDeployHook_prepare
  - AfterAllowTestTraffic: CodeDeployHook_try
`;

const seen = (text: string, platform: 'Lambda' | 'ECS'): string[] =>
  checkResourceAppSpec(text, platform).map(
    ({ line, column, message, remedy }) => `${line}:${column} ${message} ${remedy}`,
  );

describe('an AppSpec that means what it says', () => {
  it.each([
    ['of a function', LAMBDA, 'Lambda'],
    ['of a service', ECS, 'ECS'],
    ['of a service by family and revision', ECS.replace(/arn:.*\//, ''), 'ECS'],
    ['without hooks', LAMBDA.slice(0, LAMBDA.indexOf('Hooks')), 'Lambda'],
    ['with keys in another case', LAMBDA.replace('Resources', 'resources').replace('Alias', 'alias'), 'Lambda'],
    [
      'in JSON that is indented by tabs',
      '{\n\t"version": 0.0,\n\t"Resources": [{ "f": { "Type": "AWS::Lambda::Function", "Properties": {\n\t\t' +
        '"Name": "f", "Alias": "live", "CurrentVersion": "1", "TargetVersion": "2" } } }],\n\t"Hooks": []\n}',
      'Lambda',
    ],
  ] as const)('passes: %s', (_, text, platform) => {
    expect(seen(text, platform)).toEqual([]);
  });
});

describe('a faulty AppSpec', () => {
  it('for Lambda is told every fault, in the order of the file', () => {
    const text = `version: 1
Resources:
  - orders:
      Type: AWS::Lambda::Function
      Properties:
        Alias:
        CurrentVersion: $LATEST
Hooks:
  - BeforeTraffic: check
  - AfterAllowTraffic: not a function
  - AfterAllowTraffic: check
`;

    expect(seen(text, 'Lambda')).toEqual([
      '1:10 The version of the AppSpec is 1. write "version: 0.0"',
      '6:9 The AppSpec has no Name. add "Name:", the name of the function',
      '6:9 The AppSpec has no Alias. add "Alias:", whose traffic is shifted',
      '6:9 The AppSpec has no TargetVersion. add "TargetVersion:", the number of the published version that shall take the traffic',
      '7:25 The CurrentVersion $LATEST is not the number of a published version. write its number: $LATEST and aliases cannot be deployed',
      '9:5 No function can be invoked at BeforeTraffic. did you mean BeforeAllowTraffic?',
      '10:24 AfterAllowTraffic names no function (not a function). write the name or the ARN of a function',
      '11:5 AfterAllowTraffic stands twice in Hooks. name one function for each event',
    ]);
  });

  it('for ECS is told every fault, in the order of the file', () => {
    const text = `version: 0.0
Resources:
  - TargetService:
      Type: AWS::ECS::Service
      Properties:
        TaskDefinition: orders
        LoadBalancerInfo:
          ContainerPort: http
        NetworkConfiguration:
          AwsvpcConfiguration:
            Subnets: []
            AssignPublicIp: yes
        CapacityProviderStrategy:
          - CapacityProvider: FARGATE
            Base: 1
          - CapacityProvider: FARGATE_SPOT
            Base: 2
          - Weight: heavy
Hooks:
  - Install: check
`;

    expect(seen(text, 'ECS')).toEqual([
      '6:25 The TaskDefinition orders is not a revision of a task definition. name the revision of the task definition: its ARN, or family:revision',
      '8:11 The AppSpec has no ContainerName. add "ContainerName:", as in the task definition',
      '8:26 The ContainerPort http is not the number of a port. write the number of the port that the container listens on, from 1 to 65535',
      '11:13 The AppSpec has no SecurityGroups. give Subnets, SecurityGroups and AssignPublicIp, or none of them',
      '11:22 The AppSpec has no Subnets. give Subnets, SecurityGroups and AssignPublicIp, or none of them',
      '12:29 AssignPublicIp is yes. write ENABLED or DISABLED',
      '14:11 No capacity provider has a Weight. give at least one a Weight above 0',
      '16:13 Two capacity providers have a Base. give one alone a Base above 0',
      '18:13 The AppSpec has no CapacityProvider. add "CapacityProvider:", its name',
      '20:5 No function can be invoked at Install. use one of BeforeInstall, AfterInstall, AfterAllowTestTraffic, BeforeAllowTraffic, AfterAllowTraffic',
    ]);
  });

  it.each([
    ['that is empty', '', '1:1 The AppSpec is empty.'],
    ['that lost its lines', LAMBDA.replaceAll(/\n\s*/g, ' '), '1:10 The deployment failed because the application'],
    ['for servers', 'version: 0.0\nos: linux\n', '1:1 The AppSpec has no Resources.'],
    ['for another platform', ECS, '4:13 The Type AWS::ECS::Service cannot be deployed here.'],
    ['with two resources', `${LAMBDA}Resources: [{a: {}}, {b: {}}]\n`, '13:22 The AppSpec has 2 Resources instead'],
    ['with a list of nothing', 'version: 0.0\nResources: [a]\n', '2:13 The deployment failed because an entry of'],
    ['with a resource of nothing', 'version: 0.0\nResources: [{a: }]\n', '2:17 The AppSpec has no Type.'],
  ])('%s says so', (_, text, finding) => {
    expect(seen(text, 'Lambda')[0]).toContain(finding);
  });

  it('has a target version that is another than the current one', () => {
    expect(seen(LAMBDA.replace('"2"', '1'), 'Lambda')).toEqual([
      '9:24 CurrentVersion and TargetVersion are both 1: there is no traffic to shift. publish a version, and name it as TargetVersion',
    ]);
  });
});
