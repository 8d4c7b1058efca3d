import { describe, expect, it } from 'vitest';
import { selectTargets, type Surroundings } from '../../../core/fleet/selection.ts';
import { processesAskedFor, processesToResume, processesToSuspend } from '../../../core/fleet/suspended-processes.ts';
import { isSelected, type TagFilter } from '../../../core/fleet/tag-filter.ts';

const key = (Key: string): TagFilter => ({ Type: 'KEY_ONLY', Key });
const value = (Value: string): TagFilter => ({ Type: 'VALUE_ONLY', Value });
const tag = (Key: string, Value: string): TagFilter => ({ Type: 'KEY_AND_VALUE', Key, Value });
const web = { role: 'web', stage: 'live' };

describe('tags', () => {
  it.each([
    ['a key', [key('role')], true],
    ['a key that only others have', [key('toString')], false],
    ['a value', [value('live')], true],
    ['a key with its value', [tag('role', 'web')], true],
    ['a key with the value of another', [tag('role', 'live')], false],
    ['any filter of a list', [tag('role', 'db'), value('live')], true],
    ['no filter', [], false],
  ])('are selected by %s as they should be', (_, filters, expected) => {
    expect(isSelected({ filters }, web)).toBe(expected);
  });

  it('are selected by a set when every list of it has a match', () => {
    expect(isSelected({ tagSet: [[key('role'), key('x')], [tag('stage', 'live')]] }, web)).toBe(true);
    expect(isSelected({ tagSet: [[key('role')], [tag('stage', 'test')]] }, web)).toBe(false);
    expect(isSelected({ tagSet: [] }, web)).toBe(false);
  });
});

const nobody: Surroundings = { ec2: {}, onPremises: {}, instances: [], members: [], onPremisesInstances: [] };
const ids = (surroundings: Partial<Surroundings>) =>
  selectTargets({ ...nobody, ...surroundings }).map(({ targetId }) => targetId);

describe('the targets of a deployment', () => {
  it('are nobody when nothing selects', () => {
    expect(ids({ instances: [{ instanceId: 'i-1', state: 'running', tags: web }] })).toEqual([]);
  });

  it('are instances with the tags, stopped ones included, terminated ones not', () => {
    const states = ['pending', 'running', 'stopping', 'stopped', 'shutting-down', 'terminated'];
    const instances = states.map((state) => ({ instanceId: state, state, tags: web }));

    expect(ids({ ec2: { filters: [key('role')] }, instances })).toEqual(['pending', 'running', 'stopping', 'stopped']);
  });

  it('are members in service, and no other, tags or not', () => {
    const members = ['InService', 'Standby', 'Pending:Wait', 'Warmed:Stopped'].map((lifecycleState) => ({
      instanceId: lifecycleState,
      lifecycleState,
      zone: 'a',
    }));
    const instances = members.map(({ instanceId }) => ({ instanceId, state: 'running', tags: web }));

    expect(ids({ members, instances, ec2: { filters: [key('role')] } })).toEqual(['InService']);
  });

  it('are registered hosts outside of EC2, without a zone', () => {
    const onPremisesInstances = [
      { instanceName: 'rack-1', isRegistered: true, tags: web },
      { instanceName: 'rack-2', isRegistered: false, tags: web },
    ];

    const targets = selectTargets({ ...nobody, onPremises: { filters: [key('role')] }, onPremisesInstances });

    expect(targets).toEqual([{ targetId: 'rack-1' }]);
  });

  it('are the union of all, each once', () => {
    const targets = ids({
      ec2: { filters: [key('role')] },
      members: [{ instanceId: 'i-1', lifecycleState: 'InService', zone: 'a' }],
      instances: [
        { instanceId: 'i-1', state: 'running', zone: 'a', tags: web },
        { instanceId: 'i-2', state: 'running', zone: 'b', tags: web },
      ],
    });

    expect(targets).toEqual(['i-1', 'i-2']);
  });
});

describe('the tag of an Auto Scaling group', () => {
  it('names processes with spaces between', () => {
    expect(processesAskedFor(' ScheduledActions  AZRebalance ')).toEqual({
      processes: ['AZRebalance', 'ScheduledActions'],
      unknown: [],
    });
  });

  it('asks for nothing where there is none', () => {
    expect(processesAskedFor(undefined)).toEqual({ processes: [], unknown: [] });
  });

  it('cannot ask for a process that launches need, or that there is not', () => {
    expect(processesAskedFor('Launch azrebalance')).toEqual({ processes: [], unknown: ['Launch', 'azrebalance'] });
  });
});

describe('suspended processes', () => {
  const wanted = ['AddToLoadBalancer', 'AlarmNotification'];

  it('are ours when nobody suspended them before', () => {
    const before = { suspended: ['AlarmNotification', 'AZRebalance'], byUs: [] };

    expect(processesToSuspend(wanted, before)).toEqual(['AddToLoadBalancer']);
  });

  it('stay ours when we ask again', () => {
    const again = { suspended: wanted, byUs: ['AddToLoadBalancer'] };

    expect(processesToSuspend(wanted, again)).toEqual(['AddToLoadBalancer']);
  });

  it('are resumed when they are ours, and nobody else’s', () => {
    const after = { suspended: ['AddToLoadBalancer', 'AZRebalance'], byUs: ['AddToLoadBalancer', 'AlarmNotification'] };

    expect(processesToResume(after)).toEqual(['AddToLoadBalancer']);
  });
});
