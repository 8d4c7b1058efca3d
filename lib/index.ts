export { EngineStack } from './engine/engine-stack.ts';
export type { Engine } from './engine/engine.ts';
export { SlipwayEngine } from './engine/slipway-engine.ts';
export type { SlipwayEngineProps } from './engine/slipway-engine.ts';
export { AutoScalingDeploymentGroup } from './fleet/auto-scaling-deployment-group.ts';
export type { AutoScalingDeploymentGroupProps } from './fleet/auto-scaling-deployment-group.ts';
export { Revision } from './fleet/revision.ts';
