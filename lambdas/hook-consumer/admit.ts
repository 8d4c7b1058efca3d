import type { Executions } from '../../adapters/step-functions/executions.ts';
import { parseLifecycleNotice } from '../../core/lifecycle-notice.ts';
import { describeRequest, executionNameFor } from '../../core/target-request.ts';
import type { Telemetry } from '../telemetry.ts';

export interface Ports {
  readonly executions: Executions;
  readonly telemetry: Telemetry;
}

/**
 * Admits what one message announces: a lifecycle action becomes an execution, anything else is noted and let go.
 * When it returns, the message may be deleted, for the execution exists.
 * @throws MalformedNotice for a body that can never be read; it comes back until the dead-letter queue takes it
 */
export async function admit(body: string, { executions, telemetry }: Ports): Promise<void> {
  const notice = parseLifecycleNotice(body);
  switch (notice.kind) {
    case 'test':
      telemetry.info('test notification', { autoScalingGroupName: notice.autoScalingGroupName });
      return;
    case 'foreign':
      telemetry.warn('message is not for the engine', { why: notice.why });
      return;
    case 'action': {
      const { action } = notice;
      const execution = await executions.start(executionNameFor(action), action);
      telemetry.info('lifecycle action admitted', { ...describeRequest(action), execution });
      telemetry.count('NoticesAdmitted');
    }
  }
}
