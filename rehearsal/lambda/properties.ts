import { NOT_BILLED, NOTHING_IS_ENCRYPTED, type PropertyTable } from '../cloudformation/property-table.ts';

/** What becomes of the properties of Lambda's resource types. */
export const lambdaProperties = {
  'AWS::Lambda::Function': {
    honoured: [
      'Architectures',
      'Code',
      'DeadLetterConfig',
      'Description',
      'Environment',
      'FunctionName',
      'Handler',
      'Layers',
      'LoggingConfig.LogFormat',
      'LoggingConfig.LogGroup',
      'MemorySize',
      'ReservedConcurrentExecutions',
      'Role',
      'Runtime',
      'Timeout',
    ],
    withoutEffect: {
      'all lines are written, whatever their level': [
        'LoggingConfig.ApplicationLogLevel',
        'LoggingConfig.SystemLogLevel',
      ],
      'no traces are collected; whether the role may send them is checked for state machines alone': ['TracingConfig'],
      'a function has the file system and the network of this machine': ['EphemeralStorage', 'VpcConfig'],
      [NOTHING_IS_ENCRYPTED]: ['KmsKeyArn'],
      [NOT_BILLED]: ['Tags'],
      'a function is a Node of this machine': ['RuntimeManagementConfig', 'SnapStart'],
      'loops are not looked for': ['RecursiveLoop'],
    },
  },
  'AWS::Lambda::Url': { honoured: ['AuthType', 'TargetFunctionArn'] },
  'AWS::Lambda::EventSourceMapping': {
    honoured: [
      'BatchSize',
      'Enabled',
      'EventSourceArn',
      'FunctionName',
      'FunctionResponseTypes',
      'MaximumBatchingWindowInSeconds',
      'ScalingConfig',
    ],
    withoutEffect: { [NOT_BILLED]: ['Tags'] },
  },
  'AWS::Lambda::EventInvokeConfig': {
    honoured: ['DestinationConfig', 'FunctionName', 'MaximumEventAgeInSeconds', 'MaximumRetryAttempts'],
    withoutEffect: { 'a function has one version': ['Qualifier'] },
  },
  'AWS::Lambda::LayerVersion': {
    honoured: ['Content', 'LayerName'],
    withoutEffect: {
      'for people who read it': ['CompatibleArchitectures', 'CompatibleRuntimes', 'Description', 'LicenseInfo'],
    },
  },
  'AWS::Lambda::Permission': {
    honoured: [
      'Action',
      'FunctionName',
      'FunctionUrlAuthType',
      'InvokedViaFunctionUrl',
      'Principal',
      'SourceAccount',
      'SourceArn',
    ],
  },
  'AWS::Lambda::Version': {
    honoured: ['FunctionName'],
    withoutEffect: { 'a function has one version': ['CodeSha256', 'Description'] },
  },
  'AWS::Lambda::Alias': {
    honoured: ['FunctionName', 'Name'],
    withoutEffect: { 'a function has one version': ['Description', 'FunctionVersion', 'RoutingConfig'] },
  },
} satisfies Record<string, PropertyTable>;
