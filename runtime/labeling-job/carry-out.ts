import { adoptGeneration, releaseGeneration } from './adopt-generation';
import { createGeneration } from './create-generation';
import { ObservedJob } from './observe';
import { Ports } from './ports';
import { recordStop, recordTags } from '../../src/model/ledger-transitions';
import { Plan, Step } from '../../src/model/plan';
import { errorMessage, errorName, isNotFound } from '../shared/errors';
import { Writer } from '../shared/ledger-session';
import { log } from '../shared/log';

export async function carryOut(plan: Plan, jobs: readonly ObservedJob[], writer: Writer, ports: Ports): Promise<void> {
  plan.notes.forEach((note) => log('plan', { note }));
  for (const step of plan.steps) await carryOutStep(step, jobs, writer, ports);
}

export async function carryOutStep(step: Step, jobs: readonly ObservedJob[], writer: Writer, ports: Ports): Promise<void> {
  switch (step.kind) {
    case 'create': return createGeneration(step, jobs, writer, ports);
    case 'stop': return stopGeneration(step.name, step.why, writer, ports);
    case 'adopt': return adoptGeneration(step.name, writer, ports);
    case 'release': return releaseGeneration(step.name, step.why, writer, ports);
    case 'tag': {
      const { arn } = jobs.find((job) => job.name === step.name)!;
      if (Object.keys(step.set).length > 0) await ports.jobs.addTags(arn, step.set);
      if (step.remove.length > 0) await ports.jobs.removeTags(arn, step.remove);
      const { tags } = writer.ledger.desired!;
      return writer.record((ledger) => recordTags(ledger, step.name, tags));
    }
  }
}

export async function stopGeneration(name: string, why: string, writer: Writer, ports: Ports): Promise<void> {
  const requestId = writer.ledger.requests.at(-1)!.id;
  await writer.commit((ledger) => recordStop(ledger, name, { at: ports.now(), requestId, why }));
  await stopJob(name, why, ports);
}

export async function stopJob(name: string, why: string, ports: Ports): Promise<void> {
  try {
    await ports.jobs.stop(name);
    log('labeling job is being stopped', { name, why });
  } catch (error) {
    // it ended in between: the next look shows how
    if (!isNotFound(error) && errorName(error) !== 'ValidationException') throw error;
    log('labeling job cannot be stopped, looking again', { name, reason: errorMessage(error) });
  }
}
