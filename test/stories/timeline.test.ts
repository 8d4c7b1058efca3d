import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import type { JournalEntry } from '../../rehearsal/index.ts';
import type { DeploymentExecution, DeploymentRecord } from '../../stories/executions.ts';
import { collectTimelines } from '../../stories/timeline/collect.ts';
import { renderTimelines } from '../../stories/timeline/render.ts';

const START = Date.parse('2026-05-04T09:00:00Z');
const after = (seconds: number): number => START + seconds * 1000;
const at = (seconds: number): string => new Date(after(seconds)).toISOString();

function inState(seconds: number, lifecycleState: string, instanceId = 'i-0a'): JournalEntry {
  return { at: after(seconds), kind: 'instance', instanceId, autoScalingGroupName: 'web', lifecycleState };
}

function heartbeat(seconds: number): JournalEntry {
  return {
    at: after(seconds),
    kind: 'lifecycleAction',
    instanceId: 'i-0a',
    autoScalingGroupName: 'web',
    lifecycleHookName: 'slipway-launch',
    token: 't',
    event: 'heartbeat',
  };
}

function launch(changes: Partial<DeploymentRecord> = {}): DeploymentExecution {
  return {
    name: 'launch-i-0a-t',
    status: 'SUCCEEDED',
    startedAt: new Date(after(11)),
    endedAt: new Date(after(71)),
    deployment: {
      deploymentId: 'd-ABCDEF123',
      type: 'launch',
      instanceId: 'i-0a',
      status: 'Succeeded',
      lifecycleActionResult: 'CONTINUE',
      reason: 'All lifecycle events succeeded',
      lifecycleEvents: [
        { lifecycleEventName: 'ApplicationStart', status: 'Succeeded', startTime: at(20), endTime: at(65) },
      ],
      ...changes,
    },
  };
}

function linesOf(journal: readonly JournalEntry[], executions: readonly DeploymentExecution[]): string[] {
  return stripVTControlCharacters(renderTimelines(collectTimelines(journal, executions), START)).split('\n');
}

describe('the timeline of an instance', () => {
  it('tells lifecycle states, deployment, events and heartbeats in the order they happened', () => {
    const journal = [inState(0, 'Pending'), inState(10, 'Pending:Wait'), heartbeat(40), inState(72, 'InService')];

    const lines = linesOf(journal, [launch()]);

    expect(lines).toEqual([
      'i-0a',
      '   +00:00   Pending → Pending:Wait',
      '   +00:11   launch deployment d-ABCDEF123: Succeeded in 1 min 00 s',
      '              ApplicationStart    45.0 s',
      '   +00:40   ♥ heartbeat',
      '   +01:12   InService',
    ]);
  });

  it('shows what a failed script said last', () => {
    const failed = launch({
      status: 'Failed',
      reason: 'The start script failed',
      lifecycleEvents: [
        {
          lifecycleEventName: 'ApplicationStart',
          status: 'Failed',
          startTime: at(20),
          endTime: at(21),
          diagnostics: {
            errorCode: 'ScriptFailed',
            scriptName: 'start.sh',
            message: 'exit code 1',
            logTail: 'one\n\ntwo\n',
          },
        },
      ],
    });

    const lines = linesOf([], [failed]);

    expect(lines.slice(2)).toEqual([
      '              ApplicationStart    failed after 1.0 s: exit code 1',
      '                │ one',
      '                │ two',
    ]);
  });

  it('gives the reason of a deployment that ended otherwise without a failed event', () => {
    const stopped = launch({
      status: 'Stopped',
      reason: 'Auto Scaling has ended the lifecycle action',
      lifecycleEvents: [],
    });

    const lines = linesOf([], [stopped]);

    expect(lines.at(-1)).toBe('              Auto Scaling has ended the lifecycle action');
  });

  it('keeps instances apart, in the order of their birth', () => {
    const lines = linesOf([inState(0, 'Pending', 'i-0b'), inState(1, 'Pending', 'i-0a')], []);

    expect(lines.filter((line) => line.startsWith('i-'))).toEqual(['i-0b', 'i-0a']);
  });
});
