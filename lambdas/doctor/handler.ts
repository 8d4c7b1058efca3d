import { connect } from './connect.ts';
import { examineDaily } from './examine-daily.ts';

const { ports, telemetry } = connect(process.env); // once per cold start

/** The examination of every day. */
export const handler = telemetry.around(() => examineDaily(ports, telemetry));
