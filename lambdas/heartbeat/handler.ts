import type { TargetRequest } from '../../core/target-request.ts';
import { connect } from './connect.ts';
import { LifecycleActionGone } from './send-heartbeat.ts';
import { DeadlineReached } from './watch-deadline.ts';
import { HostAgentSilent, watchHost } from './watch-host.ts';

const ports = connect(process.env); // once per cold start

/** One beat of the lane that runs beside the work. */
export const handler = ports.telemetry.around(
  ({ request }: { readonly request: TargetRequest }) => watchHost(request, ports),
  { countedAs: 'HeartbeatsFailed', isAnswer },
);

/** A reason to stop the work, which the state machine catches by its name. */
function isAnswer(error: unknown): boolean {
  return [LifecycleActionGone, HostAgentSilent, DeadlineReached].some((reason) => error instanceof reason);
}
