/** Options of every command that speaks to an engine. */
export const CONNECTION_OPTIONS = { 'api-url': { type: 'string' }, region: { type: 'string' } } as const;

export interface ConnectionValues {
  readonly 'api-url'?: string | undefined;
  readonly region?: string | undefined;
}

/** What `--help` says of them. */
export const CONNECTION_USAGE = `      --api-url URL        the engine's API (default $SLIPWAY_API_URL, then
                           $AWS_ENDPOINT_URL as in a rehearsal, then the SSM
                           parameter /slipway/api-url)
      --region REGION      (default $AWS_REGION, then the AWS profile's)`;
