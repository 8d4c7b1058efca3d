export type AlarmState = 'OK' | 'ALARM' | 'INSUFFICIENT_DATA';

/** When an alarm goes off. */
export interface AlarmRule {
  readonly threshold: number;
  readonly comparisonOperator: string;
  readonly datapointsToAlarm: number;
  readonly treatMissingData: 'breaching' | 'notBreaching' | 'ignore' | 'missing';
}

/**
 * The state of an alarm by the data of its evaluation periods.
 * Without enough real data, missing data counts as the alarm says; `missing` judges by what is there.
 * @param datapoints one for each period; undefined where nothing was measured
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html
 */
export function evaluateAlarm(
  datapoints: readonly (number | undefined)[],
  rule: AlarmRule,
  current: AlarmState,
): AlarmState {
  const present = datapoints.filter((value) => value !== undefined);
  const breaching = present.filter((value) => breaches(value, rule)).length;
  const missing = datapoints.length - present.length;
  if (breaching >= rule.datapointsToAlarm) return 'ALARM';
  if (missing === 0) return 'OK';

  switch (rule.treatMissingData) {
    case 'breaching':
      return breaching + missing >= rule.datapointsToAlarm ? 'ALARM' : 'OK';
    case 'notBreaching':
      return 'OK';
    case 'ignore':
      return present.length < rule.datapointsToAlarm ? current : 'OK';
    case 'missing':
      if (present.length === 0) return 'INSUFFICIENT_DATA';
      return breaching === present.length ? 'ALARM' : 'OK';
  }
}

/** @throws Error for operators of anomaly detection */
function breaches(value: number, { comparisonOperator, threshold }: AlarmRule): boolean {
  switch (comparisonOperator) {
    case 'GreaterThanThreshold':
      return value > threshold;
    case 'GreaterThanOrEqualToThreshold':
      return value >= threshold;
    case 'LessThanThreshold':
      return value < threshold;
    case 'LessThanOrEqualToThreshold':
      return value <= threshold;
    default:
      throw new Error(`An alarm compares by ${comparisonOperator}, which the rehearsal does not play`);
  }
}
