import { Logger } from '@aws-lambda-powertools/logger';
import { MetricUnit, Metrics } from '@aws-lambda-powertools/metrics';

/** Everything the engine counts, in one namespace; `README.md` says what each means. */
export type Count =
  | 'NoticesAdmitted'
  | 'DeploymentsStarted'
  | 'DeploymentsSucceeded'
  | 'DeploymentsFailed'
  | 'DeploymentsStopped'
  | 'DeploymentsSkipped'
  | 'HeartbeatsSent'
  | 'HeartbeatsFailed'
  | 'LifecycleActionsGone'
  | 'HostAgentsSilent'
  | 'RevisionsWithdrawn'
  | 'LaunchesHeld'
  | 'DeadlinesNear'
  | 'DeadlinesReached'
  | 'ExecutionsDied'
  | 'FleetDeploymentsStarted'
  | 'FleetDeploymentsSucceeded'
  | 'FleetDeploymentsFailed'
  | 'FleetDeploymentsStopped'
  | 'DoctorFindings'
  | 'NotificationsFailed'
  | 'RefusedCalls';

export type Measure = 'SecondsFromNoticeToFirstCommand';

/** What may stand in a log line: identifiers and verdicts, never tokens or credentials. */
export type Fields = Readonly<Record<string, string | number | boolean | null | undefined>>;

/** What a function tells its operators. */
export interface Telemetry {
  info(message: string, fields?: Fields): void;
  warn(message: string, fields?: Fields): void;
  error(message: string, error: unknown, fields?: Fields): void;
  count(metric: Count): void;
  measure(metric: Measure, seconds: number): void;
}

/** What errors of a handler are counted as, where Lambda's own count says little. */
export interface Failures {
  readonly countedAs: Count;
  /** Whether an error is an answer, for which whoever calls waits by name. */
  readonly isAnswer: (error: unknown) => boolean;
}

/** Structured logs and metrics in embedded metric format, by Powertools; both go to the function's log group. */
export class PowertoolsTelemetry implements Telemetry {
  readonly #logger = new Logger();
  readonly #metrics = new Metrics();

  info(message: string, fields: Fields = {}): void {
    this.#logger.info(message, fields);
  }

  warn(message: string, fields: Fields = {}): void {
    this.#logger.warn(message, fields);
  }

  error(message: string, error: unknown, fields: Fields = {}): void {
    this.#logger.error(message, { ...fields, error: error as Error });
  }

  count(metric: Count): void {
    this.#metrics.addMetric(metric, MetricUnit.Count, 1);
  }

  measure(metric: Measure, seconds: number): void {
    this.#metrics.addMetric(metric, MetricUnit.Seconds, seconds);
  }

  /** Wraps a handler: what it counted is published when it ends, however it ends. */
  around<Event, Result>(
    handle: (event: Event) => Promise<Result>,
    failures?: Failures,
  ): (event: Event) => Promise<Result> {
    return async (event) => {
      try {
        return await handle(event);
      } catch (error) {
        if (failures && !failures.isAnswer(error)) this.count(failures.countedAs);
        throw error;
      } finally {
        if (this.#metrics.hasStoredMetrics()) this.#metrics.publishStoredMetrics();
      }
    };
  }
}
