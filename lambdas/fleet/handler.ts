import { connect } from './connect.ts';
import { type DeadFleet, settleDeadFleet } from './settle-dead-fleet.ts';
import { carryOut, type FleetStep } from './step.ts';

const engine = connect(process.env); // once per cold start

/** One step of the `FleetDeployment` state machine, or the news that one of its executions died. */
export const handler = engine.telemetry.around((event: FleetStep | DeadFleet) =>
  'detail' in event ? settleDeadFleet(event, engine) : carryOut(event, engine),
);
