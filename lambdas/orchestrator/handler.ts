import { connect } from './connect.ts';
import { carryOut, type StepRequest } from './step.ts';

const engine = connect(process.env); // once per cold start

/** One step of the `InstanceDeployment` state machine. */
export const handler = engine.telemetry.around((request: StepRequest) => carryOut(request, engine));
