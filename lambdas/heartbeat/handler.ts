import type { LifecycleAction } from '../../core/lifecycle-action.ts';
import { connect } from './connect.ts';
import { sendHeartbeat } from './send-heartbeat.ts';

const ports = connect(process.env); // once per cold start

/** One beat of the heartbeat lane. */
export const handler = ports.telemetry.around(({ action }: { readonly action: LifecycleAction }) =>
  sendHeartbeat(action, ports),
);
