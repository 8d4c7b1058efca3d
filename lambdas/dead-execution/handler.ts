import { connect } from '../orchestrator/connect.ts';
import { type DeadExecution, settleDeadExecution } from './settle-dead-execution.ts';

const engine = connect(process.env); // once per cold start

/** One execution of `InstanceDeployment` that failed, timed out or was aborted. */
export const handler = engine.telemetry.around((event: DeadExecution) => settleDeadExecution(event, engine));
