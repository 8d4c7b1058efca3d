import { readEnvironment } from '../environment.ts';

const { SLIPWAY_TABLE } = readEnvironment(process.env, ['SLIPWAY_TABLE']);

export const handler = (): Promise<string> => Promise.resolve(SLIPWAY_TABLE);
