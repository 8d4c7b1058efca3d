import { connect } from './connect.ts';
import { moveTraffic, type MoveTrafficRequest } from './move-traffic.ts';

const ports = connect(process.env); // once per cold start

/** One look of the states BlockTraffic and AllowTraffic. */
export const handler = ports.telemetry.around((request: MoveTrafficRequest) => moveTraffic(request, ports));
