import { existsSync, readdirSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import type { Ground } from '../part.ts';
import type { FunctionConfiguration } from './function-configuration.ts';

/**
 * Everything a function finds in `process.env`: its own variables and Lambda's, with credentials of its role.
 * Nothing of the environment of whoever started the rehearsal.
 */
export function environmentVariables(
  ground: Ground,
  configuration: FunctionConfiguration,
  logStreamName: string,
): Record<string, string> {
  const { functionName, memoryMb, roleArn, taskRoot, layers, variables } = configuration;
  const credentials = ground.credentials.assumeRole(roleArn, functionName);
  return {
    ...(hasSourceMaps(taskRoot) && { NODE_OPTIONS: '--enable-source-maps' }),
    ...variables,
    _HANDLER: configuration.handler,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    AWS_SESSION_TOKEN: credentials.sessionToken,
    AWS_REGION: ground.region,
    AWS_DEFAULT_REGION: ground.region,
    AWS_ENDPOINT_URL: ground.endpoint(),
    AWS_EXECUTION_ENV: `AWS_Lambda_${configuration.runtime}`,
    AWS_LAMBDA_FUNCTION_NAME: functionName,
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(memoryMb),
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_LAMBDA_LOG_FORMAT: configuration.logFormat,
    AWS_LAMBDA_LOG_GROUP_NAME: configuration.logGroupName,
    AWS_LAMBDA_LOG_STREAM_NAME: logStreamName,
    LAMBDA_TASK_ROOT: taskRoot,
    LANG: 'en_US.UTF-8',
    TZ: 'UTC',
    PATH: [dirname(process.execPath), '/usr/local/bin', '/usr/bin', '/bin'].join(delimiter),
    REHEARSAL_CLOCK: ground.clock.origin,
    ...(layers.length > 0 && { NODE_PATH: layers.map((layer) => join(layer, 'nodejs/node_modules')).join(delimiter) }),
  };
}

const hasSourceMaps = (directory: string): boolean =>
  existsSync(directory) && readdirSync(directory).some((file) => file.endsWith('.map'));
