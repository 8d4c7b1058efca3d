import type { CloudFormationCustomResourceEvent } from 'aws-lambda';

import { connect } from './connect.ts';
import { register } from './register.ts';

const ports = connect(process.env); // once per cold start

/** One request of the custom resource that declares a deployment group. */
export const handler = ports.telemetry.around((event: CloudFormationCustomResourceEvent) => register(event, ports));
