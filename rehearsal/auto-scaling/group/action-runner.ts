import type { EndCause, LifecycleAction } from '../lifecycle/lifecycle-action.ts';
import { expiresAtMs } from '../lifecycle/lifecycle-action.ts';
import type { LifecycleActionResult } from '../lifecycle/lifecycle-hook.ts';
import { actionEvent, actionMessage, actionSubject, type ActionNotice } from '../notifications/messages.ts';
import type { Surroundings } from '../surroundings.ts';
import type { AutoScalingGroup } from './auto-scaling-group.ts';

/** Tells the lifecycle that an action ended by itself. */
type OnActionEnd = (instanceId: string, token: string, result: LifecycleActionResult, cause: EndCause) => void;

/** As much of the surroundings as actions need. */
interface ActionSurroundings extends Pick<Surroundings, 'timers'> {
  readonly ground: Pick<Surroundings['ground'], 'accountId' | 'journal' | 'emit'>;
  readonly notifier: Pick<Surroundings['notifier'], 'send'>;
}

/** Starts lifecycle actions, watches their timeouts and writes them into the journal. */
export class ActionRunner {
  readonly #group: Pick<AutoScalingGroup, 'name' | 'arn'>;
  readonly #around: ActionSurroundings;
  readonly #onEnd: OnActionEnd;
  /** Actions under way, by token: whose they are, and how to call off the timeout. */
  readonly #running = new Map<string, { readonly instanceId: string; readonly callOff: () => void }>();

  constructor(group: Pick<AutoScalingGroup, 'name' | 'arn'>, around: ActionSurroundings, onEnd: OnActionEnd) {
    this.#group = group;
    this.#around = around;
    this.#onEnd = onEnd;
  }

  /** All actions of a wait start together: every notification leaves before any of them is waited for. */
  start(instanceId: string, actions: readonly LifecycleAction[]): void {
    for (const action of actions) {
      this.#observe(instanceId, action, { event: 'started' });
      this.#watch(instanceId, action);
      void this.#notify(instanceId, action);
    }
  }

  /** Whose action it is; undefined for one that has ended. */
  instanceOf(token: string): string | undefined {
    return this.#running.get(token)?.instanceId;
  }

  heartbeat(instanceId: string, action: LifecycleAction): void {
    this.#watch(instanceId, action);
    this.#observe(instanceId, action, { event: 'heartbeat' });
  }

  /** @param result undefined for an action that was cut short */
  end(instanceId: string, action: LifecycleAction, result: LifecycleActionResult | undefined, cause: string): void {
    this.#running.get(action.token)?.callOff();
    this.#running.delete(action.token);
    this.#observe(instanceId, action, { event: 'completed', cause, ...(result && { result }) });
  }

  /** Sets the timeout of an action anew: at its start and after each heartbeat. */
  #watch(instanceId: string, action: LifecycleAction): void {
    const { timers } = this.#around;
    this.#running.get(action.token)?.callOff();
    const wait = (): void => {
      const callOff = timers.after(expiresAtMs(action) - timers.now(), () => {
        // A timer may strike a moment early by the clock that wrote the deadline.
        if (timers.now() < expiresAtMs(action)) wait();
        else this.#onEnd(instanceId, action.token, action.hook.defaultResult, 'HeartbeatTimeout');
      });
      this.#running.set(action.token, { instanceId, callOff });
    };
    wait();
  }

  async #notify(instanceId: string, action: LifecycleAction): Promise<void> {
    const { ground, notifier, timers } = this.#around;
    const notice: ActionNotice = {
      group: this.#group,
      instanceId,
      action,
      accountId: ground.accountId,
      nowMs: timers.now(),
    };
    ground.emit(actionEvent(notice));
    const { notificationTargetArn: targetArn, roleArn, defaultResult } = action.hook;
    if (targetArn === undefined || roleArn === undefined) return;
    try {
      await notifier.send({ targetArn, roleArn }, { body: actionMessage(notice), subject: actionSubject(notice) });
    } catch (error) {
      if (timers.closed) return;
      ground.journal.record({
        kind: 'warning',
        message: `The lifecycle hook ${action.hook.lifecycleHookName} could not notify ${targetArn}: ${String(error)}`,
      });
      this.#onEnd(instanceId, action.token, defaultResult, 'NotificationFailed');
    }
  }

  #observe(
    instanceId: string,
    { token, hook }: LifecycleAction,
    observed: { event: 'started' | 'heartbeat' | 'completed'; result?: LifecycleActionResult; cause?: string },
  ): void {
    this.#around.ground.journal.record({
      kind: 'lifecycleAction',
      instanceId,
      autoScalingGroupName: this.#group.name,
      lifecycleHookName: hook.lifecycleHookName,
      token,
      ...observed,
    });
  }
}
