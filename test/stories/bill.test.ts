import { describe, expect, it } from 'vitest';
import type { JournalEntry } from '../../rehearsal/index.ts';
import { billFor } from '../../stories/bill/bill.ts';

const role = (name: string): string => `arn:aws:sts::123456789012:assumed-role/${name}/session`;

function tableCall(caller: string, writeUnits: number): JournalEntry {
  return { at: 0, kind: 'call', service: 'dynamodb', operation: 'UpdateItem', caller, writeUnits, wallMs: 1 };
}

function invocation(logicalId: string, durationMs: number): JournalEntry {
  return { at: 0, kind: 'invocation', functionName: logicalId, logicalId, requestId: 'r', memoryMb: 512, durationMs };
}

describe('the bill', () => {
  it('keeps what the engine uses apart from what the hosts’ agents use', () => {
    const bill = billFor(
      [invocation('EngineOrchestratorFunction1A2B3C4D', 1000), invocation('EngineCommandsFunction1A2B3C4D', 20)],
      1,
    );

    expect(bill.engine.lambdaRequests).toBe(1);
    expect(bill.engine.lambdaGigabyteSeconds).toBeCloseTo(0.5);
    expect(bill.hosts.lambdaRequests).toBe(1);
  });

  it('counts calls of the stacks’ roles, never those of the operator who watches', () => {
    const bill = billFor(
      [tableCall(role('SlipwayEngine-OrchestratorRole'), 2), tableCall('arn:aws:iam::123456789012:user/rehearsal', 7)],
      1,
    );

    expect(bill.engine.tableWriteUnits).toBe(2);
  });

  it('divides the total by the deployments, and by none to nothing', () => {
    const transitions: JournalEntry[] = Array.from({ length: 20 }, () => ({
      at: 0,
      kind: 'transition',
      stateMachineName: 'InstanceDeployment',
      executionArn: 'arn',
      stateName: 'RunEvents',
    }));

    expect(billFor(transitions, 2).usdPerDeployment).toBeCloseTo(0.00025);
    expect(billFor(transitions, 0).usdPerDeployment).toBe(0);
  });
});
