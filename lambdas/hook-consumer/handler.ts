import { readEnvironment } from '../environment.ts';

const { SLIPWAY_STATE_MACHINE_ARN } = readEnvironment(process.env, ['SLIPWAY_STATE_MACHINE_ARN']);

export const handler = (): Promise<string> => Promise.resolve(SLIPWAY_STATE_MACHINE_ARN);
