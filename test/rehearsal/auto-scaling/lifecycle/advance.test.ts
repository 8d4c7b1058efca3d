import { describe, expect, it } from 'vitest';
import type { LifecycleEvent } from '../../../../rehearsal/auto-scaling/lifecycle/step.ts';
import type { LifecycleHook } from '../../../../rehearsal/auto-scaling/lifecycle/lifecycle-hook.ts';
import type { Member } from '../../../../rehearsal/auto-scaling/lifecycle/member.ts';
import {
  aMember,
  ended,
  launchHook,
  live,
  secondLaunchHook,
  secondTerminationHook,
  terminationHook,
} from './members.ts';

const running: LifecycleEvent = { type: 'InstanceRunning' };
const registered: LifecycleEvent = { type: 'Registered' };
const leave: LifecycleEvent = { type: 'Leave' };
const drained: LifecycleEvent = { type: 'Drained' };
const gone: LifecycleEvent = { type: 'InstanceTerminated' };
const serving = aMember({ lifecycleState: 'InService', registered: true });
const resting = aMember({ lifecycleState: 'Warmed:Stopped' });
const standing = aMember({ lifecycleState: 'Standby' });

/** What happens, to whom, with which hooks, and everything that follows from it, in order. */
const tales: readonly (readonly [
  string,
  Member,
  readonly LifecycleHook[],
  readonly LifecycleEvent[],
  readonly string[],
])[] = [
  ['a launch without hooks', aMember(), [], [running, registered], ['register', 'InService']],
  [
    'a launch with a hook is registered only after CONTINUE',
    aMember(),
    [launchHook, terminationHook],
    [running, ended('t1', 'CONTINUE'), registered],
    ['Pending:Wait', 'startActions t1', 'Pending:Proceed', 'register', 'InService'],
  ],
  [
    'a launch waits for all of its hooks',
    aMember(),
    [launchHook, secondLaunchHook],
    [running, ended('t1', 'CONTINUE'), ended('t2', 'CONTINUE')],
    ['Pending:Wait', 'startActions t1 t2', 'Pending:Proceed', 'register'],
  ],
  [
    'one ABANDON ends a launch and its other actions at once, and nothing is drained',
    aMember(),
    [launchHook, secondLaunchHook],
    [running, ended('t2', 'ABANDON')],
    ['Pending:Wait', 'startActions t1 t2', 'cancelActions t1', 'cancelLaunch', 'Terminating', 'terminateInstance'],
  ],
  [
    'an abandoned launch passes the termination hooks',
    aMember(),
    [launchHook, terminationHook],
    [running, ended('t1', 'ABANDON'), ended('t2', 'CONTINUE'), gone],
    [
      'Pending:Wait',
      'startActions t1',
      'cancelLaunch',
      'Terminating',
      'Terminating:Wait',
      'startActions t2',
      'Terminating:Proceed',
      'terminateInstance',
      'Terminated',
    ],
  ],
  [
    'a termination is drained before its hooks start',
    serving,
    [terminationHook],
    [leave, drained, ended('t1', 'CONTINUE'), gone],
    [
      'Terminating',
      'drain',
      'Terminating:Wait',
      'startActions t1',
      'Terminating:Proceed',
      'terminateInstance',
      'Terminated',
    ],
  ],
  [
    'a termination without hooks',
    serving,
    [launchHook],
    [leave, drained, gone],
    ['Terminating', 'drain', 'terminateInstance', 'Terminated'],
  ],
  [
    'ABANDON of a termination only cuts the other hooks short',
    serving,
    [terminationHook, secondTerminationHook],
    [leave, drained, ended('t1', 'ABANDON')],
    [
      'Terminating',
      'drain',
      'Terminating:Wait',
      'startActions t1 t2',
      'cancelActions t2',
      'Terminating:Proceed',
      'terminateInstance',
    ],
  ],
  [
    'scaling in during the wait cancels the launch and kills its action',
    aMember(),
    [launchHook],
    [running, leave],
    ['Pending:Wait', 'startActions t1', 'cancelActions t1', 'cancelLaunch', 'Terminating', 'terminateInstance'],
  ],
  [
    'an instance that is just being registered is drained when it has to leave',
    aMember(),
    [],
    [running, leave, registered, drained],
    ['register', 'cancelLaunch', 'Terminating', 'drain', 'terminateInstance'],
  ],
  [
    'standby drains and runs no hooks',
    serving,
    [launchHook, terminationHook],
    [{ type: 'EnterStandby' }, drained, { type: 'ExitStandby' }, registered],
    ['EnteringStandby', 'drain', 'Standby', 'Pending', 'register', 'InService'],
  ],
  [
    'detaching drains and runs no hooks',
    serving,
    [terminationHook],
    [{ type: 'Detach' }, drained],
    ['Detaching', 'drain', 'Detached'],
  ],
  [
    'detaching from standby has nothing to drain',
    standing,
    [terminationHook],
    [{ type: 'Detach' }],
    ['Detaching', 'Detached'],
  ],
  ['attaching runs no hooks', aMember(), [launchHook], [{ type: 'Attach' }, registered], ['register', 'InService']],
  [
    'an instance is prepared before it rests in the warm pool',
    aMember({ lifecycleState: 'Warmed:Pending' }),
    [launchHook, terminationHook],
    [running, ended('t1', 'CONTINUE'), { type: 'Rested', state: 'Warmed:Stopped' }],
    ['Warmed:Pending:Wait', 'startActions t1', 'Warmed:Pending:Proceed', 'restInstance', 'Warmed:Stopped'],
  ],
  [
    'without hooks there is nothing to prepare',
    aMember({ lifecycleState: 'Warmed:Pending' }),
    [],
    [running, { type: 'Rested', state: 'Warmed:Running' }],
    ['restInstance', 'Warmed:Running'],
  ],
  [
    'one that is abandoned on its way into the pool leaves it, by the termination hooks',
    aMember({ lifecycleState: 'Warmed:Pending' }),
    [launchHook, terminationHook],
    [running, ended('t1', 'ABANDON'), ended('t2', 'CONTINUE'), gone],
    [
      'Warmed:Pending:Wait',
      'startActions t1',
      'cancelLaunch',
      'Warmed:Terminating',
      'Warmed:Terminating:Wait',
      'startActions t2',
      'Warmed:Terminating:Proceed',
      'terminateInstance',
      'Warmed:Terminated',
    ],
  ],
  [
    'one that is called from the pool passes the launch hooks again',
    resting,
    [launchHook],
    [{ type: 'Promote' }, running, ended('t1', 'CONTINUE'), registered],
    ['Pending', 'startInstance', 'Pending:Wait', 'startActions t1', 'Pending:Proceed', 'register', 'InService'],
  ],
  [
    'one that goes back into the pool is drained, passes the termination hooks, and stays',
    { ...serving, inServiceAtMs: 1 },
    [launchHook, terminationHook],
    [{ type: 'ReturnToPool' }, running, drained, ended('t1', 'ABANDON'), { type: 'Rested', state: 'Warmed:Stopped' }],
    [
      'Warmed:Pending',
      'drain',
      'Warmed:Pending:Wait',
      'startActions t1',
      'Warmed:Pending:Proceed',
      'restInstance',
      'Warmed:Stopped',
    ],
  ],
  [
    'the pool gives up what it has too much of',
    resting,
    [terminationHook],
    [leave, ended('t1', 'CONTINUE'), gone],
    [
      'Warmed:Terminating',
      'Warmed:Terminating:Wait',
      'startActions t1',
      'Warmed:Terminating:Proceed',
      'terminateInstance',
      'Warmed:Terminated',
    ],
  ],
  [
    'an instance that leaves from standby still passes the termination hooks',
    standing,
    [terminationHook],
    [leave],
    ['Terminating', 'Terminating:Wait', 'startActions t1'],
  ],
];

describe('The lifecycle of an instance', () => {
  it.each(tales)('%s', (_, member, hooks, events, expected) => {
    const { told } = live(member, hooks, ...events);

    expect(told).toEqual(expected);
  });

  it.each<[string, Member, LifecycleEvent]>([
    ['a late result of an action that has ended', serving, ended('t1', 'CONTINUE')],
    ['leaving twice', aMember({ lifecycleState: 'Terminating:Wait' }), leave],
    ['a second drain', serving, drained],
    ['registration of an instance that leaves', aMember({ lifecycleState: 'Terminating' }), registered],
    ['the end of a machine that serves, which is for the health check to notice', serving, gone],
    ['a promotion of one that serves already', serving, { type: 'Promote' }],
    ['a return of one that rests already', resting, { type: 'ReturnToPool' }],
    ['standby of an instance that does not serve', aMember(), { type: 'EnterStandby' }],
  ])('does not move for %s', (_, member, event) => {
    const { member: after, told } = live(member, [launchHook, terminationHook], event);

    expect(after).toEqual(member);
    expect(told).toEqual([]);
  });

  it('counts the grace period from the moment of serving', () => {
    const { member } = live(aMember(), [], running, registered);

    expect(member.inServiceAtMs).toBe(1000);
  });
});
