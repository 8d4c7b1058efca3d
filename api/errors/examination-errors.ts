import { ApiError } from './api-error.ts';

/** Auto Scaling tells the hooks of one group at a time, and whoever calls does not wait long enough for all. */
export class TooManyAutoScalingGroups extends ApiError {
  readonly code = 'TooManyAutoScalingGroups';

  constructor(read: number, options?: ErrorOptions) {
    super(
      `This Region has more Auto Scaling groups than one call can look at: ${read} were read in time. The examination of ` +
        'every day has a quarter of an hour and looks at all: invoke the function of the engine’s Doctor, and read ' +
        'its findings in the log group /slipway/doctor',
      options,
    );
  }
}
