import { Agent, get } from 'node:http';

/** A client that asks again and again, with as many connections as it has requests under way, and keeps count. */
export class SteadyRequests {
  answered = 0;
  readonly failures: string[] = [];
  readonly #agent = new Agent({ keepAlive: true });
  readonly #lanes: Promise<void>[];
  #isOver = false;

  /** @param url asked by four at once, each of them ten milliseconds after its last answer */
  constructor(url: string) {
    this.#lanes = Array.from({ length: 4 }, () => this.#ask(url));
  }

  async stop(): Promise<{ answered: number; failures: readonly string[] }> {
    this.#isOver = true;
    await Promise.all(this.#lanes);
    this.#agent.destroy();
    return { answered: this.answered, failures: this.failures };
  }

  async #ask(url: string): Promise<void> {
    while (!this.#isOver) {
      const answer = await this.#answer(url);
      if (answer === '200') this.answered += 1;
      else this.failures.push(answer);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }

  /** Its status, or what broke it. */
  #answer(url: string): Promise<string> {
    return new Promise((resolve) => {
      get(url, { agent: this.#agent }, (response) => {
        response.resume();
        response.on('close', () => {
          resolve(response.complete ? String(response.statusCode) : 'cut off');
        });
      }).on('error', ({ message }) => {
        resolve(message);
      });
    });
  }
}
