import { Aws, CfnOutput } from 'aws-cdk-lib';
import { JobFleet } from '../job-fleet';

/** What an operator wants to see after a deployment: where things are, how many, and what to type. */
export function addFleetOutputs(fleet: JobFleet): void {
  const output = (id: string, description: string, value: string) => new CfnOutput(fleet, id, { description, value });
  const states = {
    notStarted: fleet.notStarted, pending: fleet.pending, running: fleet.running, stopping: fleet.stopping, completed: fleet.completed,
    failed: fleet.failed, stopped: fleet.stopped,
  };
  const objects = { labeled: fleet.objectsLabeled, failed: fleet.objectsFailed, left: fleet.objectsLeft };
  const list = (counts: Record<string, number>) => Object.entries(counts).map(([name, count]) => `${name} ${count}`).join(', ');
  const start = `aws stepfunctions start-execution --region ${Aws.REGION} --state-machine-arn ${fleet.stateMachine.stateMachineArn}`;
  output('JobStates', 'The jobs by state, as of this deployment', list(states));
  output('Objects', 'The data objects, as of this deployment', list(objects));
  output('Message', 'What this deployment has to say', fleet.message);
  output('ResultUri', 'The merged labels of all jobs', fleet.resultUri);
  output('RunRecordUri', 'The record of the last run', fleet.runRecordUri);
  output('ReconcileCommand', 'Looks at the jobs now', start);
  output('ExportCommand', 'Merges the labels now', `${start} --input '{"export":true}'`);
  output('ShowCommand', 'Shows what the last run found and did', `aws s3 cp --region ${Aws.REGION} ${fleet.currentUri} -`);
}
