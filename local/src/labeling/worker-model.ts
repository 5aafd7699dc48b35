/** Votes on one question: which of `options` (by index) each worker chose. */
export interface Question {
  readonly options: number;
  readonly votes: ReadonlyArray<{ readonly worker: string; readonly option: number }>;
}

export interface Estimate {
  readonly option: number;
  /** Probability of each option, by index. */
  readonly probabilities: readonly number[];
}

/** Soft counts of how often a worker was right, so far. */
type Tally = { right: number; wrong: number };

/** A worker nobody knows yet counts as right seven times out of ten. */
const PRIOR: Readonly<Tally> = { right: 7, wrong: 3 };
const ROUNDS = 100;
const SETTLED = 1e-6;

/**
 * Expectation maximisation over workers and answers: a worker's accuracy is estimated from agreement with the others, and each answer
 * weighed by it. What was learnt about workers is kept, so that later questions of the same job profit from earlier ones.
 */
export class WorkerModel {
  private readonly learnt = new Map<string, Tally>();

  consolidate(questions: readonly Question[]): Estimate[] {
    let accuracies = this.accuracies(new Map());
    let estimates = questions.map((question) => estimate(question, accuracies));
    let counts = countsOf(questions, estimates);
    for (let round = 0; round < ROUNDS; round++) {
      const next = this.accuracies(counts);
      const change = Math.max(0, ...[...next].map(([worker, accuracy]) => Math.abs(accuracy - (accuracies.get(worker) ?? 0))));
      accuracies = next;
      estimates = questions.map((question) => estimate(question, accuracies));
      counts = countsOf(questions, estimates);
      if (change < SETTLED) {
        break;
      }
    }
    this.learn(counts);
    return estimates;
  }

  private accuracies(counts: ReadonlyMap<string, Tally>): Map<string, number> {
    const workers = new Set([...this.learnt.keys(), ...counts.keys()]);
    return new Map([...workers].map((worker) => {
      const known = this.learnt.get(worker) ?? PRIOR;
      const seen = counts.get(worker) ?? { right: 0, wrong: 0 };
      return [worker, (known.right + seen.right) / (known.right + known.wrong + seen.right + seen.wrong)];
    }));
  }

  private learn(counts: ReadonlyMap<string, Tally>): void {
    for (const [worker, seen] of counts) {
      const known = this.learnt.get(worker) ?? PRIOR;
      this.learnt.set(worker, { right: known.right + seen.right, wrong: known.wrong + seen.wrong });
    }
  }
}

/** Bayes' rule with every option equally likely at first; of equally probable options the first. */
function estimate({ options, votes }: Question, accuracies: ReadonlyMap<string, number>): Estimate {
  const logs = Array.from({ length: options }, (_, option) => votes.reduce((sum, vote) => {
    const accuracy = accuracies.get(vote.worker) ?? PRIOR.right / (PRIOR.right + PRIOR.wrong);
    return sum + Math.log(vote.option === option ? accuracy : (1 - accuracy) / Math.max(1, options - 1));
  }, 0));
  const highest = Math.max(...logs);
  const weights = logs.map((log) => Math.exp(log - highest));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const probabilities = weights.map((weight) => weight / total);
  return { option: probabilities.indexOf(Math.max(...probabilities)), probabilities };
}

function countsOf(questions: readonly Question[], estimates: readonly Estimate[]): Map<string, Tally> {
  const counts = new Map<string, Tally>();
  questions.forEach(({ votes }, index) => {
    for (const { worker, option } of votes) {
      const count = counts.get(worker) ?? { right: 0, wrong: 0 };
      const right = estimates[index].probabilities[option];
      counts.set(worker, { right: count.right + right, wrong: count.wrong + 1 - right });
    }
  });
  return counts;
}
