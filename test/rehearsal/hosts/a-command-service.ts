import type { RouteHandler } from '../../../rehearsal/endpoint/endpoint.ts';
import type { AwsRequest } from '../../../rehearsal/endpoint/service.ts';

/** What a host reported: the event, how it went, and the no-ops reported along with it. */
interface Report {
  readonly event: string;
  readonly status: string;
  readonly noopEvents: readonly string[];
}

/** The deployment that every leg belongs to. */
export const DEPLOYMENT = 'Slipway/us-east-1/prod/123456789012:d-ABCDEF123';

/** Plays the command service for one leg of events, which the first host that polls receives. */
export class ACommandService {
  readonly requests: AwsRequest[] = [];
  readonly reports: Report[] = [];
  #events: string[];
  #failures: number;
  readonly #pollAfterSeconds: number;

  /** @param settings.failures how many requests are answered with 503 first */
  constructor(events: string[], settings: { pollAfterSeconds?: number; failures?: number } = {}) {
    this.#events = events;
    this.#pollAfterSeconds = settings.pollAfterSeconds ?? 15;
    this.#failures = settings.failures ?? 0;
  }

  readonly answer: RouteHandler = (request) => {
    this.requests.push(request);
    if (this.#failures-- > 0) return Promise.resolve({ status: 503, body: '{"__type":"ServerException"}' });
    const isPoll = request.headers['x-amz-target']?.endsWith('.PollHostCommand');
    return Promise.resolve({ status: 200, body: JSON.stringify(isPoll ? this.#poll() : this.#complete(request)) });
  };

  #poll(): object {
    return { ...this.#next(), Slipway: this.#pace() };
  }

  #complete({ body }: AwsRequest): object {
    const report = JSON.parse(body.toString()) as {
      HostCommandIdentifier: string;
      CommandStatus: string;
      Slipway: { NoopEvents: string[] };
    };
    const { HostCommandIdentifier: event, CommandStatus: status } = report;
    this.reports.push({ event, status, noopEvents: report.Slipway.NoopEvents });
    this.#events = status === 'Failed' ? [] : this.#events.slice(1 + report.Slipway.NoopEvents.length);
    return { Slipway: { HostCommand: null, ...this.#next(), ...this.#pace() } };
  }

  #next(): object {
    const [CommandName] = this.#events;
    if (CommandName === undefined) return {};
    return { HostCommand: { CommandName, HostCommandIdentifier: CommandName, DeploymentExecutionId: DEPLOYMENT } };
  }

  #pace(): object {
    return { PollAfterSeconds: this.#pollAfterSeconds, RemainingEvents: this.#events.slice(1) };
  }
}
