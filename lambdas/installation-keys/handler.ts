import type { CloudFormationCustomResourceEvent } from 'aws-lambda';

import { connect } from './connect.ts';
import { keepKeys } from './keep-keys.ts';

const ports = connect(process.env); // once per cold start

/** One request of the custom resource that stands for the installation's keys. */
export const handler = ports.telemetry.around((event: CloudFormationCustomResourceEvent) => keepKeys(event, ports));
