import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as actions from 'aws-cdk-lib/aws-cloudwatch-actions';
import * as sns from 'aws-cdk-lib/aws-sns';
import { Construct, IConstruct } from 'constructs';

const RUNBOOK = 'https://github.com/cdk-labeling-workflows/cdk-labeling-workflows/blob/main/docs/runbook.md';

/** What makes an alarm this one. */
export interface AlarmTexts {
  readonly says: string;
  /** Of its entry in the runbook. */
  readonly anchor: string;
  readonly threshold: number;
  readonly evaluationPeriods?: number;
  /** What no value means: by itself that what was so is still so. */
  readonly treatMissingData?: cloudwatch.TreatMissingData;
}

/** Whom alarms are about, and who hears of them. */
export interface AlarmSubject {
  readonly about: IConstruct;
  readonly topic?: sns.ITopic;
}

/** An alarm whose description says what is wrong, with what, and links to what is to be done. */
export function runbookAlarm(scope: Construct, id: string, metric: cloudwatch.IMetric, { about, topic }: AlarmSubject, texts: AlarmTexts): cloudwatch.Alarm {
  const { says, anchor, ...rest } = texts;
  const alarm = new cloudwatch.Alarm(scope, id, {
    metric,
    evaluationPeriods: 1,
    comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    // values come when somebody looks; what was found last is still so
    treatMissingData: cloudwatch.TreatMissingData.IGNORE,
    alarmDescription: `${says} (${about.node.path}): ${RUNBOOK}#${anchor}`,
    ...rest,
  });
  if (topic) {
    alarm.addAlarmAction(new actions.SnsAction(topic));
    alarm.addOkAction(new actions.SnsAction(topic));
  }
  return alarm;
}
