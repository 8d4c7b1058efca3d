import type { CloudFormationCustomResourceEvent } from 'aws-lambda';

import { connect } from './connect.ts';
import { rollOut } from './roll-out.ts';

const ports = connect(process.env); // once per cold start

/** One request of the custom resource that brings a declared revision to the hosts that there are. */
export const handler = ports.telemetry.around((event: CloudFormationCustomResourceEvent) => rollOut(event, ports));
