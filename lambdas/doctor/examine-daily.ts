import { type ExaminationPorts, observe } from '../../api/examination/observe.ts';
import { examine } from '../../core/doctor/examine.ts';
import type { Telemetry } from '../telemetry.ts';

/** Examines everything, and tells of each finding. Changes nothing: what to do about it is for a person to say. */
export async function examineDaily(ports: ExaminationPorts, telemetry: Telemetry): Promise<{ findings: number }> {
  const findings = examine(await observe(ports));
  for (const { name, problem, remedy, autoScalingGroupName, instanceId } of findings) {
    telemetry.count('DoctorFindings');
    telemetry.warn('doctor found something', { name, problem, remedy, autoScalingGroupName, instanceId });
  }
  return { findings: findings.length };
}
