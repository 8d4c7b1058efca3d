import type * as CodeDeploy from '@aws-sdk/client-codedeploy';

/** Names of CodeDeploy's modelled exceptions: a misspelled one does not compile. */
type ModelledCode = Exclude<
  Extract<keyof typeof CodeDeploy, `${string}Exception`>,
  'CodeDeployServiceException' // the base class of the SDK, which is never sent
>;

/** Names of errors that any service of the JSON protocol may answer with. */
type ProtocolCode = 'UnknownOperationException' | 'SerializationException' | 'InternalFailure';

/** Of the engine's own operations, which CodeDeploy does not have. */
type OwnCode = 'TooManyAutoScalingGroups';

/** An answer other than the one hoped for: the name that clients match on, a message, a status. */
export abstract class ApiError extends Error {
  abstract readonly code: ModelledCode | ProtocolCode | OwnCode;
  /** HTTP status. Clients repeat a call that ended with 500 or above. */
  readonly status: number = 400;
}
