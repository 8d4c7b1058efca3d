import type { Claim, Route } from '../endpoint/endpoint.ts';
import type { AwsRequest } from '../endpoint/service.ts';

/** What functions need of the rest of the cloud beside the endpoint. */
export interface Surroundings {
  /** Leads the paths of function URLs here. */
  readonly route: Route;
  /** Leads the clients of a service that a function plays here. */
  readonly claim: Claim;
  /** The directory of an asset of the assembly; undefined when no asset has this bucket and key. */
  codeDirectory(bucket: string, key: string): string | undefined;
  /** Whether a request carries a valid signature by credentials that were issued here. */
  isSigned(request: AwsRequest): Promise<boolean>;
  /** Where the output of functions goes; times in rehearsed milliseconds since the epoch. */
  readonly logs: { append(logGroup: string, logStream: string, message: string, timestamp: number): void };
  /** Where CloudWatch's metrics of functions go. */
  metric(namespace: string, name: string, dimensions: Readonly<Record<string, string>>, value: number): void;
}
